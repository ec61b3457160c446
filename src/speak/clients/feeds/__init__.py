"""What is said to anyone, as feeds: of a person, of a tag, of a conversation; as Atom, RSS and JSON."""
