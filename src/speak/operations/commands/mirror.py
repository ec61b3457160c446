"""`speak mirror`: what a conversation shows of itself, in one file that everybody in it may read."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec
from django.conf import settings

from speak.identity.queries import objecting, of_one_address
from speak.mirror.archives.here import read_here
from speak.mirror.archives.reading import Progress, Reading, Wishes, read_archive
from speak.mirror.claims import addresses_that_are_one, names_staying_out
from speak.mirror.engines import EngineFailure, opened
from speak.mirror.groups import read_groups, read_names
from speak.mirror.keeping import alone, folder_of, key
from speak.mirror.ledger import Ledger
from speak.mirror.looking import lay_reading, look, read_of
from speak.mirror.report import Report
from speak.mirror.roster import Roster, roster_of
from speak.operations.commands.ground import complaint, prepare_database, said_plainly
from speak.web.shown.mirror import report_page

ARCHIVE = click.Path(exists=True, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MIB = 1024 * 1024


@click.command()
@click.argument("archive", type=ARCHIVE, required=False)
@click.option("--here", "is_here", is_flag=True, help="Read what everybody here may read, instead of an archive.")
@click.option("--groups", "groups_file", type=FILE, help="Who belongs to which part, and who was in the room (CSV).")
@click.option("--leave-out", "names_file", type=FILE, help="Who asked not to be counted: one name in a line.")
@click.option("--name", help="What the report is called; else as the archive.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the report goes; else mirror.html.")
@click.option("--json", "is_json", is_flag=True, help="Print the figures that may leave, instead of the page.")
def mirror(  # noqa: PLR0913 - one for each option
    archive: Path | None,
    *,
    is_here: bool,
    groups_file: Path | None,
    names_file: Path | None,
    name: str | None,
    out: Path | None,
    is_json: bool,
) -> None:
    """Read ARCHIVE, and write what it shows of a conversation: figures about ten people or more, about nobody by name.

    With --here it is the conversation on this server, as everybody whose home is here may read it.

    The archive is read where it lies, and nothing of it is kept but which sets of people figures were about. Whoever
    said on this server that they do not want to be counted is not, as far as the archive knows them by the same name.
    """
    if (archive is None) is not is_here:
        raise click.UsageError("Name an archive, or say --here: one of the two.")
    prepare_database()
    with said_plainly(), _engine_said_plainly(), tempfile.TemporaryDirectory(prefix="speak-mirror-") as folder:
        groups = read_groups(groups_file) if groups_file else []
        names = read_names(names_file) if names_file else []
        reading = _read(archive, into=Path(folder)) if archive else read_here(into=Path(folder))
        with opened() as here, opened(settings.SPEAK_MIRROR_ENGINE) as engine, alone(folder_of()):
            lay_reading(reading.folder, people=here, talk=engine)
            staying_out = reading.raws([*names, *names_staying_out(objecting())])
            roster = roster_of(here, groups=groups, objecting=staying_out)
            _tell_of_names(roster, {*names, *(row.person for row in groups)})
            ledger = Ledger(folder_of() / "shown-before", key=key())
            called = name or (archive.name if archive else settings.SPEAK_NAME)
            read = read_of(reading, name=called, left_out=roster.left_out)
            report = look(
                engine, roster.people, read=read, ledger=ledger, told=lambda what: click.echo(f"  {what}", err=True)
            )
            ledger.keep()
        _keep_record(report)
    if is_json:
        click.echo(msgspec.json.format(msgspec.json.encode(report), indent=2).decode())
    if out or not is_json:
        target = out or Path("mirror.html")
        target.write_text(report_page(report), encoding="utf-8")
        click.echo(f"The report is in {target}. It is for everybody in this conversation.", err=is_json)


def _read(archive: Path, *, into: Path) -> Reading:
    with _bar() as moved:
        wishes = Wishes(confirmed=frozenset(map(frozenset, addresses_that_are_one(of_one_address()))))
        return read_archive(archive, into=into, wishes=wishes, progress=moved)


@contextmanager
def _engine_said_plainly() -> Iterator[None]:
    """Whoever runs this also chose the engine, and can do something about it."""
    try:
        yield
    except EngineFailure as failure:
        raise complaint(str(failure), hint=failure.hint) from failure


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """How far the reading is, on a terminal; bytes are shown as MiB."""
    with click.progressbar(length=1, label="  Reading the archive", file=sys.stderr) as bar:

        def moved(progress: Progress) -> None:
            bar.length = max(1, progress.total // MIB)
            bar.update(progress.done // MIB - bar.pos)

        yield moved


def _tell_of_names(roster: Roster, given: AbstractSet[str]) -> None:
    """Of the names that were given, those that are nobody's, or several people's; of who said so here, nothing."""
    for name in sorted(given & set(roster.nobody)):
        click.echo(f"  “{name}” is nobody's name in this archive, or the name of several people.", err=True)


def _keep_record(report: Report) -> None:
    """What was read, shown and withheld, and why: kept where whoever runs this can show it."""
    file = folder_of() / f"record-{report.record.made_at:%Y-%m-%dT%H-%M-%S}.json"
    file.write_bytes(msgspec.json.format(msgspec.json.encode(report.record), indent=2))
