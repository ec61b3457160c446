"""Every list that an app asks for takes as many queries for twenty as for two."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from speak.identity.actions import block, mute
from speak.identity.models import Actor
from speak.voice.actions import boost, keep, like
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
]


def queries_of(app: App, path: str) -> tuple[int, int]:
    """How many queries a list takes, and how long it is."""
    with CaptureQueriesContext(connection) as captured:
        found = app.get(path)
    rows = found if isinstance(found, list) else [row for part in found.values() for row in part]
    return len(captured), len(rows)


@pytest.mark.parametrize(("path", "fill"), LISTS, ids=[path for path, _ in LISTS])
def test_a_list_takes_as_many_queries_however_long_it_is(alice: Actor, path: str, fill: Fill) -> None:
    app, address = app_of(alice), path.format(me=alice.pk)
    fill(alice, 3)
    app.get(address)
    few, short = queries_of(app, address)
    fill(alice, 8)
    many, long = queries_of(app, address)
    assert long > short >= 2
    assert many <= few
