"""`speak export`: everything that somebody said, in one file; `speak verify`: whether such a file is whole."""

from pathlib import Path

import click

from speak.clients import archive
from speak.identity.queries import actor_at_address
from speak.kernel.errors import NotAllowed
from speak.operations.commands.ground import prepare_database, said_plainly


@click.command()
@click.argument("handle")
@click.option(
    "--to",
    "path",
    required=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Where the file is to stand, for example alice.zip.",
)
def export(handle: str, path: Path) -> None:
    """Write everything that somebody here said into one ZIP file; the same as on their page “Take along”."""
    prepare_database()
    with said_plainly():
        actor = actor_at_address(handle)
        if not actor.is_local:
            raise NotAllowed("Only those whose home is here have anything to take along from here.")
        archive.make(actor, path)
    click.echo(f"Everything of {actor.address} is in {path}.")


@click.command()
@click.argument("path", type=click.Path(dir_okay=False, exists=True, path_type=Path), metavar="FILE")
def verify(path: Path) -> None:
    """Look whether FILE, which somebody took along, is whole: every file in it as it was when it was packed."""
    faults = archive.faults_in(path)
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.ClickException(f"{path} is not whole.")
    click.echo(f"{path} is whole.")
