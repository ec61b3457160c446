"""Logs of IRC: `[12:18] <nick> words`, one file for each day or part of it, with the date in its name.

Whoever is meant stands at the beginning, `nick: words`: that is stated, and kept as a mention; it is right in 98 of
100 answers annotated by hand (Kummerfeld et al., ACL 2019). Which message is meant is nowhere stated: two guesses
stand apart, each with its measured share of right ones.
"""

import datetime as dt
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import Files, head
from speak.mirror.archives.machines import kind_of_machine
from speak.mirror.archives.said import Guess, Said, Space, micros
from speak.mirror.archives.sink import Sink
from speak.mirror.archives.streams import text_of
from speak.mirror.archives.words import length
from speak.mirror.table import Kind

LINE = re.compile(r"^\[(\d\d):(\d\d)(?::(\d\d))?\] (?:<([^>\s]+)> ?(.*)|\* (\S+) ?(.*))$")
EVENT = re.compile(r"^(?:===|\*\*\*|-->|<--|--|\[\d\d:\d\d(?::\d\d)?\] (?:===|\*\*\*|-!-)) ?")
NAMED = re.compile(r"^@?([^\s:,]+)[:,](?:\s|$)")
DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
ENDINGS = (".log", ".txt")
# The annotated set holds each file in several forms; one of them is read.
FORMS = (".raw.txt", ".ascii.txt", ".tok.txt", ".annotation.txt")
HALF_A_DAY = dt.timedelta(hours=12)
DAY = dt.timedelta(days=1)
BOTS = frozenset({"ubotu", "ubottu", "ubot", "chanserv", "meetingology", "supybot", "limnoria", "eggdrop"})
THEIRS = "the last words of whom it names"
LAST = "the last words of somebody else"
# The share of these guesses that the annotators chose, in the development and test parts; the tests count them again.
RIGHT = {THEIRS: 0.742, LAST: 0.392}


@dataclass
class Channel:
    """What is known while a file is read: who spoke, the latest last, with their last words; and when."""

    date: dt.date
    at: dt.datetime | None = None
    last_of: dict[str, str] = field(default_factory=dict)

    def moment(self, clock: tuple[int, int, int]) -> dt.datetime:
        """The time of a line; a clock that goes back by half a day has passed midnight."""
        found = dt.datetime.combine(self.date, dt.time(*clock), dt.UTC)
        if self.at and self.at - found > HALF_A_DAY:
            self.date += DAY
            found += DAY
        self.at = found
        return found


def recognizes(container: Container) -> bool:
    """Whether a file with a date in its name has lines of IRC."""
    return any(
        any(LINE.match(line) for line in text_of(head(container, name)).splitlines()) for name in _logs(container)[:5]
    )


def read(container: Container, sink: Sink) -> None:
    """Read each log; files of one day go on where the one before ended."""
    sink.remark(_("Times are those of whoever kept the log, taken for UTC."))
    space = sink.place(Space("irc", "irc"))
    files = Files(container, sink)
    for name in _logs(container):
        match = DATE.search(name)
        try:
            date = dt.date(*map(int, match.groups())) if match else None
        except ValueError:
            date = None
        if date is None:
            sink.missed(name, "no date in its name")
            continue
        channel = Channel(date)
        stem = name.rpartition("/")[2].partition(".")[0]
        for number, line in files.lines(name):
            _read_line(text_of(line), channel, place=f"{stem}:{number - 1}", space=space, sink=sink)


def _logs(container: Container) -> list[str]:
    """The logs; of several forms of one, the first in `FORMS`."""
    names = set(container.named(*ENDINGS))
    found = []
    for name in sorted(names):
        form = next((form for form in FORMS if name.endswith(form)), "")
        better = FORMS[: FORMS.index(form)] if form else ()
        if form != FORMS[-1] and not any(name.removesuffix(form) + other in names for other in better):
            found.append(name)
    return [name for name in found if DATE.search(name)]


def _read_line(line: str, channel: Channel, *, place: str, space: Space, sink: Sink) -> None:
    match = LINE.match(line)
    if match is None:
        if not EVENT.match(line) and line.strip():
            sink.missed(place, "a line that is neither words nor an event")
        elif line.strip():
            sink.leave_out("somebody came or left, or was renamed")
        return
    hour, minute, second, nick, words, actor, doing = match.groups()
    who = (nick or actor).casefold()
    try:
        at = channel.moment((int(hour), int(minute), int(second or 0)))
    except ValueError:
        sink.missed(place, "a time that is none")
        return
    text = words if nick else doing or ""
    said = Said(place, space.id, who, micros(at), len=length(text))
    is_bot = who in BOTS or who.rstrip("_0123456789") in BOTS
    sink.know(who, kind=kind_of_machine(who) if is_bot else Kind.HUMAN)
    sink.say(said)
    _relate(said, text, channel=channel, sink=sink)
    channel.last_of.pop(who, None)
    channel.last_of[who] = said.id


def _relate(said: Said, text: str, *, channel: Channel, sink: Sink) -> None:
    """Whom it names, and the guess that follows from it."""
    match = NAMED.match(text)
    named = match[1].casefold() if match else ""
    if named != said.who and (named in channel.last_of):
        sink.mention(said, [named])
        sink.guess(Guess(said.id, channel.last_of[named], THEIRS, RIGHT[THEIRS]))
        return
    last = next((who for who in reversed(channel.last_of) if who != said.who), "")
    if last:
        sink.guess(Guess(said.id, channel.last_of[last], LAST, RIGHT[LAST]))
