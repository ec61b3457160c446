"""`speak seed`: people, apps and follows from a file, for tests and demonstrations."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import click
import msgspec
from django.db import IntegrityError, transaction

from speak.clients.models import App
from speak.clients.tokens import make_token
from speak.identity.actions import accept_follow, change_preferences, follow, make_person_as_written
from speak.identity.models import Actor, SaidByApps, User
from speak.identity.queries import actor_called, people_here
from speak.operations.commands.ground import prepare_database, said_plainly
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.reach import Reach

DEFAULT_SCOPES = ("read", "write", "follow")
# Ids are positive and of 63 bits; as text too, since not every program reads such numbers exactly.
LARGEST_ID = 2**63 - 1
Number = Annotated[int, msgspec.Meta(ge=1, le=LARGEST_ID)]
Digits = Annotated[str, msgspec.Meta(pattern="^[1-9][0-9]{0,17}$")]


class SeedToken(msgspec.Struct, forbid_unknown_fields=True):
    """An access token with its scopes; `app` is the client_id of an app of the same file."""

    token: str
    scopes: tuple[str, ...] = DEFAULT_SCOPES
    app: str = ""


class SeedPerson(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody to be made; `id` becomes their actor's id, `privacy` the audience of words from apps that say none."""

    handle: str
    id: Number | Digits | None = None
    name: str = ""
    password: str = ""
    email: str = ""
    language: str = "en"
    locked: bool = False
    listed: bool = False
    operator: bool = False
    privacy: SaidByApps = SaidByApps.FOLLOWERS
    tokens: list[str | SeedToken] = []


class SeedApp(msgspec.Struct, forbid_unknown_fields=True):
    """An app that is registered already."""

    name: str
    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...] = ("urn:ietf:wg:oauth:2.0:oob",)
    scopes: tuple[str, ...] = DEFAULT_SCOPES


class SeedFollow(msgspec.Struct, forbid_unknown_fields=True):
    """Who follows whom, by handle; it holds at once."""

    follower: str
    target: str


class SeedPost(msgspec.Struct, forbid_unknown_fields=True):
    """Something said to anyone, by one of the people in the same file (promise 1)."""

    author: str
    text: str
    title: str = ""


class Seed(msgspec.Struct, forbid_unknown_fields=True):
    """The whole file."""

    people: list[SeedPerson] = []
    apps: list[SeedApp] = []
    follows: list[SeedFollow] = []
    posts: list[SeedPost] = []
    emoji: list[dict[str, object]] = []


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Also on a server where people live already.")
def seed(file: Path, *, force: bool) -> None:
    """Make the people, apps, follows and posts of FILE (JSON): all of them, or none."""
    prepare_database()
    try:
        wanted = msgspec.json.decode(file.read_bytes(), type=Seed)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file} cannot be used: {error}\nhint: nothing has been changed.") from error
    if people_here().exists() and not force:
        sentence = "People live here already; nothing has been changed.\nhint: --force adds to them."
        raise click.ClickException(sentence)
    try:
        with said_plainly(), transaction.atomic():
            _make_all(wanted)
    except IntegrityError as error:
        sentence = f"Two of these share an id, a token or a client_id: {error}\nhint: nothing has been changed."
        raise click.ClickException(sentence) from error
    if wanted.emoji:
        click.echo(f"Passed over {len(wanted.emoji)} emoji: this server has none of its own yet.")
    made = ("people", "apps", "follows", "posts")
    click.echo(f"Made {', '.join(f'{len(getattr(wanted, name))} {name}' for name in made)}.")


def _make_all(wanted: Seed) -> None:
    apps = {app.client_id: _make_app(app) for app in wanted.apps}
    for person in wanted.people:
        _make_person(person, apps)
    for pair in wanted.follows:
        row = follow(_here(pair.follower), target=_here(pair.target))
        accept_follow(row.target, follow=row)
    newcomers = {person.handle for person in wanted.people}
    for post in wanted.posts:
        if post.author not in newcomers:
            raise click.ClickException(f"{post.author} speaks for themselves.\nhint: a post is by one of these people.")
        words = Words(post.text, title=post.title)
        publish_post(_here(post.author), words=words, audience=Audience(Reach.PUBLIC))


def _here(handle: str) -> Actor:
    return actor_called(None, handle)


def _make_person(person: SeedPerson, apps: Mapping[str, App]) -> None:
    actor = make_person_as_written(
        person.handle,
        name=person.name or person.handle,
        password=person.password,
        email=person.email,
        actor_id=int(person.id) if person.id is not None else None,
    )
    change_preferences(actor, approves_followers=person.locked, is_listed=person.listed)
    User.objects.filter(actor=actor).update(
        language=person.language, is_staff=person.operator, said_by_apps=person.privacy
    )
    if actor.user is None:
        raise click.ClickException(f"{person.handle} cannot sign in.")
    for token in person.tokens:
        given = token if isinstance(token, SeedToken) else SeedToken(token)
        if given.app and given.app not in apps:
            raise click.ClickException(f"There is no app {given.app} in this file, for a token of {person.handle}.")
        make_token(actor.user, scopes=given.scopes, token=given.token, app=apps.get(given.app))


def _make_app(app: SeedApp) -> App:
    return App.objects.create(
        name=app.name,
        client_id=app.client_id,
        client_secret=app.client_secret,
        client_type=App.CLIENT_CONFIDENTIAL,
        authorization_grant_type=App.GRANT_AUTHORIZATION_CODE,
        redirect_uris=" ".join(app.redirect_uris),
        scopes=" ".join(app.scopes),
    )
