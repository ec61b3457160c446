"""`speak import`: words from elsewhere, and the ties that go with them, brought to somebody's home."""

import sys
from pathlib import Path

import click

from speak.clients import bringing
from speak.clients.models import Import
from speak.identity.queries import actor_at_address
from speak.kernel.errors import NotAllowed
from speak.operations.commands.ground import prepare_database, said_plainly
from speak.voice.actions import BroughtFor
from speak.voice.reach import Reach
from speak.web.shown.imports import shown_import

OPEN_AS = {
    "self": Reach.SELF,
    "here": Reach.HERE,
    "followers": Reach.FOLLOWERS,
    "quiet": Reach.QUIET,
    "public": Reach.PUBLIC,
}


@click.command("import")
@click.argument("handle")
@click.argument("source", metavar="FILE")
@click.option(
    "--audience",
    type=click.Choice(list(OPEN_AS)),
    default="self",
    show_default=True,
    help="Who may read here what anyone could read there.",
)
@click.option(
    "--followers-too", is_flag=True, help="What was for followers there is for followers here, not only for the author."
)
@click.option("--name", default="", help="The name under which its author wrote there, where several people did.")
def import_(handle: str, source: str, *, audience: str, followers_too: bool, name: str) -> None:
    """Bring what FILE holds to HANDLE's home: each post at the time when it was said, and nobody is told.

    FILE is an archive as the other place gives it: of Mastodon, say. In its place the address of an account elsewhere,
    @name@server.example, fetches what anyone can read there; it has to say that it is the same person. A second time
    only what is new comes.
    """
    prepare_database()
    chosen = BroughtFor(OPEN_AS[audience], Reach.FOLLOWERS if followers_too else Reach.SELF)
    with said_plainly():
        owner = actor_at_address(handle)
        if not owner.is_local:
            raise NotAllowed("Words can only be brought to somebody whose home is here.")
        with click.progressbar(length=1, label="  Bringing", file=sys.stderr) as bar:

            def moved(done: int, total: int) -> None:
                bar.length = max(1, total)
                bar.update(done - bar.pos)

            if source.startswith("@"):
                row = bringing.bring_account(owner, address=source, chosen=chosen, moved=moved)
            else:
                path = _path(source)
                row = bringing.bring_file(owner, path=path, chosen=chosen, wrote_as=name, moved=moved)
    if row.refused:
        raise click.ClickException(row.refused)
    click.echo("\n".join(_told(row)))


def _path(source: str) -> Path:
    path = Path(source)
    if not path.exists():
        raise click.BadParameter(f"There is no file “{source}”.", param_hint="FILE")
    return path


def _told(row: Import) -> list[str]:
    """The report, a line for each thing."""
    shown = shown_import(row)
    told = list(shown.came)
    for note in (*shown.left_out, *shown.missed):
        places = ", ".join(note.places)
        told.append(f"  {note.why}: {note.count}" + (f" ({places})" if places else ""))
    return told
