"""`speak invent`: fills the server of `speak demo`, and says how to come in."""

import click
from django.conf import settings

from speak.operations.commands.ground import prepare_database, said_plainly
from speak.operations.demo import fill
from speak.web.pages.demo import link_for


@click.command()
def invent() -> None:
    """Make the invented organisation on an empty server; print a way in for each of three people."""
    if not settings.SPEAK_DEMO:
        raise click.ClickException("This is for demonstrations only.\nhint: start “speak demo”.")
    prepare_database()
    with said_plainly():
        fill()
    click.echo("An invented waterworks, in the middle of its third week. Look around:\n")
    click.echo(f"  as Maria, who decides   {link_for('maria')}")
    click.echo(f"  as Tom, who hosts       {link_for('tom')}")
    click.echo(f"  as a stranger           {settings.SPEAK_URL}/organisation\n")
    click.echo("Two people at once: use two browsers, or a private window.")
