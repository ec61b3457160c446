"""`speak deliveries`: what other servers are owed and have not taken; trying again, giving up."""

import click

from speak.federation.delivery import operating
from speak.federation.delivery.overview import owed_by_server
from speak.operations.commands.ground import prepare_database, said_plainly
from speak.web.shown.deliveries import ShownServer, shown_server


@click.group(invoke_without_command=True)
@click.pass_context
def deliveries(context: click.Context) -> None:
    """What other servers are owed and have not taken, and why."""
    if context.invoked_subcommand is not None:
        return
    prepare_database()
    servers = [shown_server(owed) for owed in owed_by_server()]
    for server in servers:
        click.echo(_in_words(server))
    if not servers:
        click.echo("Every server has taken what it was owed, or is about to.")


@deliveries.command()
@click.argument("host")
def retry(host: str) -> None:
    """Send what HOST is owed now, also what was given up."""
    prepare_database()
    with said_plainly():
        operating.try_again(host)
    click.echo(f"{host} is tried again now.")


@deliveries.command("give-up")
@click.argument("host")
def give_up(host: str) -> None:
    """Owe HOST nothing more of what waits."""
    prepare_database()
    with said_plainly():
        operating.give_up(host)
    click.echo(f"What waited for {host} is given up.")


def _in_words(server: ShownServer) -> str:
    when = ""
    if server.next_at is not None:
        when = "next in a moment" if server.is_due else f"next {server.next_at:%Y-%m-%d %H:%M} UTC"
    parts = [server.owed, server.given_up, server.why.rstrip("."), when]
    return f"{server.host}: " + "; ".join(part for part in parts if part)
