"""Fills the database of the program under measurement, beside it: `python -m bench.seed WHAT …`."""

import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "speak.operations.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402

from bench.sink import HOSTS, SLOW  # noqa: E402
from speak.federation.delivery.overview import servers_left_alone  # noqa: E402
from speak.identity.actions import make_person  # noqa: E402
from speak.identity.models import Actor, Follow, FollowState, Key, KeyKind  # noqa: E402
from speak.kernel import clock  # noqa: E402
from speak.kernel.ids import new_id  # noqa: E402
from speak.voice.actions import Words, publish_post  # noqa: E402
from speak.voice.audience import Audience  # noqa: E402
from speak.voice.models import Post  # noqa: E402
from speak.voice.queries import Window, home_timeline  # noqa: E402
from speak.voice.reach import Reach  # noqa: E402
from speak.web.shown.posts import shown_entries  # noqa: E402

AUTHORS, POSTS = 500, 100_000


def reader() -> None:
    """One person with a session; prints its cookie."""
    actor = make_person("reader", name="A Reader", password="")
    if actor.user is None:
        raise RuntimeError
    session = SessionStore()
    session[SESSION_KEY] = str(actor.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = actor.user.get_session_auth_hash()
    session.create()
    print(json.dumps({"cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}"}))


def timeline() -> None:
    """The reader follows 500 people elsewhere, who said 100,000 things; every third answers another."""
    me = Actor.objects.get(handle_key="reader", domain="")
    now = clock.now()
    authors = [_stranger(number, f"https://far{number % 50}.example") for number in range(AUTHORS)]
    Actor.objects.bulk_create(authors, batch_size=500)
    Follow.objects.bulk_create(
        Follow(follower=me, target=author, state=FollowState.ACCEPTED, accepted_at=now) for author in authors
    )
    for start in range(0, POSTS, 5000):
        Post.objects.bulk_create(_posts(authors, range(start, start + 5000), now))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def timeline_parts() -> None:
    """CPU seconds of the query, of preparing what is shown, and of writing it for the first time; prints them."""
    me = Actor.objects.select_related("user").get(handle_key="reader", domain="")
    entries = home_timeline(me, Window())
    posts = shown_entries(me, entries)
    signed_in = {"user": {"is_authenticated": True}, "request": {"get_full_path": "/"}, "csrf_token": "token"}
    found = {
        "query": (_cpu_of(lambda: home_timeline(me, Window())), "20 posts as rows, with authors, pictures, tags"),
        "shown": (_cpu_of(lambda: shown_entries(me, entries)), "what a template needs of them"),
        "template": (
            _cpu_of(lambda: [render_to_string("web/pieces/post.html", {**signed_in, "post": post}) for post in posts]),
            "20 posts as HTML; remembered where they look the same",
        ),
    }
    print(json.dumps(found))


def _cpu_of(work: Callable[[], object]) -> float:
    work()
    best = float("inf")
    for _ in range(5):
        begun = time.process_time()
        for _ in range(10):
            work()
        best = min(best, (time.process_time() - begun) / 10)
    return best


def person(handle: str) -> None:
    """Somebody who lives here."""
    make_person(handle, name=handle, password="")


def followers(  # noqa: PLR0917 - words of a command line
    count: str, port: str, who: str = "reader", kind: str = "all"
) -> None:
    """`count` people elsewhere follow somebody, each with an inbox of their own on the sink; or those `well` alone."""
    me = Actor.objects.get(handle_key=who, domain="")
    now, first = clock.now(), new_id()
    rows = [
        _stranger(first + number, f"http://127.0.1.{number % HOSTS + 1}:{port}")
        for number in range(int(count))
        if kind == "all" or number % HOSTS + 1 > SLOW.stop - 1
    ]
    Actor.objects.bulk_create(rows, batch_size=500)
    Follow.objects.bulk_create(
        Follow(follower=row, target=me, state=FollowState.ACCEPTED, accepted_at=now) for row in rows
    )


def said(text: str, who: str = "reader") -> None:
    """Somebody says something to everybody; prints when."""
    me = Actor.objects.get(handle_key=who, domain="")
    at = clock.now().timestamp()
    publish_post(me, words=Words(text), audience=Audience(Reach.PUBLIC))
    print(json.dumps({"at": at}))


def left_alone() -> None:
    """To how many servers nothing is sent for now."""
    print(servers_left_alone())


def speakers(count: str, pem: str) -> None:
    """`count` people elsewhere with a known key, all followed by the reader; prints their ids."""
    me = Actor.objects.get(handle_key="reader", domain="")
    rows = [_stranger(50_000 + number, f"https://talk{number}.example") for number in range(int(count))]
    Actor.objects.bulk_create(rows)
    Key.objects.bulk_create(
        Key(actor=row, kind=KeyKind.RSA, key_uri=f"{row.uri}#main-key", public_pem=pem) for row in rows
    )
    Follow.objects.bulk_create(
        Follow(follower=me, target=row, state=FollowState.ACCEPTED, accepted_at=clock.now()) for row in rows
    )
    print(json.dumps({"speakers": [row.uri for row in rows], "reader": me.uri}))


def counted(prefix: str) -> None:
    """How many posts begin with `prefix`."""
    print(Post.objects.filter(html__startswith=f"<p>{prefix}").count())


def _stranger(number: int, origin: str) -> Actor:
    uri = f"{origin}/people/{number}"
    return Actor(
        id=new_id(),
        handle=f"p{number}",
        handle_key=f"p{number}",
        domain=origin.split("//")[1],
        uri=uri,
        url=uri,
        name=f"Person {number}",
        inbox_url=f"{uri}/inbox",
        followers_url=f"{uri}/followers",
        fetched_at=clock.now(),
    )


def _posts(authors: list[Actor], numbers: range, now: dt.datetime) -> list[Post]:
    posts: list[Post] = []
    for number in numbers:
        author = authors[number * 7919 % AUTHORS]
        said_at = now - dt.timedelta(minutes=POSTS - number)
        identifier = new_id(at=said_at)
        answered = posts[-1] if posts and number % 3 == 0 else None
        posts.append(
            Post(
                id=identifier,
                uri=f"{author.uri}/said/{number}",
                author=author,
                html=f"<p>Thing number {number}, said on an ordinary day.</p>",
                reach=Reach.PUBLIC,
                audience_owner=author,
                in_reply_to=answered,
                in_reply_to_uri=answered.uri if answered else "",
                answered=answered.author if answered else None,
                thread_id=answered.thread_id if answered else identifier,
                said_at=said_at,
                created_at=said_at,
            )
        )
    return posts


if __name__ == "__main__":
    fills: dict[str, Callable[..., None]] = {
        "reader": reader,
        "timeline": timeline,
        "timeline_parts": timeline_parts,
        "followers": followers,
        "said": said,
        "person": person,
        "left_alone": left_alone,
        "speakers": speakers,
        "counted": counted,
    }
    fills[sys.argv[1]](*sys.argv[2:])
