"""The head of a mail: who wrote it, when, to how many, what it answers, and whether a machine did."""

import datetime as dt
import re
from dataclasses import dataclass
from email.header import decode_header
from email.utils import getaddresses, parsedate_to_datetime

from speak.mirror.archives.said import micros, zone_of
from speak.mirror.archives.streams import text_of

FOLDED = re.compile(r"\n[ \t]+")
ID = re.compile(r"<([^<>\s]+)>")
# Pipermail writes "user at host.example (Full Name)", and hides more in other ways.
PIPERMAIL = re.compile(r"^\s*(\S+) (?:at|@|-at-) (\S+?)\s*(?:\((.*)\))?\s*$")
VIA = re.compile(r"\s+via\s+.+$", re.IGNORECASE)
ASCTIME = re.compile(r"(\w{3})\s+(\d{1,2})\s+(\d{2}):(\d{2})(?::(\d{2}))?\s+(?:\w+\s+)?(\d{4})")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NO_ROBOT = frozenset({"", "no"})
ROBOT = re.compile(
    r"^(?:mailer-daemon|no-?reply|do-?not-?reply|noreply|bugzilla|jenkins|gitlab|github)\b", re.IGNORECASE
)
# What says that a list passed it on (RFC 2369, 2919, and what lists wrote before).
BY_A_LIST = (
    "list-id",
    "list-post",
    "list-unsubscribe",
    "x-mailing-list",
    "mailing-list",
    "x-mailman-version",
    "x-beenthere",
)
MOST = 256 * 1024


@dataclass(frozen=True)
class Headers:
    """What is read of a head. Times in microseconds; ids without their angle brackets."""

    address: str
    name: str
    at: int | None
    envelope_at: int | None
    zone: int | None
    message_id: str
    parent: str
    root: str
    recipients: int
    is_robot: bool
    list_id: str
    is_to_a_few: bool
    readers: frozenset[str]


def parse(top: bytes, envelope: bytes) -> Headers | None:
    """The head of a mail, and the `From ` line before it; nothing if it does not say who wrote it."""
    fields = _fields(top)
    name, address = _author(fields)
    if not address:
        return None
    moment = _moment(fields.get("date", ""))
    references = ID.findall(fields.get("references", ""))
    answers = ID.findall(fields.get("in-reply-to", ""))
    own = ID.findall(fields.get("message-id", ""))
    to = [
        reader.casefold() for _, reader in getaddresses([fields.get("to", ""), fields.get("cc", "")]) if "@" in reader
    ]
    return Headers(
        address=address,
        name=name,
        at=None if moment is None else micros(moment),
        envelope_at=_envelope_time(text_of(envelope)),
        zone=None if moment is None or fields["date"].rstrip().endswith("-0000") else zone_of(moment),
        message_id=own[0] if own else "",
        parent=(answers or references[-1:] or [""])[0],
        root=references[0] if references else "",
        recipients=len(to),
        is_robot=_is_robot(fields, address),
        list_id=_list_id(fields.get("list-id", "")),
        is_to_a_few=bool(to) and not any(name in fields for name in BY_A_LIST) and fields.get("precedence") != "list",
        readers=frozenset(to),
    )


def _fields(top: bytes) -> dict[str, str]:
    """The fields by their names in small letters; of several alike the first counts."""
    found: dict[str, str] = {}
    for line in FOLDED.sub(" ", text_of(top[:MOST])).splitlines():
        name, colon, value = line.partition(":")
        if colon and " " not in name:
            found.setdefault(name.casefold(), value.strip())
    return found


def _author(fields: dict[str, str]) -> tuple[str, str]:
    """Name and address; behind a list that writes itself into `From`, the author it names elsewhere."""
    stated = fields.get("x-original-from") or fields.get("from", "")
    hidden = PIPERMAIL.match(stated)
    if hidden:
        return _words(hidden[3] or ""), f"{hidden[1]}@{hidden[2]}".casefold()
    pairs = getaddresses([stated])
    name, address = pairs[0] if pairs else ("", "")
    if VIA.search(_words(name)) and fields.get("reply-to"):
        answering = getaddresses([fields["reply-to"]])
        address = answering[0][1] or address
    name = VIA.sub("", _words(name))
    return name, (address or name).casefold().strip()


def _words(text: str) -> str:
    """RFC 2047's encoded words as they are meant."""
    if "=?" not in text:
        return text.strip()
    try:
        parts = decode_header(text)
        return "".join(_part(part, charset) for part, charset in parts).strip()
    except (ValueError, LookupError):
        return text.strip()


def _part(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    try:
        return part.decode(charset or "utf-8")
    except (UnicodeDecodeError, LookupError):
        return text_of(part)


def _moment(text: str) -> dt.datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _envelope_time(line: str) -> int | None:
    match = ASCTIME.search(line)
    if match is None or match[1].casefold() not in MONTHS:
        return None
    month = MONTHS.index(match[1].casefold()) + 1
    try:
        return micros(
            dt.datetime(
                int(match[6]), month, int(match[2]), int(match[3]), int(match[4]), int(match[5] or 0), tzinfo=dt.UTC
            )
        )
    except ValueError:
        return None


def _is_robot(fields: dict[str, str], address: str) -> bool:
    """Whether a machine wrote it. A list's own `Precedence: list` says nothing of its authors."""
    is_automatic = fields.get("auto-submitted", "").casefold() not in NO_ROBOT
    is_bulk = fields.get("precedence", "").casefold() == "bulk" and "list-id" not in fields
    return is_automatic or is_bulk or "x-github-sender" in fields or bool(ROBOT.match(address))


def _list_id(text: str) -> str:
    match = re.search(r"<([^<>]+)>", text)
    return match[1] if match else text
