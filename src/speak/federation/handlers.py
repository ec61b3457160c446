"""What other servers are owed after something happens here."""
