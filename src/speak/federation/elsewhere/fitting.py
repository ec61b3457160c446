"""Words made to fit where there is less room. Pure."""

import re
from dataclasses import dataclass

LINK = re.compile(r"https?://[^\s<>\"'`\\|]+")
PIECE = re.compile(r"\s*\S+")
CALLED = re.compile(r"(?<![\w/=@])@(?=\w)")
# Between an @ and a name (U+2060): it is read as before, and calls nobody there.
JOINER = "\u2060"
# What a post holds that is cut: at least so many characters before the link.
DOTS = " …"


@dataclass(frozen=True, slots=True)
class Room:
    """How many characters there are; an address counts `address_length` however long it is, or its length if 0."""

    longest: int
    address_length: int = 0

    def taken_by(self, text: str) -> int:
        """How much of it a text takes."""
        return len(LINK.sub("x" * self.address_length, text) if self.address_length else text)


def fit(text: str, *, link: str, room: Room, always_links: bool) -> str:
    """The text, if there is room for it; else its beginning up to a whole word, and the link to all of it."""
    whole = f"{text}\n\n{link}".strip() if always_links else text.strip()
    if room.taken_by(whole) <= room.longest:
        return whole
    ending = f"{DOTS}\n\n{link}"
    left = room.longest - room.taken_by(ending)
    kept: list[str] = []
    for piece in PIECE.findall(text.strip()):
        left -= room.taken_by(piece)
        if left < 0:
            break
        kept.append(piece)
    return f"{''.join(kept)}{ending}" if kept else link


def calling_nobody(text: str) -> str:
    """The same words, where whoever they name is not called again by another server."""
    return CALLED.sub(f"@{JOINER}", text)
