"""What is asked of a conversation. Each measure is one SQL file with its definition, formula, source and caveat."""

from speak.mirror.measures.definition import Definition, basis, definition

__all__ = ["Definition", "basis", "definition"]
