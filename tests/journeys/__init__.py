"""What people do, from one end to the other, with the program running as it does for them."""
