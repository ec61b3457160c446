"""Makes the people and posts that tests speak of, through the same actions as the program."""

import datetime as dt
import io
from copy import copy
from functools import cache

from PIL import Image

from speak.identity.actions import bring_domain, choose_handle_domain, follow, make_person, weigh_evidence
from speak.identity.actions.follows import accept_follow
from speak.identity.domains.evidence import Evidence, file_of, record_text
from speak.identity.models import Actor, ActorKind, Key, KeyKind, OwnDomain
from speak.kernel import clock
from speak.kernel.ids import new_id
from speak.kernel.keys import KeyPair, make_rsa
from speak.rooms.models import Membership, Room
from speak.voice.actions import IncomingPost, Words, publish_post, receive_post
from speak.voice.audience import Audience
from speak.voice.models import Post, Reader
from speak.voice.reach import Reach

PASSWORD = "green bicycle under rain"


@cache
def far_keys() -> KeyPair:
    """The key pair of everybody on far.example; made once, since making one takes a while."""
    return make_rsa()


def person(handle: str, *, name: str = "") -> Actor:
    """Somebody with a home here."""
    return make_person(handle, name=name or handle.capitalize(), password=PASSWORD)


def far_person(handle: str, *, domain: str = "far.example", shared_inbox: bool = True) -> Actor:
    """Somebody whose home is on another server, as this one knows them, key included."""
    uri = f"https://{domain}/people/{handle}"
    actor = Actor.objects.create(
        kind=ActorKind.PERSON,
        handle=handle,
        handle_key=handle,
        domain=domain,
        uri=uri,
        url=f"https://{domain}/@{handle}",
        name=handle.capitalize(),
        inbox_url=f"{uri}/inbox",
        shared_inbox_url=f"https://{domain}/inbox" if shared_inbox else "",
        outbox_url=f"{uri}/outbox",
        followers_url=f"{uri}/followers",
        following_url=f"{uri}/following",
    )
    Key.objects.create(actor=actor, kind=KeyKind.RSA, key_uri=f"{uri}#main-key", public_pem=far_keys().public_pem)
    return actor


def own_domain(actor: Actor, name: str, *, leads_here: bool = True, in_address: bool = False) -> OwnDomain:
    """A domain that somebody brought and proved by a record; its requests arrive here unless told otherwise."""
    owned = bring_domain(actor, name=name)
    lines = frozenset(file_of(owned).split()) if leads_here else frozenset()
    fingered = frozenset({actor.uri} if leads_here else ())
    weigh_evidence(owned.pk, evidence=Evidence(frozenset({record_text(owned.token)}), lines, fingered))
    if in_address:
        choose_handle_domain(actor, is_own=True)
    actor.refresh_from_db()
    owned.refresh_from_db()
    return owned


def follows(follower: Actor, target: Actor) -> None:
    """`follower` follows `target`, accepted."""
    row = follow(follower, target=target)
    if row.accepted_at is None:
        accept_follow(target, follow=row)


def post(
    author: Actor, source: str = "Good morning.", *, reach: Reach = Reach.PUBLIC, to: tuple[Actor, ...] = ()
) -> Post:
    """Something said; `to` is who is named, or who else is in the room it is said in."""
    return publish_post(author, words=Words(source), audience=audience(author, reach, to=to))


def audience(author: Actor, reach: Reach, *, to: tuple[Actor, ...] = ()) -> Audience:
    """An audience of this reach; a room is made for it, with these people in it."""
    number = room(author, *to).pk if reach == Reach.ROOM else 0
    return Audience(reach, people=to, room=number)


def room(host: Actor, *others: Actor, name: str = "Tuesday table") -> Room:
    """A room with these people in it, who all came when it was opened."""
    now = clock.now()
    made = Room.objects.create(
        name=name,
        purpose="To say what we think.",
        founder=host,
        host=host,
        opened_at=now,
        ends_at=now + dt.timedelta(weeks=12),
    )
    for actor in (host, *others):
        Membership.objects.create(room=made, actor=actor, invited_by=None if actor == host else host)
    return made


def copies(said: list[Post], *, until: int) -> None:
    """Copies of these posts with their readers, until there are so many in all; written at once."""
    readers = [list(post.readers.values_list("actor", flat=True)) for post in said]
    posts, rows = [], []
    for number in range(until - len(said)):
        post = copy(said[number % len(said)])
        post.pk = new_id()
        post.uri, post.thread_id, post.in_reply_to_id = f"{said[0].uri}/{post.pk}", post.pk, None
        posts.append(post)
        rows += [Reader(post_id=post.pk, actor_id=actor) for actor in readers[number % len(said)]]
    Post.objects.bulk_create(posts, batch_size=500)
    Reader.objects.bulk_create(rows, batch_size=500)


def answer(author: Actor, answered: Post, source: str = "I see.", *, audience: Audience | None = None) -> Post:
    """An answer; for those who can read what it answers unless told otherwise."""
    return publish_post(
        author,
        words=Words(source),
        audience=audience or Audience(Reach.QUIET, stays_in_thread=True),
        in_reply_to=answered,
    )


def picture(*, width: int = 4, height: int = 4) -> bytes:
    """A plain picture, as a PNG."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(made, "PNG")
    return made.getvalue()


def far_post(
    author: Actor,
    html: str = "<p>Good evening.</p>",
    *,
    reach: Reach = Reach.PUBLIC,
    to: tuple[Actor, ...] = (),
    said_at: dt.datetime | None = None,
) -> Post:
    """Something said on another server that arrived here."""
    number = new_id()
    incoming = IncomingPost(
        uri=f"https://{author.domain}/posts/{number}",
        url=f"{author.url}/{number}",
        html=html,
        reach=reach,
        said_at=said_at or clock.now(),
        readers=to,
    )
    return receive_post(author, incoming=incoming)
