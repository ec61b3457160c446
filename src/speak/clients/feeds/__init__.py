"""What is said to anyone, as feeds: of a person, a tag, a conversation, the organisation, its window."""
