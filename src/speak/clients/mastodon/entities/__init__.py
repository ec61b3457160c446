"""What things look like to an app: the names and types of Mastodon's documentation, nothing more."""
