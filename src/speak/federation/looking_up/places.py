"""What a place elsewhere says of the person it belongs to. Pure; all of it is bounded and plain text."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from speak.federation.documents.nodes import as_compared

MOST_PLACES = 12
MAX_ADDRESS, MAX_NAME, MAX_ABOUT, MAX_HANDLE, MAX_SOFTWARE = 1024, 200, 600, 320, 40
MOST_POINTERS, MOST_LINKS, MOST_NAMES = 50, 200, 10
WHITE = re.compile(r"\s+")


class State(StrEnum):
    """What came of going there."""

    READ = "read"
    GONE = "gone"  # it says that nothing is there (404, 410)
    UNSAFE = "unsafe"  # no certificate that can be trusted
    SILENT = "silent"  # no answer, a fault, or led on in circles
    CLOSED = "closed"  # not for strangers, or not for programs
    UNREADABLE = "unreadable"  # too large, or of no kind that is read
    NOT_ASKED = "not-asked"  # not on the public web, or a server this one has nothing to do with


class Source(StrEnum):
    """In which way a place tells programs whose it is."""

    PROFILE = "profile"  # the page here
    ACTIVITYPUB = "activitypub"
    MICROFORMATS = "microformats"
    JSON_LD = "json-ld"
    OPEN_GRAPH = "open-graph"
    FEED = "feed"
    PAGE = "page"  # nothing but a title, or a description


# These can say where else their person is.
POINTING = frozenset({Source.PROFILE, Source.ACTIVITYPUB, Source.MICROFORMATS, Source.JSON_LD, Source.PAGE})


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a person. Addresses are absolute; a handle is name@domain without the first @."""

    address: str  # as the person gave it
    state: State = State.READ
    url: str = ""  # where it was read in the end
    moved_to: str = ""  # where it leads on to, or says that its person went
    sources: tuple[Source, ...] = ()
    software: str = ""
    name: str = ""  # what it says its person is called
    heading: str = ""  # what stands at its top, in which a name may be
    about: str = ""
    picture_url: str = ""
    picture_print: str = ""  # see `kernel.pictures.print_of`
    handle: str = ""
    latest_at: dt.datetime | None = None  # when something was last said there
    also: tuple[str, ...] = ()  # its other addresses
    points_to: tuple[str, ...] = ()  # where it says its person is too (rel=me, sameAs, fields of a profile)
    links_to: tuple[str, ...] = ()  # where it only links to, among the servers of the person's places
    is_cut: bool = False  # it is so long that only its beginning was read

    @property
    def is_home(self) -> bool:
        """Whether it is the person's page here."""
        return Source.PROFILE in self.sources

    @property
    def is_read(self) -> bool:
        """Whether it said anything."""
        return self.state == State.READ

    @property
    def can_point(self) -> bool:
        """Whether it is of a kind that can point elsewhere, and was read to its end; a feed cannot."""
        return not self.is_cut and any(source in POINTING for source in self.sources)

    @property
    def names(self) -> frozenset[str]:
        """Every address it goes by, as they are compared."""
        given = (self.address, self.url, *self.also, self.handle and f"@{self.handle}")
        return frozenset(key for address in given if (key := key_of(address)))


def key_of(address: str) -> str:
    """An address as it is compared, here also without www.; handles as @name@domain; empty where it is neither."""
    text = address.strip().removeprefix("acct:")
    if "://" in text:
        return as_compared(text).removeprefix("www.")
    return f"@{text.removeprefix('@').lower()}" if "@" in text else ""


def leads_elsewhere(given: str, reached: str) -> bool:
    """Whether one was led to another place, not only to https, to www, or further in at the same one."""
    old, new = key_of(given), key_of(reached)
    return bool(old and new) and "://" in given and not (new == old or new.startswith((f"{old}/", f"{old}?")))


def words(text: str, *, most: int) -> str:
    """Plain words on one line, cut, without what turns or hides the letters beside it."""
    cut = WHITE.sub(" ", text[: most * 8]).strip()
    return "".join(letter for letter in cut if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co"})[
        :most
    ].strip()


def packed(place: Place) -> dict[str, object]:
    """A place as it is kept in the database."""
    kept: dict[str, object] = msgspec.to_builtins(place)
    return kept


def unpacked(kept: object) -> Place:
    """And back."""
    return msgspec.convert(kept, Place)
