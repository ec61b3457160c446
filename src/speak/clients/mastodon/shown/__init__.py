"""Our nouns as an app sees them; for any number of them in a number of queries that does not grow."""
