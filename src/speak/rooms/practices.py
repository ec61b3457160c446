"""One small exercise, as it ships or as somebody here wrote it."""

from dataclasses import dataclass
from enum import StrEnum


class Who(StrEnum):
    """With whom a practice is done."""

    ALONE = "alone"
    PAIR = "pair"
    THREE = "three"
    ROOM = "room"


class Side(StrEnum):
    """Where its words can be read: inside, outside, as one likes, or nowhere."""

    IN = "in"
    OUT = "out"
    BOTH = "both"
    NONE = "none"


class Tool(StrEnum):
    """What a practice's page holds for doing it there."""

    LOOK_UP = "look-up"  # links that search for one's name, and four lines to keep
    MAP = "map"  # two axes, and one's places on them
    SHELF = "shelf"  # the profile: an aim and chosen things
    FIVE = "five-a-day"  # people to answer, and boxes to do it in
    EYES = "second-pair-of-eyes"  # a draft for one reader
    HOLD = "hold"  # a draft until tomorrow
    LETTER = "letter"  # shut until a day
    TAKE_ALONG = "take-along"  # everything one said, as a file
    ANSWER = "answer"  # those in a room who wait for an answer
    SAY = "say"  # a box to write in, with an opening
    WRITE = "write-privately"  # a sheet nobody else sees
    DRAW = "draw"  # pairs or threes are drawn
    GO = "go-there"  # a page that exists already
    TALK = "talk"  # nothing is typed


@dataclass(frozen=True, slots=True)
class Practice:
    """One small exercise. `number` is its place in the catalogue, 0 for one that somebody here wrote.

    `goes_to` is the smallest sensible audience for its words: self, named, room, here, followers, quiet or
    public. `is_free`: anybody may do it without asking anybody. `page` is an address here, for the tool GO.
    """

    slug: str
    title: str
    minutes: int
    prompt: str
    who: Who = Who.ALONE
    side: Side = Side.IN
    host_note: str = ""
    origin: str = ""
    goes_to: str = "self"
    tool: Tool = Tool.WRITE
    opening: str = ""
    page: str = ""
    is_free: bool = False
    number: int = 0
    part: str = ""
