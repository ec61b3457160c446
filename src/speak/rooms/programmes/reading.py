"""From a programme's file to what is in it; a file that is wrong is refused with line and reason."""

import re
import tomllib
from enum import StrEnum
from typing import Annotated

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
KINDS: dict[str, Promise] = {
    "int": gettext_lazy("a whole number"),
    "float": gettext_lazy("a number with a point"),
    "str": gettext_lazy("a text in quotation marks"),
    "bool": gettext_lazy("true or false"),
    "array": gettext_lazy("a list"),
    "object": gettext_lazy("a table"),
}
# What the decoder of values says, and what we say instead.
IN_WORDS: list[tuple[re.Pattern[str], Promise]] = [
    (UNKNOWN, gettext_lazy("nothing in a programme is called “{0}”")),
    (re.compile(r"missing required field `(\w+)`"), gettext_lazy("“{0}” is missing")),
    (re.compile(r"Expected `(\w+)(?: \| null)?`, got `(\w+)`"), gettext_lazy("{called} needs {0}, and this is {1}")),
    (re.compile(r"of length >= 1"), gettext_lazy("{called} is empty")),
    (re.compile(r"of length <= (\d+)"), gettext_lazy("{called} is longer than {0}")),
    (re.compile(r"Expected `int(?: \| null)?` <= (\d+)"), gettext_lazy("{called} must be {0} or less")),
    (re.compile(r"Expected `int(?: \| null)?` >= (\d+)"), gettext_lazy("{called} must be {0} or more")),
]
CHOICES: dict[str, Promise] = {
    "slug": gettext_lazy("lower-case words joined by hyphens"),
    "goes_to": gettext_lazy("one of self, named, room, here, followers, quiet, public"),
    "language": gettext_lazy("a language code such as en"),
}
NAMES: dict[str, type[StrEnum]] = {"who": Who, "side": Side, "tool": Tool}
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
        raise MalformedProgramme(_("A programme has up to %(most)s KiB.") % {"most": MAX_BYTES // 1024})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise MalformedProgramme(
            _("Line %(line)d: this is not UTF-8.") % {"line": line}, hint=_("Save the file as UTF-8.")
        ) from error
    return parse(text)


def parse(text: str) -> ProgrammeText:
    """A programme from its file's text; practices of the catalogue are named by their slug alone.

    Raises:
        MalformedProgramme: the line, and what is wrong there.
    """
    if len(text) > MAX_BYTES:
        raise MalformedProgramme(_("A programme has up to %(most)s KiB.") % {"most": MAX_BYTES // 1024})
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
            raise MalformedProgramme(
                _("Line %(line)d: “%(slug)s” stands here twice.") % {"line": lines.of(place, "slug"), "slug": row.slug}
            )
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
            raise MalformedProgramme(
                _(
                    "Line %(line)d: “%(slug)s” is a practice that comes with the program; "
                    "one of your own needs another slug."
                )
                % {"line": lines.of(place, "slug"), "slug": row.slug}
            )
        minutes = row.minutes if row.minutes and row.minutes != own.minutes else 0
        return Entry(own, week=week, minutes=minutes, opens_after_host=waits)
    missing = [name for name in ("title", "minutes", "prompt") if not getattr(row, name)]
    if missing:
        raise MalformedProgramme(
            _("Line %(line)d: no practice is called “%(slug)s”, and to be one of your own it needs %(missing)s.")
            % {"line": lines.of(place, "slug"), "slug": row.slug, "missing": ", ".join(missing)}
        )
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
    return _("Line %(line)d: %(reason)s.") % {"line": line, "reason": f"{reason[:1].lower()}{reason[1:]}"}


def _of_value(message: str, lines: _Lines) -> str:
    at = AT.search(message)
    path = at["path"] if at else ""
    place, key = PLACE.search(path), KEY.search(path)
    name = key["key"] if key else ""
    unknown = UNKNOWN.search(message)
    line = lines.of(int(place["place"]) if place else None, unknown[1] if unknown else name)
    return _("Line %(line)d: %(reason)s.") % {"line": line, "reason": _reason(AT.sub("", message), name)}


def _allowed(name: str) -> str:
    if name in NAMES:
        return _("one of %(names)s") % {"names": ", ".join(NAMES[name])}
    return str(CHOICES[name]) if name in CHOICES else _("one line without control characters")


def _reason(message: str, name: str) -> str:
    """What the decoder says, in plain words; as it says it where we have none."""
    called = f"“{name}”" if name else _("this")
    if "regex" in message or "enum" in message:
        return _("%(called)s must be %(allowed)s") % {"called": called, "allowed": _allowed(name)}
    for pattern, words in IN_WORDS:
        if found := pattern.search(message):
            said = [str(KINDS.get(part, part)) for part in found.groups()]
            return str(words).format(*said, called=called)
    return f"{message[:1].lower()}{message[1:]}"
