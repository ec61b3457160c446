"""Reading an archive, whatever it is: recognized by looking, read once, put into tables."""

import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from speak.mirror.archives.containers import Container, open_container
from speak.mirror.archives.formats import FORMATS, Format
from speak.mirror.archives.people import Proposal, by_address, merge
from speak.mirror.archives.settling import Rows, Sameness, settle
from speak.mirror.archives.sink import Sink
from speak.mirror.errors import NotAnArchive
from speak.mirror.table import TABLES, file_of


@dataclass(frozen=True)
class Progress:
    """How far a reading is: bytes, inflated."""

    done: int
    total: int


Report = Callable[[Progress], None]


@dataclass(frozen=True)
class Wishes:
    """What the people in an archive said about it.

    `opted_in`: addresses, handles or ids of those who agree that private talk is read; it is, where all in it did.
    `confirmed`: groups of names in the archive, or of addresses, that their owners said are one person.
    """

    opted_in: frozenset[str] = frozenset()
    confirmed: frozenset[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Reading:
    """What became of an archive: the folder of its tables, and the record of what was read and what was not."""

    source: str
    folder: Path
    messages: int
    duplicates: int
    withheld: int
    not_understood: Mapping[str, int]
    left_out: Mapping[str, int]
    remarks: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    # Whom the archive writes at an address (in small letters): to find who asked for something; it is kept nowhere.
    raws_at: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def table(self, name: str) -> Path:
        """The Parquet file of one of the tables in `mirror.table`."""
        return self.folder / file_of(name)

    def raws(self, names: Iterable[str]) -> list[str]:
        """Those names, and whom the archive writes at those addresses."""
        return sorted({raw for name in names for raw in (name, *self.raws_at.get(name.casefold(), ()))})

    @property
    def tables(self) -> Mapping[str, Path]:
        """All of them."""
        return {name: self.table(name) for name in TABLES}


def read_archive(path: Path, *, into: Path, wishes: Wishes = Wishes(), progress: Report | None = None) -> Reading:
    """Read the archive at `path`, a zip, tar, folder or file, into Parquet tables in the folder `into`.

    Words are read to be measured in length and are kept nowhere; nothing is unpacked beside the archive.

    Raises:
        NotAnArchive: no format that is known here.
        Unreadable: cut off, locked or broken, so that nothing in it can be read.
        TooLarge: it would become more than is read.
    """
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix=".scratch-") as folder:
        scratch = Path(folder)
        with open_container(path, scratch) as container:
            form = recognize(container)
            with Sink(scratch, opted_in=wishes.opted_in) as sink:
                _tell_of_the_container(container, sink)
                container.meter.report = _metered(container, progress)
                form.read(container, sink)
        return finish(sink, into=into, source=form.name, sameness=form.sameness, confirmed=wishes.confirmed)


def recognize(container: Container) -> Format:
    """Which format an archive is, from the names of its files and the first bytes of some.

    Raises:
        NotAnArchive: none that is known.
    """
    for form in FORMATS:
        if form.recognizes(container):
            return form
    known = ", ".join(sorted({form.title for form in FORMATS}))
    raise NotAnArchive(
        _("Nothing in this looks like an export that is known here."),
        hint=_("Known are: %(known)s.") % {"known": known},
    )


def finish(
    sink: Sink, *, into: Path, source: str, sameness: Sameness, confirmed: Iterable[Iterable[str]] = ()
) -> Reading:
    """Put what a reader found into tables."""
    merged = merge(sink.roster.people, confirmed)
    found = settle(Rows(sink.scratch, sink.roster, merged, source, sameness), into=into)
    return Reading(
        source=source,
        folder=into,
        messages=found.messages,
        duplicates=found.duplicates,
        withheld=sink.tally.withheld,
        not_understood=dict(sorted(sink.tally.missed.items())),
        left_out=dict(sorted(sink.tally.left_out.items())),
        remarks=tuple(sorted(sink.tally.remarks)),
        proposals=merged.proposals,
        raws_at={address: tuple(raws) for address, raws in by_address(sink.roster.people).items()},
    )


def _tell_of_the_container(container: Container, sink: Sink) -> None:
    for name in container.outside:
        sink.missed(name, "its name leads out of the archive")
    if container.is_cut_off:
        sink.remark(_("The archive is cut off; it was read as far as it goes."))


def _metered(container: Container, progress: Report | None) -> Callable[[int], None] | None:
    if progress is None:
        return None
    total = container.total
    return lambda done: progress(Progress(min(done, total), total))
