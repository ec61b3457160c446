"""Every list that an app asks for takes as many queries for twenty as for two."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import get_origin

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from speak.clients.api.paging import Listed
from speak.clients.mastodon import empty
from speak.clients.urls import ENDPOINTS
from speak.identity.actions import (
    block,
    block_server,
    change_preferences,
    choose_policy,
    choose_who_may_quote,
    endorse,
    follow,
    keep_list,
    mute,
    put_into_list,
)
from speak.identity.models import Actor, Hearing, List, Quoting
from speak.kernel import clock
from speak.voice.actions import (
    DraftWords,
    FilterWords,
    PollWords,
    Words,
    boost,
    edit_post,
    filter_post,
    follow_tag,
    hold_draft,
    keep,
    keep_draft,
    keep_filter,
    keep_keyword,
    like,
    publish_post,
    show_tag,
)
from speak.voice.audience import Audience
from speak.voice.models import Filter, Post
from speak.voice.reach import Reach
from tests import makers
from tests.clients.apps import App, app_of

Fill = Callable[[Actor, int], None]


def posts(alice: Actor, number: int) -> None:
    """Posts of others that answer her and each other, with pictures, names and tags, liked, kept and passed on."""
    for count in range(number):
        other = makers.person(f"person{number}x{count}")
        makers.follows(alice, other)
        said = makers.post(other, f"@alice Look, #tides {count}")
        makers.answer(other, makers.post(alice, f"Number {count}"))
        like(alice, post=said)
        keep(alice, post=said)
        boost(other, post=makers.post(alice, f"Passed on {count}"))
        showing(other, asking(alice, count), f"Look, #tides {count}")


def asking(author: Actor, number: int) -> Post:
    """A post with answers to choose from, that anyone may show inside theirs."""
    words = Words(
        f"What is it, #tides {number}?", poll=PollWords(("Ebb", "Flood"), dt.timedelta(hours=1)), quoting=Quoting.ANYONE
    )
    return publish_post(author, words=words, audience=Audience(Reach.PUBLIC))


def showing(author: Actor, quoted: Post, source: str) -> None:
    """Somebody shows words of another inside theirs."""
    publish_post(author, words=Words(source, quoted=quoted), audience=Audience(Reach.PUBLIC))


def people(alice: Actor, number: int) -> None:
    """People who follow, ask, are blocked, are muted, are pointed at, may be found."""
    change_preferences(alice, approves_followers=True, is_listed=True)
    alice.refresh_from_db()
    for count in range(number):
        makers.follows(makers.person(f"follower{number}x{count}"), alice)
        follow(makers.person(f"asking{number}x{count}"), target=alice)
        followed = makers.person(f"followed{number}x{count}")
        makers.follows(alice, followed)
        endorse(alice, about=followed)
        change_preferences(followed, approves_followers=False, is_listed=True)
        block(alice, blocked=makers.person(f"blocked{number}x{count}"))
        mute(alice, muted=makers.person(f"muted{number}x{count}"))


def lists(alice: Actor, number: int) -> None:
    """Lists of hers, each with the same person in it, who speaks; in the first one others, too."""
    bob = Actor.objects.get(handle="bob", domain="")
    makers.follows(alice, bob)
    for count in range(number):
        known = keep_list(alice, title=f"List {number}x{count}")
        put_into_list(alice, known=known, people=[bob])
        other = makers.person(f"listed{number}x{count}")
        makers.follows(alice, other)
        put_into_list(alice, known=List.objects.filter(owner=alice).earliest("pk"), people=[other])
        makers.post(bob, f"Heard {number}x{count} #tides")


def thanks(alice: Actor, number: int) -> None:
    """Strangers who thank her for one post, pass it on and answer it; she edits it each time."""
    said = Post.objects.filter(author=alice).first() or makers.post(alice, "Look.", reach=Reach.PUBLIC)
    for count in range(number):
        other = makers.person(f"thankful{number}x{count}")
        makers.answer(other, said)
        like(other, post=said)
        boost(other, post=said)
        edit_post(alice, post=said, words=Words(f"Look {number}x{count}."))


def strangers(alice: Actor, number: int) -> None:
    """People she does not follow, whose words wait apart."""
    choose_policy(alice, chosen={"for_not_following": Hearing.FILTER})
    said = Post.objects.filter(author=alice).first() or makers.post(alice, "Look.", reach=Reach.PUBLIC)
    for count in range(number):
        makers.answer(makers.person(f"stranger{number}x{count}"), said, "@alice Hello.")


def held(alice: Actor, number: int) -> None:
    """Words that wait for a day."""
    for count in range(number):
        draft = keep_draft(alice, content=DraftWords(Words(f"Tomorrow {count}"), Audience(Reach.PUBLIC)))
        hold_draft(alice, draft=draft, until=clock.now() + dt.timedelta(days=1))


def filtered(alice: Actor, number: int) -> None:
    """One filter with words and posts."""
    known = Filter.objects.filter(owner=alice).first() or keep_filter(alice, words=FilterWords("Leaks", ["home"]))
    for count in range(number):
        keep_keyword(known, keyword=f"leak{number}x{count}")
        filter_post(known, post=makers.post(alice, f"Leak {count}"))


def among_few(alice: Actor, number: int) -> None:
    """Conversations with others."""
    for count in range(number):
        other, third = (makers.person(f"{name}{number}x{count}") for name in ("other", "third"))
        makers.answer(other, makers.post(alice, f"Number {count}", reach=Reach.NAMED, to=(other, third)))


def quotes(alice: Actor, number: int) -> None:
    """Others who show her words inside theirs."""
    choose_who_may_quote(alice, quoting=Quoting.ANYONE)
    alice.refresh_from_db()
    quoted = Post.objects.filter(author=alice).first() or makers.post(alice, "Look.", reach=Reach.PUBLIC)
    for count in range(number):
        showing(makers.person(f"quoter{number}x{count}"), quoted, f"Look {count}")


def choices(alice: Actor, number: int) -> None:
    """Hashtags she hears, shows and uses, servers and words she does not want to meet."""
    for count in range(number):
        follow_tag(alice, name=f"heard{number}x{count}")
        if number < 8 or count < 7:
            show_tag(alice, name=f"shown{number}x{count}")
        makers.post(alice, f"#used{number}x{count}")
        block_server(alice, domain=f"far{number}x{count}.example")
        keep_keyword(keep_filter(alice, words=FilterWords(f"{number}x{count}", ["home"])), keyword="leak")


LISTS: dict[Fill, list[str]] = {
    posts: [
        "/api/v1/timelines/home",
        "/api/v1/timelines/public",
        "/api/v1/timelines/tag/tides",
        "/api/v1/accounts/{me}/statuses",
        "/api/v1/notifications",
        "/api/v2/notifications",
        "/api/v1/bookmarks",
        "/api/v1/favourites",
        "/api/v1/statuses?{posts}",
        "/api/v2/search?q=tides",
    ],
    people: [
        "/api/v1/accounts/{me}/followers",
        "/api/v1/accounts/{me}/following",
        "/api/v1/follow_requests",
        "/api/v1/blocks",
        "/api/v1/mutes",
        "/api/v1/endorsements",
        "/api/v1/accounts/{me}/endorsements",
        "/api/v1/directory",
        "/api/v1/accounts?{people}",
        "/api/v1/accounts/relationships?{people}",
        "/api/v1/accounts/search?q=follow",
    ],
    lists: [
        "/api/v1/lists",
        "/api/v1/lists/{list}/accounts",
        "/api/v1/accounts/{bob}/lists",
        "/api/v1/timelines/list/{list}",
    ],
    thanks: [
        "/api/v1/statuses/{post}/context",
        "/api/v1/statuses/{post}/history",
        "/api/v1/statuses/{post}/favourited_by",
        "/api/v1/statuses/{post}/reblogged_by",
        "/api/v2/notifications/favourite-{post}/accounts",
    ],
    strangers: [
        "/api/v1/notifications/requests",
    ],
    held: [
        "/api/v1/scheduled_statuses",
    ],
    among_few: [
        "/api/v1/conversations",
        "/api/v1/timelines/direct",
    ],
    quotes: [
        "/api/v1/statuses/{post}/quotes",
    ],
    choices: [
        "/api/v1/followed_tags",
        "/api/v1/featured_tags",
        "/api/v1/accounts/{me}/featured_tags",
        "/api/v1/featured_tags/suggestions",
        "/api/v1/domain_blocks",
        "/api/v1/filters",
        "/api/v2/filters",
    ],
    filtered: [
        "/api/v2/filters/{filter}/keywords",
        "/api/v2/filters/{filter}/statuses",
    ],
}
# What is the same for everybody, and does not grow.
FIXED = {"/api/v1/instance/rules", "/api/v1/instance/languages", "/api/v1/custom_emojis"}


def address(path: str, alice: Actor) -> str:
    """With the numbers of what is there by now."""
    numbers = {
        name: known.pk if known else 0
        for name, known in {
            "post": Post.objects.filter(author=alice).order_by("pk").first(),
            "list": List.objects.filter(owner=alice).order_by("pk").first(),
            "filter": Filter.objects.filter(owner=alice).first(),
        }.items()
    }
    return path.format(
        me=alice.pk,
        bob=Actor.objects.get(handle="bob", domain="").pk,
        people=_ids(Actor.objects.exclude(user=None).values_list("pk", flat=True)),
        posts=_ids(Post.objects.values_list("pk", flat=True)),
        **numbers,
    )


def _ids(keys: Iterable[int]) -> str:
    return "&".join(f"id[]={key}" for key in keys)


def queries_of(app: App, path: str) -> tuple[int, int]:
    """How many queries a list takes, and how long it is."""
    with CaptureQueriesContext(connection) as captured:
        found = app.get(path)
    rows = found if isinstance(found, list) else [row for part in found.values() for row in part]
    return len(captured), len(rows)


@pytest.mark.usefixtures("bob")
@pytest.mark.parametrize("fill", LISTS)
def test_a_list_takes_as_many_queries_however_long_it_is(alice: Actor, fill: Fill) -> None:
    app = app_of(alice)
    fill(alice, 3)
    for path in LISTS[fill]:
        app.get(address(path, alice))
    before = {path: queries_of(app, address(path, alice)) for path in LISTS[fill]}
    fill(alice, 8)
    for path, (few, short) in before.items():
        many, long = queries_of(app, address(path, alice))
        assert long > short >= 2, path
        assert many <= few, path


def test_every_list_is_among_them() -> None:
    asked = {
        re.sub(r"[^/]*\{[^/]*|\btides\b", "…", path.partition("?")[0]) for paths in LISTS.values() for path in paths
    }
    grows = {
        re.sub(r"<[^/]*", "…", each.route)
        for each in ENDPOINTS
        if each not in empty.ENDPOINTS and each.route not in FIXED and each.method == "GET"
        if get_origin(each.gives) in {list, Listed}
    }
    assert grows - asked == set()
