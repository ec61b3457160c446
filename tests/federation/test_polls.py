"""Polls between servers: as Mastodon writes them, asked here or there, chosen there or here."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.test import Client

from speak.federation.models import Activity, Delivery
from speak.identity.models import Actor
from speak.voice.actions import PollWords, Words, choose, publish_post, tell_of_polls_that_moved
from speak.voice.audience import Audience
from speak.voice.models import Choice, Post, Reach
from speak.voice.queries import polls_for
from tests import makers
from tests.federation.far import FarServer, create, does, note

pytestmark = pytest.mark.django_db
Browser = Callable[[Actor | None], Client]


@pytest.fixture
def far(far_and_pages: FarServer) -> FarServer:
    """Another server, where pages are opened too."""
    return far_and_pages


def asked_there(far: FarServer, dora: Actor, **members: object) -> Post:
    """A poll of dora's, who is followed from here."""
    options = [
        {"type": "Note", "name": name, "replies": {"type": "Collection", "totalItems": 3}}
        for name in ("Tea", "Co<ffee")
    ]
    given: dict[str, object] = {
        "type": "Question",
        "oneOf": options,
        "content": "<p>Tea or coffee?</p>",
        "endTime": "2199-01-01T00:00:00Z",
        "votersCount": 6,
        **members,
    }
    document = note(dora, **given)
    assert far.post(dora, create(document)).status == 202
    return Post.objects.get(uri=document["id"])


def asked_here(alice: Actor, dora: Actor, *, is_multiple: bool = False) -> Post:
    """A poll of alice's, whom dora follows."""
    makers.follows(dora, alice)
    poll = PollWords(("Tea", "Coffee"), dt.timedelta(days=1), is_multiple=is_multiple)
    return publish_post(alice, words=Words("Tea or coffee?", poll=poll), audience=Audience(Reach.PUBLIC))


def numbers(viewer: Actor, post: Post) -> list[int | None]:
    """How often each answer was chosen, as somebody sees it."""
    return [option.chosen for option in polls_for(viewer, [post])[post.pk].options]


def test_one_chooses_below_what_somebody_elsewhere_asked(
    far: FarServer, alice: Actor, dora: Actor, browser_of: Browser
) -> None:
    makers.follows(alice, dora)
    post = asked_there(far, dora)
    browser = browser_of(alice)
    page = browser.get(post.path).text
    assert "Co&lt;ffee" in page
    assert "chosen" not in page
    answer = browser.post(f"/said/{post.pk}/choose", {"option": ["1"], "next": post.path})
    assert answer.status_code == 302
    assert "chosen 4 times" in browser.get(post.path).text
    sent = json.loads(Activity.objects.get(kind="Create").body)
    assert sent["to"] == [dora.uri]
    assert {name: sent["object"][name] for name in ("type", "name", "inReplyTo", "attributedTo", "to")} == {
        "type": "Note",
        "name": "Co<ffee",
        "inReplyTo": post.uri,
        "attributedTo": alice.uri,
        "to": [dora.uri],
    }
    assert "content" not in sent["object"]
    assert [row.inbox_url for row in Delivery.objects.filter(activity__kind="Create")] == [dora.best_inbox_url]
    assert Post.objects.count() == 1


def test_new_numbers_are_kept_and_are_no_newer_wording(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    post = asked_there(far, dora)
    choose(alice, post=post, positions=[0])
    names = ("Tea", "Co<ffee")
    options = [{"type": "Note", "name": name, "replies": {"totalItems": 9}} for name in names]
    counted = note(dora, id=post.uri, type="Question", oneOf=options, content="<p>Tea or coffee?</p>", votersCount=18)
    assert far.post(dora, does(dora, "Update", counted)).status == 202
    post.refresh_from_db()
    assert (post.edited_at, post.revisions.exists()) == (None, False)
    assert numbers(alice, post) == [9, 9]
    assert Choice.objects.count() == 1


@pytest.mark.parametrize("closed", [True, "2020-01-01T00:00:00Z"])
def test_what_is_over_elsewhere_is_over_here(far: FarServer, alice: Actor, dora: Actor, closed: object) -> None:
    makers.follows(alice, dora)
    post = asked_there(far, dora, endTime=None, closed=closed)
    assert polls_for(alice, [post])[post.pk].is_over
    assert numbers(alice, post) == [3, 3]


def test_what_is_asked_here_reads_as_a_question_elsewhere(far: FarServer, alice: Actor, dora: Actor) -> None:
    post = asked_here(alice, dora)
    sent = json.loads(Activity.objects.get(kind="Create").body)["object"]
    assert (sent["type"], [option["name"] for option in sent["oneOf"]]) == ("Question", ["Tea", "Coffee"])
    assert sent["endTime"].endswith("Z")
    assert "closed" not in sent
    assert far.read(post.uri.removeprefix("https://home.example"))["votersCount"] == 0


@pytest.mark.parametrize("is_multiple", [False, True])
def test_who_chooses_elsewhere_counts_and_all_are_told_the_numbers(
    far: FarServer, alice: Actor, dora: Actor, *, is_multiple: bool
) -> None:
    post = asked_here(alice, dora, is_multiple=is_multiple)
    for number, name in enumerate(("Tea", "Tea", "Coffee", "Cocoa")):
        vote = note(dora, str(number), name=name, inReplyTo=post.uri, to=[alice.uri], cc=[], content=None)
        assert far.post(dora, create(vote)).status == 202
    assert numbers(alice, post) == ([1, 1] if is_multiple else [1, 0])
    assert Post.objects.count() == 1
    assert (tell_of_polls_that_moved(), tell_of_polls_that_moved()) == (1, 0)
    update = json.loads(Activity.objects.get(kind="Update").body)["object"]
    options = update["anyOf" if is_multiple else "oneOf"]
    assert [option["replies"]["totalItems"] for option in options] == numbers(alice, post)
    assert (update["votersCount"], "updated" in update) == (1, False)
