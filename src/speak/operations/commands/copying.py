"""`speak backup` and `speak restore`: a copy of all that this server holds, and the way back."""

from pathlib import Path

import click
from django.conf import settings

from speak.operations.commands.ground import said_plainly
from speak.operations.copies import put_back, take_copy
from speak.operations.presence import be_here


@click.command()
@click.argument("to", type=click.Path(path_type=Path))
def backup(to: Path) -> None:
    """Copy database, pictures, secret and all else that SPEAK_DATA holds to the folder TO, or the file TO.tar.

    The server may run meanwhile. The copy is there when it is whole, and holds every word and every key. Settings are
    not in it. PostgreSQL is copied by pg_dump.
    """
    be_here(Path(settings.SPEAK_DATA))
    with said_plainly():
        contents = take_copy(to)
    click.echo(f"The database and {_files(len(contents.files) - 1)} are in {to}.")
    if settings.SPEAK_SECRET_KEY or settings.SPEAK_MIRROR_KEY:
        click.echo("Keep the secrets that settings give, too: they are not in it.")


@click.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path), metavar="FROM")
@click.option("--replace", "replaces", is_flag=True, help="Put it in place of what is there now.")
def restore(source: Path, *, replaces: bool) -> None:
    """Put the copy FROM, which “speak backup” made, into SPEAK_DATA and the database. The server has to be stopped.

    Every file is checked before anything changes. With --replace, files and embedded database that are there now go to
    a folder “replaced-…” in SPEAK_DATA; what is in a PostgreSQL database then is gone.
    """
    with said_plainly():
        contents = put_back(source, replaces=replaces)
    click.echo(f"The database and {_files(len(contents.files) - 1)} are as they were at {contents.made_at}.")
    if contents.url != settings.SPEAK_URL:
        click.echo(
            f"It was taken at {contents.url}, and this is {settings.SPEAK_URL}: start it with the same SPEAK_URL."
        )


def _files(number: int) -> str:
    return "one file" if number == 1 else f"{number} files"
