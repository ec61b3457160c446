"""What binds somebody to others, as it is read: whom they follow, what they keep."""

from collections.abc import Callable
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
    BELONGING = "belonging"  # something of an archive of this program, in `belonging`


@dataclass(frozen=True, slots=True)
class Belonging:
    """One thing of one section of home.json (`clients.archive.shape`); `read` gives the bytes of a file beside it."""

    section: str
    what: object
    read: Callable[[str], bytes]
    import_id: int = 0


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
    belonging: Belonging | None = None
