"""The mirror: archives of conversations, and what the people in them may see of their own."""
