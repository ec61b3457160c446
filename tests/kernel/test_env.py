"""SPEAK_* variables: what they may say, and what is refused."""
