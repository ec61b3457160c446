"""Media: who may be shown it, and what becomes of its description."""

import datetime as dt

import pytest

from speak.identity.actions import block
from speak.identity.models import Actor
from speak.kernel import blobs, clock
from speak.kernel.errors import Invalid
from speak.voice.actions import (
    IncomingMedia,
    IncomingPost,
    Words,
    add_picture,
    describe,
    forget_unused_media,
    publish_post,
    receive_post,
    withdraw_post,
)
from speak.voice.errors import NotThere, NotYours, TooLong
from speak.voice.models import Media, Post, Reach
from speak.voice.queries import media_shown_to, unsaid_media
from tests import makers


def shown_in(author: Actor, *media: Media, reach: Reach = Reach.PUBLIC, to: tuple[Actor, ...] = ()) -> Post:
    """A post that shows these pictures."""
    return publish_post(author, words=Words(""), audience=makers.audience(author, reach, to=to), media=media)


def is_shown(viewer: Actor | None, media: Media) -> bool:
    """Whether somebody gets the file."""
    try:
        return media_shown_to(viewer, media.token) == media
    except NotThere:
        return False


def test_a_picture_stands_in_its_post_in_the_order_chosen(alice: Actor) -> None:
    first, second = (add_picture(alice, data=makers.picture(width=width), description=" Pears ") for width in (3, 5))
    post = shown_in(alice, second, first)
    assert list(post.media.all()) == [second, first]
    assert (first.width, first.height, first.media_type, first.description) == (3, 4, "image/webp", "Pears")
    assert blobs.path_of(first.token).exists()


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (Reach.SELF, {"alice"}),
        (Reach.ROOM, {"alice", "bob"}),
        (Reach.HERE, {"alice", "bob", "carol"}),
        (Reach.NAMED, {"alice", "bob", "carol", "stranger"}),
        (Reach.FOLLOWERS, {"alice", "bob", "carol", "stranger"}),
        (Reach.PUBLIC, {"alice", "bob", "carol", "stranger"}),
    ],
)
def test_what_stays_here_is_shown_to_readers_and_what_leaves_to_whoever_has_its_address(
    reach: Reach, expected: set[str], alice: Actor, bob: Actor, carol: Actor
) -> None:
    media = add_picture(alice, data=makers.picture())
    shown_in(alice, media, reach=reach, to=(bob,))
    viewers = {"alice": alice, "bob": bob, "carol": carol, "stranger": None}
    assert {name for name, viewer in viewers.items() if is_shown(viewer, media)} == expected


def test_a_picture_in_no_post_yet_is_shown_to_its_owner_only(alice: Actor, bob: Actor) -> None:
    media = add_picture(alice, data=makers.picture())
    assert [is_shown(viewer, media) for viewer in (alice, bob, None)] == [True, False, False]


def test_whom_its_author_has_blocked_is_not_shown_what_stays_here(alice: Actor, bob: Actor) -> None:
    media = add_picture(alice, data=makers.picture())
    shown_in(alice, media, reach=Reach.HERE)
    block(alice, blocked=bob)
    assert not is_shown(bob, media)


@pytest.mark.django_db(transaction=True)
def test_a_picture_goes_with_the_post_that_is_taken_back() -> None:
    alice = makers.person("alice")
    media = add_picture(alice, data=makers.picture())
    withdraw_post(alice, post=shown_in(alice, media))
    assert not is_shown(alice, media)
    assert not blobs.path_of(media.token).exists()


@pytest.mark.parametrize("token", ["", "x", "../../etc/passwd", "0" * 32 + ".webp"])
def test_a_token_that_nobody_was_given_shows_nothing(token: str, alice: Actor, dora: Actor) -> None:
    elsewhere = IncomingMedia("https://far.example/pear.jpg", "image/jpeg")
    incoming = IncomingPost("https://far.example/1", "", "", Reach.PUBLIC, clock.now(), media=[elsewhere])
    receive_post(dora, incoming=incoming)
    for viewer in (alice, None):
        with pytest.raises(NotThere):
            media_shown_to(viewer, token)


def test_only_ones_own_pictures_and_each_only_once_stand_in_a_post(alice: Actor, bob: Actor) -> None:
    own, others = (add_picture(owner, data=makers.picture()) for owner in (alice, bob))
    with pytest.raises(NotThere):
        shown_in(alice, own, others)
    shown_in(alice, own)
    with pytest.raises(NotThere):
        shown_in(alice, own)
    assert Post.objects.count() == 1


def test_a_post_shows_eight_pictures_at_most(alice: Actor) -> None:
    media = [add_picture(alice, data=makers.picture()) for _ in range(9)]
    with pytest.raises(TooLong):
        shown_in(alice, *media)
    assert shown_in(alice, *media[:8]).media.count() == 8


def test_pictures_to_choose_from_are_ones_own_and_in_no_post(alice: Actor, bob: Actor) -> None:
    free, used, others = (add_picture(owner, data=makers.picture()) for owner in (alice, alice, bob))
    shown_in(alice, used)
    assert unsaid_media(alice, [others.pk, used.pk, free.pk]) == [free]
    assert unsaid_media(alice, []) == []


def test_only_its_owner_says_what_a_picture_shows(alice: Actor, bob: Actor) -> None:
    media = add_picture(alice, data=makers.picture(), description="A pear")
    with pytest.raises(NotYours):
        describe(bob, media=media, description="A face")
    media.refresh_from_db()
    assert media.description == "A pear"
    describe(alice, media=media, description=" x" * 2000)
    media.refresh_from_db()
    assert len(media.description) == 1500


def test_what_is_no_picture_leaves_nothing_behind(alice: Actor) -> None:
    with pytest.raises(Invalid):
        add_picture(alice, data=b"<html>")
    assert not Media.objects.exists()


def test_pictures_that_stand_nowhere_for_two_days_are_thrown_away(alice: Actor) -> None:
    old, fresh, said = (add_picture(alice, data=makers.picture()) for _ in range(3))
    shown_in(alice, said)
    Media.objects.exclude(pk=fresh.pk).update(created_at=clock.now() - dt.timedelta(days=2, seconds=1))
    assert forget_unused_media() == 1
    assert set(Media.objects.all()) == {fresh, said}
    assert [blobs.path_of(media.token).exists() for media in (old, fresh, said)] == [False, True, True]
