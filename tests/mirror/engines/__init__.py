"""Other engines than DuckDB, and servers of ours that speak as theirs do."""
