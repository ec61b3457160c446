"""What binds somebody to others, as it is read: whom they follow, what they keep."""

from dataclasses import dataclass
from enum import StrEnum


class TieKind(StrEnum):
    """What sort of tie."""

    FOLLOW = "follow"
    BLOCK = "block"
    MUTE = "mute"
    SERVER_BLOCK = "server_block"
    LIST = "list"
    BOOKMARK = "bookmark"
    LIKE = "like"


@dataclass(frozen=True, slots=True)
class Tie:
    """One of them: to `name@domain`, to a server, or to a post by its address.

    `title` is that of a list; `shows_boosts` and `hides_notifications` are said of people.
    """

    kind: TieKind
    address: str
    title: str = ""
    shows_boosts: bool = True
    hides_notifications: bool = True
