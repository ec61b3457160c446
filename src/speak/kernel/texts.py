"""Words of strangers as a database keeps them."""


def storable(text: str) -> str:
    """Without what no database keeps: a NUL is left out, half a pair of UTF-16 becomes a question mark."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
