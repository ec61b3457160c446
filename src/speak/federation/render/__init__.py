"""ActivityStreams 2 as we write it: actors, posts, collections."""
