"""`speak import`: words from elsewhere, and the ties that go with them, brought to somebody's home."""

import sys
from pathlib import Path

import click
from django.utils.translation import ngettext

from speak.clients import bringing
from speak.clients.bringing.notes import Notes, Why
from speak.clients.models import Import, ImportState
from speak.identity.queries import actor_at_address
from speak.kernel.errors import NotAllowed
from speak.operations.commands.ground import prepare_database, said_plainly
from speak.voice.actions import BroughtFor
from speak.voice.reach import Reach

OPEN_AS = {
    "self": Reach.SELF,
    "here": Reach.HERE,
    "followers": Reach.FOLLOWERS,
    "quiet": Reach.QUIET,
    "public": Reach.PUBLIC,
}


@click.command("import")
@click.argument("handle")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
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
def import_(handle: str, file: Path, *, audience: str, followers_too: bool) -> None:
    """Bring what FILE holds to HANDLE's home: each post at the time when it was said, and nobody is told.

    FILE is an archive as the other place gives it: of Mastodon, say. A second time it brings only what is new.
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

            row = bringing.bring_file(owner, path=file, chosen=chosen, moved=moved)
    if row.state == ImportState.REFUSED:
        raise click.ClickException(row.refused)
    click.echo("\n".join(_told(row)))


def _told(row: Import) -> list[str]:
    """The report, a line for each thing."""
    posts, already = row.report.get("posts", 0), row.report.get("already", 0)
    told = [ngettext("%(posts)d post was brought.", "%(posts)d posts were brought.", posts) % {"posts": posts}]
    if already:
        told.append(f"{already} were here already.")
    for part in ("read", "pictures"):
        notes = Notes.of(row.report.get(part, {}))
        for why, count in notes.counts.items():
            places = ", ".join(notes.places.get(why, []))
            told.append(f"  {Why(why).label}: {count}" + (f" ({places})" if places else ""))
    return told
