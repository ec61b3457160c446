"""How the viewer has answered posts, for the buttons below them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Count, Model, QuerySet, Value

from speak.identity.models import Actor
from speak.kernel.prepared import Prepared
from speak.voice.models import Bookmark, Boost, Like, Post
from speak.voice.queries.readable import readable_by
from speak.voice.queries.timelines import Window, windowed

Row = TypeVar("Row", bound=Model)


def _answers(viewer_id: int, ids: tuple[int, ...]) -> QuerySet[Any, Any]:
    liked, boosted, kept = (
        model.objects.filter(actor=viewer_id, post__in=ids).order_by().values_list("post", Value(model.__name__))
        for model in (Like, Boost, Bookmark)
    )
    return liked.union(boosted, kept, all=True)


ANSWERS = Prepared(_answers)
OWN_AMONG = Prepared(
    lambda author_id, ids: Post.objects.filter(author=author_id, pk__in=ids).order_by().values_list("pk")
)


@dataclass(frozen=True, slots=True)
class PostState:
    """The viewer's own answers to one post."""

    is_liked: bool = False
    is_boosted: bool = False
    is_kept: bool = False


def emoji_for(author: Actor, post_ids: Iterable[int]) -> dict[tuple[int, int], str]:
    """The emoji with which others thanked `author`, by who (actor id) and for what (post id); for their eyes only."""
    rows = Like.objects.filter(post__in=set(post_ids), post__author=author).exclude(emoji="").order_by("-pk")
    found: dict[tuple[int, int], str] = {}
    for actor_id, post_id, emoji in rows.values_list("actor", "post", "emoji"):
        found[actor_id, post_id] = f"{emoji} {found.get((actor_id, post_id), '')}".strip()
    return found


def states_for(viewer: Actor | None, post_ids: Iterable[int]) -> dict[int, PostState]:
    """The viewer's answers to each of these posts; one query for any number."""
    ids = set(post_ids)
    if viewer is None or not ids:
        return dict.fromkeys(ids, PostState())
    answers = set(ANSWERS.all(viewer.pk, tuple(ids)))
    return {pk: PostState((pk, "Like") in answers, (pk, "Boost") in answers, (pk, "Bookmark") in answers) for pk in ids}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many answered a post in each way."""

    answers: int = 0
    boosts: int = 0
    likes: int = 0


def counts_for(author: Actor, post_ids: Iterable[int]) -> dict[int, Counts]:
    """The counts that apps ask for, of those of these posts that are the author's own, for them alone (promise 6)."""
    own = {pk for (pk,) in OWN_AMONG.all(author.pk, tuple(set(post_ids)))}
    if not own:
        return {}
    answers = _counted(readable_by(author).filter(in_reply_to__in=own).values_list("in_reply_to"))
    boosts = _counted(Boost.objects.filter(post__in=own).values_list("post"))
    likes = _counted(Like.objects.filter(post__in=own).values_list("post"))
    return {pk: Counts(answers.get(pk, 0), boosts.get(pk, 0), likes.get(pk, 0)) for pk in own}


def likers_of(post: Post, window: Window) -> list[Like]:
    """Who thanked for a post, newest first: for its author alone to be told (promise 6)."""
    return list(windowed(Like.objects.filter(post=post, actor__suspended_at=None).select_related("actor"), window))


def boosters_of(post: Post, window: Window) -> list[Boost]:
    """Who passed a post on, newest first: likewise."""
    return list(windowed(Boost.objects.filter(post=post, actor__suspended_at=None).select_related("actor"), window))


def _counted(rows: QuerySet[Row, Any]) -> dict[int, int]:
    return dict(rows.order_by().annotate(how_many=Count("pk")))
