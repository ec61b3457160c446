"""What pages show of people and posts, ready for templates."""
