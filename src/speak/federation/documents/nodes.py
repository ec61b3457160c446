"""Reading JSON that strangers wrote: bounded in size and depth, and always knowing where one is.

ActivityStreams lets a value be a string, an object or a list of them, everywhere; `Node` reads
all three alike.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

import msgspec
from yarl import URL

from speak.kernel.errors import Invalid
from speak.kernel.times import instant

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
MAX_ITEMS = 1000
# In bytes: an index of PostgreSQL holds 2,704 of them in a row, and some rows hold two ids.
MAX_URI, MAX_ID, MAX_HOST = 2048, 1024, 253
MAX_NUMBER = 100_000
USUAL_PORTS = {"http": 80, "https": 443}


class Malformed(Invalid):
    """Not a document that can be understood; says where."""

    def __init__(self, path: str, fault: str) -> None:
        """`path` is like "object.to[2]"; empty for the whole."""
        super().__init__(f"{path or 'document'}: {fault}")
        self.path = path


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a document, and its path."""

    value: object
    path: str = ""

    @property
    def is_object(self) -> bool:
        """Whether it has members."""
        return isinstance(self.value, dict)

    def has(self, name: str) -> bool:
        """Whether a member stands there with something in it."""
        return self._member(name) not in (None, "", [], {})

    def items(self, name: str) -> list["Node"]:
        """A member as a list: none, one or many; at most a thousand are read."""
        found = self._member(name)
        path = f"{self.path}.{name}" if self.path else name
        if isinstance(found, list):
            kept = found[:MAX_ITEMS]
            return [Node(item, f"{path}[{place}]") for place, item in enumerate(kept) if item is not None]
        return [] if found is None else [Node(found, path)]

    def first(self, name: str) -> "Node | None":
        """A member, or the first of a list."""
        return next(iter(self.items(name)), None)

    def text(self, name: str, *, most: int) -> str:
        """A member as plain words, cut at `most` characters; empty where there are none."""
        found = self.first(name)
        if found is None or not isinstance(found.value, str):
            return ""
        return found.value.replace("\0", "")[:most]

    def flag(self, name: str) -> bool:
        """Whether a member is true."""
        found = self.first(name)
        return found is not None and found.value is True

    def number(self, name: str) -> int:
        """A member as a whole number of pixels or the like; 0 where there is none."""
        found = self.first(name)
        if found is None or isinstance(found.value, bool) or not isinstance(found.value, int):
            return 0
        return found.value if 0 <= found.value <= MAX_NUMBER else 0

    def time(self, name: str) -> dt.datetime | None:
        """A member as an instant (RFC 3339); nothing where it is none."""
        return instant(self.text(name, most=40))

    def uri(self, name: str) -> str:
        """The address that a member is, or is the id of.

        Raises:
            Malformed: there is none, or it is not an http(s) address, or too long for an id.
        """
        path = f"{self.path}.{name}" if self.path else name
        found = self.first(name)
        if found is None:
            raise Malformed(path, "is missing")
        uri = found.as_uri()
        if len(uri.encode()) > MAX_ID:
            raise Malformed(path, f"is longer than {MAX_ID} bytes")
        return uri

    def uri_or_none(self, name: str) -> str:
        """The same, empty where there is none that can be used."""
        found = self.first(name)
        return found.uri_if_any() if found else ""

    def uris(self, name: str) -> tuple[str, ...]:
        """All addresses of a member, in order; what is none is passed over."""
        found = (item.uri_if_any() for item in self.items(name))
        return tuple(dict.fromkeys(uri for uri in found if uri))

    def kinds(self) -> tuple[str, ...]:
        """The types it says it has."""
        return tuple(item.value.removeprefix("as:") for item in self.items("type") if isinstance(item.value, str))

    def as_uri(self) -> str:
        """This value as an http(s) address: itself, or its id, or its href.

        Raises:
            Malformed: it is none.
        """
        value: object = self.value
        if isinstance(value, dict):
            value = next((value[name] for name in ("id", "href") if value.get(name)), None)
        if isinstance(value, list) and value:
            value = value[0]
        if not isinstance(value, str) or not is_web_address(value):
            raise Malformed(self.path, "is not a web address")
        return value

    def uri_if_any(self) -> str:
        """The same, or nothing."""
        try:
            return self.as_uri()
        except Malformed:
            return ""

    def _member(self, name: str) -> object:
        return self.value.get(name) if isinstance(self.value, dict) else None


def decode(body: bytes) -> Node:
    """Parse a body that must be one JSON object of at most 1 MiB and 32 levels.

    Raises:
        Malformed: it is not.
    """
    if len(body) > MAX_BYTES:
        raise Malformed("", "is larger than 1 MiB")
    try:
        value = msgspec.json.decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise Malformed("", "is not JSON") from error
    if not isinstance(value, dict):
        raise Malformed("", "is not an object")
    _check_depth(value)
    return Node(value)


def is_web_address(text: str) -> bool:
    """Whether this is an absolute http(s) address that can be kept and called."""
    return len(text) <= MAX_URI and bool(host_of(text)) and len(text.encode()) <= MAX_URI


@lru_cache(maxsize=1024)
def host_of(uri: str) -> str:
    """Host and unusual port of an http(s) address, in lower case and in ASCII; empty where it is none.

    Names in other scripts are compared and shown as they travel: what looks like a name is not it.
    """
    if not uri.isprintable() or " " in uri or "\\" in uri:
        return ""
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return ""
    host = _in_ascii((parts.hostname or "").rstrip("."))
    if parts.scheme not in USUAL_PORTS or not host or "@" in parts.netloc:
        return ""
    place = host if port in {None, USUAL_PORTS[parts.scheme]} else f"{host}:{port}"
    return place if len(place) <= MAX_HOST else ""


def as_compared(url: str) -> str:
    """An http(s) address as it is compared with others; empty where it is none.

    Whether it says http or https, how its letters are written or escaped, a slash at its end and a fragment make no
    difference: no site keeps two people apart by them.
    """
    host = host_of(url.strip())
    if not host:
        return ""
    parts = urlsplit(url.strip())
    path = unquote(parts.path).rstrip("/").lower()
    return f"{host}{path}?{parts.query}" if parts.query else f"{host}{path}"


def _in_ascii(host: str) -> str:
    if host.isascii():
        return host
    try:
        return (URL.build(scheme="https", host=host).raw_host or "").rstrip(".")
    except ValueError:
        return ""


def _check_depth(value: dict[str, object]) -> None:
    """Level by level, so that depth costs no recursion."""
    level: list[object] = [value]
    for _ in range(MAX_DEPTH):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return
    raise Malformed("", f"has more than {MAX_DEPTH} levels")


def _children(value: object) -> Iterator[object]:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (child for child in inside if isinstance(child, dict | list))
