"""A few words that somebody can say aloud across a table, and everybody can type."""

import secrets
from collections.abc import Collection
from functools import cache
from importlib.resources import files


@cache
def words() -> tuple[str, ...]:
    """Short, common words, told apart by ear and harmless beside each other."""
    return tuple(files(__package__).joinpath("words.txt").read_text().split())


def new_code(taken: Collection[str]) -> str:
    """Three words joined by hyphens that are not `taken`: one of about twelve million, and it opens for hours."""
    while True:
        code = "-".join(secrets.choice(words()) for _ in range(3))
        if code not in taken:
            return code
