"""Who may read what is decided once in words (`rules.may_read`) and once in SQL (`readable_by`): they agree.

Every way somebody can stand to a post is built in the database, for every reach: who the viewer is,
whose audience it stays in, how they follow, who has blocked whom, whether they are named.
"""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from speak.identity.models import Actor, Block, Follow, FollowState
from speak.kernel import clock
from speak.kernel.ids import new_id
from speak.voice import rules
from speak.voice.models import Post, Reader
from speak.voice.queries import readable_by
from speak.voice.reach import Reach

FOLLOWS = ("none", "asked", "late", "in_time")
BLOCKS = ("none", "viewer_author", "author_viewer", "viewer_owner", "owner_viewer")


@dataclass(frozen=True)
class World:
    """How a viewer, an author and the owner of the audience stand to each other."""

    is_here: bool
    is_author: bool
    owner: str
    follow: str
    block: str


def worlds() -> Iterator[World]:
    for parts in itertools.product((True, False), (True, False), ("author", "viewer", "third"), FOLLOWS, BLOCKS):
        world = World(*parts)
        owner_is_viewer = world.owner == "viewer" or (world.owner == "author" and world.is_author)
        follows_oneself = world.follow != "none" and owner_is_viewer
        blocks_oneself = ("author" in world.block and world.is_author) or ("owner" in world.block and owner_is_viewer)
        is_told_already = "owner" in world.block and world.owner == "author"
        if not (follows_oneself or blocks_oneself or is_told_already):
            yield world


def actor(*, is_here: bool) -> Actor:
    number = new_id()
    return Actor.objects.create(
        id=number,
        handle=f"a{number}",
        handle_key=f"a{number}",
        domain="" if is_here else "far.example",
        uri=f"https://any.example/{number}",
    )


@dataclass(frozen=True)
class Built:
    """A world as rows: the viewer, the standing it amounts to, and a post of each reach, named in and not."""

    viewer: Actor
    standing: rules.Standing
    posts: dict[int, tuple[Reach, bool]]


def build(world: World) -> Built:
    viewer = actor(is_here=world.is_here)
    author = viewer if world.is_author else actor(is_here=True)
    owner = {"author": author, "viewer": viewer, "third": None}[world.owner] or actor(is_here=True)
    now = clock.now()
    if world.follow != "none":
        accepted_at = {"asked": None, "late": now + dt.timedelta(seconds=1), "in_time": now}[world.follow]
        state = FollowState.ACCEPTED if accepted_at else FollowState.ASKED
        Follow.objects.create(follower=viewer, target=owner, state=state, accepted_at=accepted_at)
    if world.block != "none":
        named = {"viewer": viewer, "author": author, "owner": owner}
        blocker, blocked = world.block.split("_")
        Block.objects.create(blocker=named[blocker], blocked=named[blocked])
    is_owner_author = owner == author
    standing = rules.Standing(
        is_author=world.is_author,
        is_here=world.is_here,
        is_audience_owner=owner == viewer,
        followed_in_time=world.follow == "in_time",
        is_blocked="author" in world.block or ("owner" in world.block and is_owner_author),
        is_blocked_by_owner=world.block == "owner_viewer" or (world.block == "author_viewer" and is_owner_author),
    )
    rows: list[Post] = []
    posts: dict[int, tuple[Reach, bool]] = {}
    for reach, is_reader in itertools.product(Reach, (False, True)):
        if is_reader and world.is_author:
            continue
        number = new_id()
        posts[number] = (reach, is_reader)
        rows.append(
            Post(
                id=number,
                uri=f"https://any.example/{number}",
                author=author,
                reach=reach,
                audience_owner=owner,
                audience_at=now,
                thread_id=number,
            )
        )
    Post.objects.bulk_create(rows)
    Reader.objects.bulk_create(Reader(post_id=number, actor=viewer) for number in posts if posts[number][1])
    return Built(viewer, standing, posts)


def possible() -> Iterator[tuple[Reach, rules.Standing]]:
    """Each reach with each standing of somebody signed in that can be.

    An author has not blocked themselves and is no reader of their own; the owner of an audience
    neither follows nor blocks themselves.
    """
    for reach, flags in itertools.product(Reach, itertools.product((False, True), repeat=7)):
        standing = rules.Standing(*flags)
        is_author_apart = standing.is_author and (standing.is_blocked or standing.is_reader)
        is_owner_apart = standing.is_audience_owner and (standing.followed_in_time or standing.is_blocked_by_owner)
        if not (is_author_apart or is_owner_apart):
            yield reach, standing


@pytest.mark.django_db
def test_every_combination_is_decided_alike() -> None:
    seen: set[tuple[Reach, rules.Standing]] = set()
    for world in worlds():
        built = build(world)
        readable = set(readable_by(built.viewer).filter(pk__in=built.posts).values_list("pk", flat=True))
        for number, (reach, is_reader) in built.posts.items():
            standing = rules.Standing(**{**as_dict(built.standing), "is_reader": is_reader})
            seen.add((reach, standing))
            assert (number in readable) == rules.may_read(reach, standing), (world, reach.name, standing)
    assert seen == set(possible())


@pytest.mark.django_db
def test_a_stranger_is_decided_alike() -> None:
    built = build(World(is_here=True, is_author=False, owner="author", follow="in_time", block="none"))
    readable = set(readable_by(None).filter(pk__in=built.posts).values_list("pk", flat=True))
    for number, (reach, _) in built.posts.items():
        assert (number in readable) == rules.may_read(reach, rules.Standing()), reach.name


@pytest.mark.django_db
def test_nobody_reads_what_was_withdrawn() -> None:
    built = build(World(is_here=True, is_author=True, owner="author", follow="none", block="none"))
    Post.objects.filter(pk__in=built.posts).update(withdrawn_at=clock.now())
    assert not readable_by(built.viewer).filter(pk__in=built.posts).exists()
    assert not readable_by(None).filter(pk__in=built.posts).exists()


def as_dict(standing: rules.Standing) -> dict[str, bool]:
    return {name: getattr(standing, name) for name in rules.Standing.__dataclass_fields__}
