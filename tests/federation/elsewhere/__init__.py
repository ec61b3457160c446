"""What is said here and heard in other places too."""
