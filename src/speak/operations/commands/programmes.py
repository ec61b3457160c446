"""`speak programme`: programmes as files. Checked without anything changing, taken along, brought."""

from pathlib import Path

import click

from speak.identity.queries import actor_called
from speak.kernel.errors import NotAllowed, NotFound
from speak.operations.commands.ground import prepare_database, said_plainly
from speak.rooms.actions import keep_programme
from speak.rooms.models import Programme
from speak.rooms.programmes import MAX_BYTES, ProgrammeText, export, parse_bytes, shipped

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def programme() -> None:
    """Programmes as files: an order of practices that a room can choose."""


@programme.command()
@click.argument("file", type=FILE)
def check(file: Path) -> None:
    """Read FILE, and say what is in it, or in which line it is wrong and why. Nothing is changed."""
    text = _read(file)
    minutes = sum(entry.takes for entry in text.entries)
    click.echo(f"“{text.title}” can be used: {len(text.entries)} practices, {minutes} minutes.")


@programme.command(name="export")
@click.argument("name")
@click.option("--to", "file", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where it goes.")
def export_programme(name: str, file: Path) -> None:
    """Write the programme NAME to a file: one that ships, such as twelve-weeks, or the number of one kept here."""
    if name in shipped():
        source = export(shipped()[name])
    else:
        prepare_database()
        with said_plainly():
            source = _kept(name).source
    file.write_text(source, encoding="utf-8")
    click.echo(f"Written to {file}.")


@programme.command(name="import")
@click.argument("file", type=FILE)
@click.option("--host", required=True, help="The handle of the person who is to have it.")
def import_programme(file: Path, host: str) -> None:
    """Bring the programme in FILE, for one person to choose in a room they host. Prints its number."""
    prepare_database()
    text = _read(file)
    with said_plainly():
        actor = actor_called(None, host)
        if not actor.is_local or actor.user is None:
            raise NotAllowed("Only somebody whose home is here can have a programme here.")
        kept = keep_programme(actor, text=export(text))
    click.echo(f"{actor.address} has “{kept.title}”.")
    click.echo(str(kept.pk))


def _read(file: Path) -> ProgrammeText:
    with file.open("rb") as opened, said_plainly():
        return parse_bytes(opened.read(MAX_BYTES + 1))


def _kept(name: str) -> Programme:
    number = int(name) if name.isascii() and name.isdecimal() and len(name) < 19 else 0  # noqa: PLR2004 - of 63 bits
    kept = Programme.objects.filter(pk=number).first()
    if kept is None:
        raise NotFound(f"There is no programme “{name}”.", hint=f"Those that ship are {', '.join(shipped())}.")
    return kept
