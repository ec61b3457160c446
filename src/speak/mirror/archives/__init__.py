"""Archives in: conversations from elsewhere, read into tables. `reading.read_archive` is the way in."""
