"""`speak person`, `speak link`, `speak token`: people, and the ways in."""

import sys

import click

from speak.clients.scopes import SENTENCES
from speak.clients.tokens import make_token
from speak.identity.actions import change_keys, leave, let_run_server, make_join_link, make_person, set_password
from speak.identity.queries import actor_at_address
from speak.kernel.errors import NotAllowed
from speak.operations.commands.ground import prepare_database, said_plainly


@click.group()
def person() -> None:
    """The people whose home is here."""


@person.command()
@click.argument("handle")
@click.option("--name", default="", help="What they are called; the handle if nothing is given.")
@click.option("--email", default="", help="Where mail reaches them.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--operator", is_flag=True, help="They run this server.")
def add(handle: str, name: str, email: str, *, password_stdin: bool, operator: bool) -> None:
    """Give somebody a home here. Prints their address."""
    prepare_database()
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else _asked()
    with said_plainly():
        actor = make_person(handle, name=name or handle, password=password, email=email)
    if operator:
        let_run_server(actor)
    click.echo(actor.address)


@person.command()
@click.argument("handle")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def password(handle: str, *, password_stdin: bool) -> None:
    """Give somebody a new password who has lost theirs. Wherever they were signed in, they are signed out."""
    prepare_database()
    wanted = sys.stdin.readline().rstrip("\r\n") if password_stdin else _asked()
    with said_plainly():
        actor = actor_at_address(handle)
        set_password(actor, password=wanted)
    click.echo(f"{actor.address} has a new password.")


@person.command(name="new-keys")
@click.argument("handle")
def new_keys(handle: str) -> None:
    """Let somebody sign with fresh keys, for example after a copy of the database was seen by others."""
    prepare_database()
    with said_plainly():
        actor = actor_at_address(handle)
        if not actor.is_local:
            raise NotAllowed("Only those whose home is here have keys here.")
        change_keys(actor)
    click.echo(f"{actor.address} signs with fresh keys.")


@person.command()
@click.argument("handle")
@click.option("--no-longer", is_flag=True, help="They do not run it any more.")
def operator(handle: str, *, no_longer: bool) -> None:
    """Let somebody here run this server, too."""
    prepare_database()
    with said_plainly():
        actor = actor_at_address(handle)
        let_run_server(actor, runs=not no_longer)
    click.echo(f"{actor.address} runs this server{' no longer' if no_longer else ''}.")


@person.command()
@click.argument("handle")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask for the handle once more.")
def delete(handle: str, *, is_sure: bool) -> None:
    """Delete somebody's home and all that is in it, for good; other servers are told.

    `speak export` makes a file of all of it first.
    """
    prepare_database()
    with said_plainly():
        actor = actor_at_address(handle)
        if not actor.is_local:
            raise NotAllowed("Only a home that is here can be deleted here.")
        if (
            not is_sure
            and click.prompt(f"All of {actor.address} will be gone for good. Type the handle") != actor.handle
        ):
            raise NotAllowed("That is another handle; nothing was deleted.")
        leave(actor)
    click.echo(f"{actor.address} is gone. The worker tells other servers; the handle stays taken.")


@click.command()
@click.option("--for", "for_whom", default="", help="Whom the link is for, to remember it by.")
def link(for_whom: str) -> None:
    """Make a link by which one person joins, within a week."""
    prepare_database()
    click.echo(make_join_link(None, for_whom=for_whom))


@click.command()
@click.argument("handle")
@click.option("--scopes", default="read", show_default=True, help=f"Some of: {' '.join(SENTENCES)}.")
def token(handle: str, scopes: str) -> None:
    """Make an access token for an app of HANDLE's. It stands alone on the last line."""
    prepare_database()
    with said_plainly():
        actor = actor_at_address(handle)
        if not actor.is_local or actor.user is None:
            raise NotAllowed("Only somebody whose home is here can have a token here.")
        click.echo(make_token(actor.user, scopes=scopes.split()))


def _asked() -> str:
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
