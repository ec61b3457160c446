"""What people bring here."""
