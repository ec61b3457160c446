"""Each page, in a file of the same name: its addresses lead here, its template is named like it."""
