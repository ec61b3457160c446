"""Nothing is lost: worker and web are killed at random moments while a thousand copies are owed.

Five moments, or as many as SPEAK_KILLS says:
`SPEAK_KILLS=50 make test TESTS=tests/journeys/test_killed_at_any_moment.py`.
"""

import contextlib
import http.client
import json
import os
import random
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest

from tests.journeys.inboxes import Inboxes, listening
from tests.makers import PASSWORD
from tests.postgres import fresh_database
from tests.running import Home, home, until

KILLS = int(os.environ.get("SPEAK_KILLS", "5"))
pytestmark = [pytest.mark.journey, pytest.mark.timeout(180 + 20 * KILLS)]

SERVERS, SAID_BEFORE = 100, 10
# Run beside the program: a hundred people, each on a server of their own, follow alice, who says ten things.
# Prints the cookie of a browser in which she is signed in.
BEFORE = """
import sys
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from speak.identity.models import Actor, Follow, FollowState
from speak.identity.queries import actor_called
from speak.kernel import clock
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.reach import Reach
port, servers, times = map(int, sys.argv[1:])
alice = actor_called(None, "alice")
for number in range(servers):
    host, name = f"127.0.1.{number + 1}:{port}", f"p{number}"
    uri = f"http://{host}/actor"
    there = Actor.objects.create(handle=name, handle_key=name, domain=host, uri=uri, inbox_url=f"{uri}/inbox")
    Follow.objects.create(
        follower=there, target=alice, uri=f"{uri}/follow", state=FollowState.ACCEPTED, accepted_at=clock.now()
    )
for number in range(times):
    publish_post(alice, words=Words(f"Before {number}"), audience=Audience(Reach.PUBLIC))
session = SessionStore()
session[SESSION_KEY] = str(alice.user.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = alice.user.get_session_auth_hash()
session.create()
print(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
"""
SAID = """
import json
from speak.federation.models import Activity, Delivery
from speak.voice.models import Post
ids = dict(Activity.objects.filter(kind="Create").values_list("about_uri", "uri"))
said = {post.source: ids.get(post.uri) for post in Post.objects.all()}
print(json.dumps({"said": said, "owed": Delivery.objects.count()}))
"""


class _Stay(HTTPRedirectHandler):
    """A redirect is the answer: the words were said."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


class Browser:
    """Alice's: it says something, and knows whether the server told that it has."""

    def __init__(self, server: Home, cookie: str) -> None:
        token = "c" * 32
        self.server, self.token = server, token
        self.headers = {"Cookie": f"{cookie}; csrftoken={token}", "Origin": server.url}
        self.opener = build_opener(_Stay())

    def say(self, words: str) -> bool:
        """False where no answer came: then nobody has promised anything."""
        form = {"words": words, "audience": "60", "do": "say", "csrfmiddlewaretoken": self.token}
        request = Request(f"{self.server.url}/compose", urlencode(form).encode(), self.headers)  # noqa: S310
        with contextlib.suppress(URLError, OSError, http.client.HTTPException):
            try:
                self.opener.open(request, timeout=10).close()
            except URLError as error:
                return getattr(error, "code", 0) == 302
        return False


@pytest.fixture
def inboxes() -> Iterator[Inboxes]:
    """A hundred other servers."""
    with listening() as server:
        yield server


@pytest.fixture
def alices(tmp_path: Path) -> Iterator[Home]:
    """A server of ours where alice lives, without a worker."""
    with fresh_database() as database, home(tmp_path / "home", database_url=database) as server:
        server.stop("worker")
        server.speak("person", "add", "alice", "--password-stdin", typed=f"{PASSWORD}\n")
        yield server


def test_no_post_and_no_delivery_is_lost(alices: Home, inboxes: Inboxes) -> None:
    chance = random.Random(os.environ.get("SPEAK_SEED", "7"))  # noqa: S311 - moments, not secrets
    cookie = alices.python(BEFORE, str(inboxes.server_port), str(SERVERS), str(SAID_BEFORE)).strip()
    browser, told = Browser(alices, cookie), set()
    alices.start("worker")
    for number in range(KILLS):
        whom = chance.choice(["worker", "worker", "serve"])
        until(partial(inboxes.have_taken, number * SERVERS), seconds=60, says=alices.logs())
        if browser.say(f"During {number}"):
            told.add(f"During {number}")
        time.sleep(chance.uniform(0, 0.7))
        alices.stop(whom, how=signal.SIGKILL)
        alices.start(whom)

    def all_is_there() -> dict[str, str] | None:
        found = json.loads(alices.python(SAID))
        return found["said"] if not found["owed"] else None

    said = until(all_is_there, seconds=60 + 3 * KILLS, says=alices.logs())
    assert isinstance(said, dict)
    assert told, "the web answered at least once"
    assert told | {f"Before {number}" for number in range(SAID_BEFORE)} <= set(said), "what was promised stands"
    assert inboxes.ids() == set(said.values()), "each with one id, however often it was sent"
    everywhere = {
        (f"127.0.1.{number + 1}:{inboxes.server_port}", uri) for number in range(SERVERS) for uri in said.values()
    }
    assert inboxes.pairs() >= everywhere, "every inbox has each activity at least once"
