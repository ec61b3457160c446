"""`speak migrate` and `speak welcome`: the database in order, and the way in for the first person."""

import click
from django.conf import settings

from speak.identity.actions import make_join_link
from speak.identity.queries import people_here
from speak.operations.commands.ground import prepare_database


@click.command()
def migrate() -> None:
    """Bring the database to what this version needs; `serve` and `worker` do so by themselves."""
    prepare_database()
    click.echo("The database is in order.")


@click.command()
def welcome() -> None:
    """Prepare the database; say where this place is, and how its first person comes in."""
    prepare_database()
    click.echo(f"Speak for Yourself is at {settings.SPEAK_URL}")
    if not people_here().exists():
        click.echo("Nobody lives here yet. This link opens once, for the first person, who will run this place:")
        click.echo(f"\n  {make_join_link(None, is_for_operator=True)}\n")
