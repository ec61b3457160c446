"""Every list that an app asks for takes as many queries for twenty as for two."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from speak.identity.actions import block, block_server, choose_who_may_quote, mute
from speak.identity.models import Actor, Quoting
from speak.voice.actions import (
    FilterWords,
    Words,
    boost,
    follow_tag,
    keep,
    keep_filter,
    keep_keyword,
    like,
    publish_post,
    show_tag,
)
from speak.voice.audience import Audience
from speak.voice.models import Post
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


def people(alice: Actor, number: int) -> None:
    """People who follow, ask, are blocked, are muted."""
    for count in range(number):
        makers.follows(makers.person(f"follower{number}x{count}"), alice)
        makers.follows(alice, makers.person(f"followed{number}x{count}"))
        block(alice, blocked=makers.person(f"blocked{number}x{count}"))
        mute(alice, muted=makers.person(f"muted{number}x{count}"))


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
        words = Words(f"Look {count}", quoted=quoted)
        publish_post(makers.person(f"quoter{number}x{count}"), words=words, audience=Audience(Reach.PUBLIC))


def choices(alice: Actor, number: int) -> None:
    """Hashtags she hears, shows and uses, servers and words she does not want to meet."""
    for count in range(number):
        follow_tag(alice, name=f"heard{number}x{count}")
        if number < 8 or count < 7:
            show_tag(alice, name=f"shown{number}x{count}")
        makers.post(alice, f"#used{number}x{count}")
        block_server(alice, domain=f"far{number}x{count}.example")
        keep_keyword(keep_filter(alice, words=FilterWords(f"{number}x{count}", ["home"])), keyword="leak")


LISTS: list[tuple[str, Fill]] = [
    ("/api/v1/timelines/home", posts),
    ("/api/v1/timelines/public", posts),
    ("/api/v1/timelines/tag/tides", posts),
    ("/api/v1/accounts/{me}/statuses", posts),
    ("/api/v1/notifications", posts),
    ("/api/v1/bookmarks", posts),
    ("/api/v1/favourites", posts),
    ("/api/v2/search?q=tides", posts),
    ("/api/v1/accounts/{me}/followers", people),
    ("/api/v1/accounts/{me}/following", people),
    ("/api/v1/blocks", people),
    ("/api/v1/mutes", people),
    ("/api/v1/accounts/search?q=follow", people),
    ("/api/v1/conversations", among_few),
    ("/api/v1/timelines/direct", among_few),
    ("/api/v1/statuses/{quoted}/quotes", quotes),
    ("/api/v1/followed_tags", choices),
    ("/api/v1/featured_tags", choices),
    ("/api/v1/accounts/{me}/featured_tags", choices),
    ("/api/v1/featured_tags/suggestions", choices),
    ("/api/v1/domain_blocks", choices),
    ("/api/v1/filters", choices),
    ("/api/v2/filters", choices),
]


def queries_of(app: App, path: str) -> tuple[int, int]:
    """How many queries a list takes, and how long it is."""
    with CaptureQueriesContext(connection) as captured:
        found = app.get(path)
    rows = found if isinstance(found, list) else [row for part in found.values() for row in part]
    return len(captured), len(rows)


@pytest.mark.parametrize(("path", "fill"), LISTS, ids=[path for path, _ in LISTS])
def test_a_list_takes_as_many_queries_however_long_it_is(alice: Actor, path: str, fill: Fill) -> None:
    app = app_of(alice)
    fill(alice, 3)
    first = Post.objects.filter(author=alice).order_by("pk").first()
    address = path.format(me=alice.pk, quoted=first.pk if first else 0)
    app.get(address)
    few, short = queries_of(app, address)
    fill(alice, 8)
    many, long = queries_of(app, address)
    assert long > short >= 2
    assert many <= few
