"""Other places of people, looked at: whether they point back."""
