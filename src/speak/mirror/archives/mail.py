"""Mail: mbox files, Maildir folders, and pipermail's monthly texts.

A message begins at a `From ` line that ends in a date and follows an empty line (RFC 4155); body lines that begin like
it do not. It answers what `In-Reply-To` names, else the last of `References` (RFC 5322, 3.6.4); never what merely has
the same subject.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import Files, head
from speak.mirror.archives.mail_headers import Headers, parse
from speak.mirror.archives.said import Said, Space
from speak.mirror.archives.sink import Sink
from speak.mirror.archives.streams import text_of
from speak.mirror.archives.words import length
from speak.mirror.errors import Damaged
from speak.mirror.table import Kind, ParentKind, Visibility

BEGINS = re.compile(rb"^From .*\d{1,2}:\d{2}(?::\d{2})?.*\b\d{4}\b.*$")
HEADER = re.compile(rb"^(?:from|date|message-id|received|return-path|subject|to):", re.IGNORECASE | re.MULTILINE)
MAILDIR = re.compile(r"(?:^|/)(?:cur|new)/[^/]+$")
MONTHS = re.compile(r"\d{4}(?:-\w+|q\d)?\.txt(?:\.gz)?$|\.mbox(?:\.gz)?$|\.mbx$|(?:^|/)mbox$|\.eml$")
QUOTED = re.compile(r"^>.*$", re.MULTILINE)
ATTRIBUTION = re.compile(r"^On .{5,200}(?:wrote|writes):\s*$", re.MULTILINE)
SIGNATURE = re.compile(r"^-- ?$.*\Z", re.DOTALL | re.MULTILINE)
MOST_BODY = 1024 * 1024
MOST_MAIL = 32 * MOST_BODY
DAY = 86_400_000_000
# The first mail that was ever sent, and a day after which no archive read now can have been written.
EARLIEST, LATEST = 0, 4_102_444_800_000_000
DISTRUST = 2


@dataclass
class Box:
    """One list or folder: its place, and the last time that could be trusted."""

    space: Space
    last_at: int | None = None


def recognizes(container: Container) -> bool:
    """Whether it is an mbox, a Maildir, or one or many files of pipermail."""
    return bool(_boxes(container) or _maildir(container))


def read(container: Container, sink: Sink) -> None:
    """Read every box, then every file of a Maildir."""
    files, post = Files(container, sink), Post(sink)
    for name in _boxes(container):
        for place, raw, envelope in _mails(name, files):
            post.read(raw, envelope, name=_list_of(name, container), place=place)
    for name in _maildir(container):
        folder = container.real_name(name).rpartition("/")[0].rpartition("/")[0] or container.source.path.name
        try:
            post.read(container.read(name, most=MOST_MAIL), b"", name=folder, place=name)
        except Damaged as error:
            sink.missed(name, str(error))


def _boxes(container: Container) -> list[str]:
    found = []
    for name in sorted(container.sizes):
        is_alone = len(container.sizes) == 1
        if MONTHS.search(name) or is_alone:
            first, _, rest = head(container, name, size=16384).lstrip().partition(b"\n")
            if (BEGINS.match(first.rstrip(b"\r")) or name.endswith(".eml")) and HEADER.search(rest):
                found.append(name)
    return found


def _maildir(container: Container) -> list[str]:
    return sorted(name for name in container.sizes if MAILDIR.search(container.real_name(name)))


def _list_of(name: str, container: Container) -> str:
    """The list a file belongs to: its folder, or for one that stands alone the archive's own name."""
    folder = name.rpartition("/")[0]
    return folder or container.source.path.name.partition(".")[0]


def _mails(name: str, files: Files) -> Iterator[tuple[str, bytes, bytes]]:
    """Each mail of a box with its place, and the line before it that names its sender and date."""
    envelope, held, size, start, was_empty = b"", list[bytes](), 0, 1, True
    for number, line in files.lines(name):
        if was_empty and line.startswith(b"From ") and BEGINS.match(line):
            if held:
                yield f"{name}:{start}", b"\n".join(held), envelope
            envelope, held, size, start = line, [], 0, number
        elif size < MOST_MAIL:
            held.append(line)
            size += len(line)
        was_empty = not line
    if any(held):
        yield f"{name}:{start}", b"\n".join(held), envelope


class Post:
    """Reads mails one by one; knows which thread each answer stands in."""

    def __init__(self, sink: Sink) -> None:
        """`sink` takes what is found."""
        self._sink = sink
        self._boxes: dict[str, Box] = {}
        self._roots: dict[str, str] = {}

    def read(self, raw: bytes, envelope: bytes, *, name: str, place: str) -> None:
        """One mail, and the line before it, of the list or folder `name`."""
        top, _, body = raw.replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")
        box = self._boxes.setdefault(name, Box(Space(name)))
        found = parse(top, envelope)
        if found is None:
            self._sink.missed(place, "a mail that does not say who wrote it")
            return
        at = _trusted(found, box)
        if at is None:
            self._sink.missed(place, "a mail that does not say when it was written")
            return
        if found.is_to_a_few:
            members = found.readers | {found.address}
            space = Space(f"direct/{' '.join(sorted(members))}", visibility=Visibility.DIRECT, members=members)
        else:
            space = box.space
            space.name = space.name or found.list_id
        if self._sink.keeps(space):
            self._say(found, at=at, body=body, space=space)
        else:
            self._sink.withhold()

    def _say(self, found: Headers, *, at: int, body: bytes, space: Space) -> None:
        self._sink.place(space)
        who = self._sink.know(found.address)
        who.name = who.name or found.name
        who.addresses = frozenset({found.address} if "@" in found.address else ())
        said = Said(
            found.message_id or f"{found.address}/{at}",
            space.id,
            who.raw,
            at,
            len=_own_words(body),
            to=found.recipients or None,
            kind=Kind.BOT if found.is_robot else Kind.HUMAN,
            zone=found.zone,
        )
        if found.parent:
            said.parent, said.how = found.parent, ParentKind.REPLY
            said.thread = self._roots.get(found.parent) or found.root or found.parent
            self._roots[said.id] = said.thread
        self._sink.say(said)


def _trusted(found: Headers, box: Box) -> int | None:
    """The time a mail states; its envelope's, if that is impossible or the neighbours are far away and agree."""
    at = found.at if found.at is not None and EARLIEST < found.at < LATEST else None
    if found.envelope_at is not None and (at is None or abs(at - found.envelope_at) > DISTRUST * DAY):
        near = box.last_at is None or abs(found.envelope_at - box.last_at) < abs((at or 0) - box.last_at)
        at = found.envelope_at if near or at is None else at
    if at is not None:
        box.last_at = at
    return at


def _own_words(body: bytes) -> int:
    """The length of what is neither quoted nor a signature."""
    text = text_of(body[:MOST_BODY])
    return length(SIGNATURE.sub("", ATTRIBUTION.sub("", QUOTED.sub("", text))))
