"""A few people in conversation, and what becomes of it: rooms, invitations, practices, stories."""
