"""Words of strangers as a database keeps them, and as the head of a letter takes them."""


def storable(text: str) -> str:
    """Without what no database keeps: a NUL is left out, half a pair of UTF-16 becomes a question mark."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def in_one_line(text: str) -> str:
    """Without line breaks and whatever else cannot be printed, a space in place of each run of them."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
