"""Pages that link to a domain of somebody's own, and editors that know a post by its address there."""

import pytest
from django.test import Client

from speak.federation.models import MentionState
from speak.federation.webmention.discovery import find_endpoint
from speak.identity.actions import give_up_domain
from speak.identity.domains.queries import address_here
from speak.identity.models import Actor
from speak.kernel.outbound import Answer
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests.clients.micropub.editor import editor_of
from tests.fakes import FakeOutbound
from tests.makers import own_domain, post

from .site import HERE, PAGE, kept, owed, reply_to, sends, told, worker_reads, worker_tells

OWN = "https://annas.garden"


@pytest.fixture
def said(alice: Actor) -> Post:
    own_domain(alice, "annas.garden")
    return post(alice, "What do you think?")


def test_the_pages_there_say_where_webmentions_are_taken(said: Post) -> None:
    for path in ("/", said.path):
        shown = Client(headers={"host": "annas.garden"}).get(path)
        answer = Answer(200, shown.content, headers={"content-type": "text/html", "link": shown["Link"]})
        assert find_endpoint(f"{OWN}{path}", ask=FakeOutbound({f"{OWN}{path}": answer}).ask) == f"{HERE}/webmention"


def test_a_link_to_the_domain_is_a_link_to_what_it_shows(said: Post, alice: Actor) -> None:
    for target, meant in ((f"{OWN}{said.path}", said), (f"{OWN}/", None)):
        assert sends(PAGE, target) == 202
        worker_reads(FakeOutbound({PAGE: reply_to(target)}))
        mention = kept()[-1]
        assert (mention.state, mention.recipient, mention.post) == (MentionState.HELD, alice, meant)


def test_what_is_not_shown_there_takes_none(said: Post, alice: Actor, bob: Actor) -> None:
    hidden, others = post(alice, "Ours.", reach=Reach.FOLLOWERS), post(bob)
    for path in (hidden.path, others.path, "/@bob", "/nothing", "/login"):
        assert sends(PAGE, f"{OWN}{path}") == 400
    give_up_domain(alice)
    assert sends(PAGE, f"{OWN}/") == 400


def test_a_link_from_here_to_the_domain_is_no_link_to_another_site(said: Post, bob: Actor) -> None:
    outbound = FakeOutbound()
    post(bob, f"Read {OWN}{said.path} all of you.")
    worker_tells(outbound)
    assert (told(outbound), outbound.calls, owed()) == ([], [], [])


def test_an_editor_changes_a_post_by_its_address_there(said: Post, alice: Actor) -> None:
    said.url = f"{OWN}{said.path}"
    assert editor_of(alice).act("update", said, replace={"content": ["Better."]}).status_code == 204
    said.refresh_from_db()
    assert said.source == "Better."


@pytest.mark.parametrize(
    "url",
    [
        "https://annas.garden@evil.example/",
        "https://evil.example/annas.garden/",
        "https://annas.garden/@bob/1",
        "ftp://annas.garden/",
        "//annas.garden/",
        "https://[annas.garden/",
        "https://annas.garden/@alicex",
        "",
    ],
)
def test_nothing_else_passes_for_it(said: Post, url: str) -> None:
    assert address_here(url) == url
    assert address_here("HTTPS://Annas.Garden:443/@ALICE/1?a=b#c") == f"{HERE}/@ALICE/1?a=b#c"
