"""The mirror: archives read, questions asked, and what leaves of the answers."""
