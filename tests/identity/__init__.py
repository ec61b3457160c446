"""What holds of people and between them."""
