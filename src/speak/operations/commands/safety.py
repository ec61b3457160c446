"""`speak safety`: who hears reports, and limits on people and servers. No command reads a report."""

import click

from speak.identity.queries import actor_at_address
from speak.kernel.errors import NotFound
from speak.operations.commands.ground import prepare_database, said_plainly
from speak.safety import queries
from speak.safety.actions import LimitWords, end_handling, lift_limit, name_handler, set_limit
from speak.safety.actions.deciding import until_after
from speak.safety.models import Limit, LimitKind
from speak.safety.rules import read_domain


@click.group()
def safety() -> None:
    """Who hears reports, and limits."""


@safety.group()
def handler() -> None:
    """The people who hear reports."""


@handler.command("add")
@click.argument("handle")
def add(handle: str) -> None:
    """Ask HANDLE to hear reports. They hear none before they have said yes, at /safety/people."""
    prepare_database()
    with said_plainly():
        actor = actor_at_address(handle)
        name_handler(None, actor=actor)
    click.echo(f"{actor.address} has been asked.")


@handler.command("remove")
@click.argument("handle")
def remove(handle: str) -> None:
    """Let HANDLE hear reports no more. What waited with them waits for somebody else."""
    prepare_database()
    with said_plainly():
        actor = actor_at_address(handle)
        end_handling(None, actor=actor)
    click.echo(f"{actor.address} hears no reports.")


@safety.command()
@click.argument("about")
@click.option("--kind", type=click.Choice(LimitKind.values), required=True, help="What it does.")
@click.option("--reason", required=True, help="Why; somebody whose home is here reads it.")
@click.option("--days", type=click.IntRange(1), default=None, help="When it ends by itself; without it, never.")
def limit(about: str, *, kind: str, reason: str, days: int | None) -> None:
    """Limit somebody (ABOUT is an address) or a whole other server (ABOUT is its domain)."""
    prepare_database()
    with said_plainly():
        whom = actor_at_address(about) if "@" in about else about
        made = set_limit(None, about=whom, words=LimitWords(LimitKind(kind), reason, until_after(days)))
    click.echo(_in_words(made))


@safety.command()
@click.argument("about")
def lift(about: str) -> None:
    """Lift all limits on somebody (an address), or on a server (its domain)."""
    prepare_database()
    with said_plainly():
        held = queries.live_limits().select_related("actor")
        found = list(held.filter(actor=actor_at_address(about)) if "@" in about else held.filter(domain=_domain(about)))
        if not found:
            raise NotFound(f"No limit holds for {about}.")
        for each in found:
            lift_limit(None, limit_id=each.pk)
    click.echo(f"No limit holds for {about} any more.")


@safety.command()
def limits() -> None:
    """The limits that hold."""
    prepare_database()
    for each in queries.live_limits().select_related("actor").order_by("pk"):
        click.echo(_in_words(each))


def _domain(about: str) -> str:
    return read_domain(about) or about


def _in_words(held: Limit) -> str:
    whom = held.actor.address if held.actor else held.domain
    until = f"until {held.until:%Y-%m-%d %H:%M} UTC" if held.until else "until it is lifted"
    return f"{whom}: {held.kind}, {until}: {held.reason}"
