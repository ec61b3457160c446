"""From a programme's file to what is in it; a file that is wrong is refused with line and reason."""

import re
import tomllib
from typing import Annotated

import msgspec

from speak.rooms.catalogue import practices
from speak.rooms.errors import MalformedProgramme
from speak.rooms.practices import Practice, Side, Tool, Who
from speak.rooms.programmes.values import Entry, ProgrammeText

MAX_BYTES, MAX_ENTRIES, MAX_WEEK = 256 * 1024, 200, 52
# A sentence may break into lines; nothing else that moves a cursor belongs in it.
NO_CONTROL = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"
Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
MaybeLine = Annotated[str, msgspec.Meta(max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]
Prose = Annotated[str, msgspec.Meta(max_length=4000, pattern=NO_CONTROL)]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=240)]
Reaches = Annotated[str, msgspec.Meta(pattern="^(self|named|room|here|followers|quiet|public)$")]
HEADER = re.compile(r"^\s*\[\[\s*practice\s*\]\]")
AT = re.compile(r" - at `\$(?P<path>[^`]*)`")
PLACE = re.compile(r"\.practice\[(?P<place>\d+)\]")
UNKNOWN = re.compile(r"contains unknown field `([^`]+)`")
KINDS = {
    "int": "a whole number",
    "float": "a number with a point",
    "str": "a text in quotation marks",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}
# What the decoder of values says, and what we say instead.
IN_WORDS = [
    (UNKNOWN, "nothing in a programme is called “{0}”"),
    (re.compile(r"missing required field `(\w+)`"), "“{0}” is missing"),
    (re.compile(r"Expected `(\w+)(?: \| null)?`, got `(\w+)`"), "{called} needs {0}, and this is {1}"),
    (re.compile(r"of length >= 1"), "{called} is empty"),
    (re.compile(r"of length <= (\d+)"), "{called} is longer than {0}"),
    (re.compile(r"Expected `int(?: \| null)?` <= (\d+)"), "{called} must be {0} or less"),
    (re.compile(r"Expected `int(?: \| null)?` >= (\d+)"), "{called} must be {0} or more"),
]
CHOICES = {
    "slug": "lower-case words joined by hyphens",
    "goes_to": "one of self, named, room, here, followers, quiet, public",
    "who": f"one of {', '.join(Who)}",
    "side": f"one of {', '.join(Side)}",
    "tool": f"one of {', '.join(Tool)}",
    "language": "a language code such as en",
}
KEY = re.compile(r"\.(?P<key>\w+)$")


class _Practice(msgspec.Struct, forbid_unknown_fields=True):
    slug: Slug
    title: Line | None = None
    minutes: Minutes | None = None
    prompt: Prose | None = None
    who: Who = Who.ALONE
    side: Side = Side.IN
    host_note: Prose = ""
    origin: MaybeLine = ""
    goes_to: Reaches = "self"
    tool: Tool = Tool.WRITE
    opening: MaybeLine = ""
    is_free: bool = False
    week: Annotated[int, msgspec.Meta(ge=1, le=MAX_WEEK)] | None = None
    opens_after_host: bool = False


class _Programme(msgspec.Struct, forbid_unknown_fields=True):
    title: Line
    practice: Annotated[list[_Practice], msgspec.Meta(min_length=1, max_length=MAX_ENTRIES)]
    sentence: MaybeLine = ""
    language: Annotated[str, msgspec.Meta(pattern="^[A-Za-z-]{2,16}$")] = "en"


def parse_bytes(data: bytes) -> ProgrammeText:
    """A programme from a file that somebody brings.

    Raises:
        MalformedProgramme: it is too long, no UTF-8, or as `parse`.
    """
    if len(data) > MAX_BYTES:
        raise MalformedProgramme(f"A programme has up to {MAX_BYTES // 1024} KiB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise MalformedProgramme(f"Line {line}: this is not UTF-8.", hint="Save the file as UTF-8.") from error
    return parse(text)


def parse(text: str) -> ProgrammeText:
    """A programme from its file's text; practices of the catalogue are named by their slug alone.

    Raises:
        MalformedProgramme: the line, and what is wrong there.
    """
    if len(text) > MAX_BYTES:
        raise MalformedProgramme(f"A programme has up to {MAX_BYTES // 1024} KiB.")
    lines = _Lines(text)
    try:
        read = msgspec.convert(tomllib.loads(text), _Programme)
    except tomllib.TOMLDecodeError as error:
        raise MalformedProgramme(_of_syntax(str(error), lines)) from error
    except msgspec.ValidationError as error:
        raise MalformedProgramme(_of_value(str(error), lines)) from error
    entries: list[Entry] = []
    seen: set[str] = set()
    for place, row in enumerate(read.practice):
        if row.slug in seen:
            raise MalformedProgramme(f"Line {lines.of(place, 'slug')}: “{row.slug}” stands here twice.")
        seen.add(row.slug)
        entries.append(_entry(row, place, lines=lines))
    return ProgrammeText(title=read.title, sentence=read.sentence, entries=tuple(entries), language=read.language)


class _Lines:
    """Where the parts of a file stand."""

    def __init__(self, text: str) -> None:
        """Look once for the beginnings of practices."""
        self.lines = text.splitlines()
        self.headers = [number for number, line in enumerate(self.lines) if HEADER.match(line)]

    def of(self, place: int | None, key: str) -> int:
        """The line, from 1, of a key of the practice at a place, or of the programme; or else where that begins."""
        if place is None or place >= len(self.headers):
            first, last = 0, self.headers[0] if self.headers else len(self.lines)
        else:
            first = self.headers[place]
            last = self.headers[place + 1] if place + 1 < len(self.headers) else len(self.lines)
        wanted = re.compile(rf"""^\s*["']?{re.escape(key)}["']?\s*=""") if key else None
        for number in range(first, last):
            if wanted and wanted.match(self.lines[number]):
                return number + 1
        return first + 1


def _entry(row: _Practice, place: int, *, lines: _Lines) -> Entry:
    own = practices().get(row.slug)
    week, waits = row.week or 0, row.opens_after_host
    if own is not None:
        if row.title is not None or row.prompt is not None:
            sentence = f"“{row.slug}” is a practice that comes with the program; one of your own needs another slug."
            raise MalformedProgramme(f"Line {lines.of(place, 'slug')}: {sentence}")
        minutes = row.minutes if row.minutes and row.minutes != own.minutes else 0
        return Entry(own, week=week, minutes=minutes, opens_after_host=waits)
    missing = [name for name in ("title", "minutes", "prompt") if not getattr(row, name)]
    if missing:
        sentence = f"no practice is called “{row.slug}”, and to be one of your own it needs {', '.join(missing)}."
        raise MalformedProgramme(f"Line {lines.of(place, 'slug')}: {sentence}")
    practice = Practice(
        slug=row.slug,
        title=row.title or "",
        minutes=row.minutes or 0,
        prompt=row.prompt or "",
        who=row.who,
        side=row.side,
        host_note=row.host_note,
        origin=row.origin,
        goes_to=row.goes_to,
        tool=row.tool,
        opening=row.opening,
        is_free=row.is_free,
    )
    return Entry(practice, week=week, opens_after_host=waits)


def _of_syntax(message: str, lines: _Lines) -> str:
    at = re.search(r"\(at line (\d+), column \d+\)", message)
    line = int(at[1]) if at else max(1, len(lines.lines))
    reason = re.sub(r" \(at [^)]*\)", "", message)
    return f"Line {line}: {reason[:1].lower()}{reason[1:]}."


def _of_value(message: str, lines: _Lines) -> str:
    at = AT.search(message)
    path = at["path"] if at else ""
    place, key = PLACE.search(path), KEY.search(path)
    name = key["key"] if key else ""
    unknown = UNKNOWN.search(message)
    line = lines.of(int(place["place"]) if place else None, unknown[1] if unknown else name)
    return f"Line {line}: {_reason(AT.sub('', message), name)}."


def _reason(message: str, name: str) -> str:
    """What the decoder says, in plain words; as it says it where we have none."""
    called = f"“{name}”" if name else "this"
    if "regex" in message or "enum" in message:
        return f"{called} must be {CHOICES.get(name, 'one line without control characters')}"
    for pattern, words in IN_WORDS:
        if found := pattern.search(message):
            said = [KINDS.get(part, part) for part in found.groups()]
            return words.format(*said, called=called)
    return f"{message[:1].lower()}{message[1:]}"
