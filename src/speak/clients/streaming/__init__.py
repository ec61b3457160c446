"""What happens, told to apps at the moment when it happens (docs.joinmastodon.org/methods/streaming)."""
