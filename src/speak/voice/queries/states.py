"""How the viewer has answered posts, for the buttons below them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Value

from speak.identity.models import Actor
from speak.voice.models import Bookmark, Boost, Like


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
    liked, boosted, kept = (
        model.objects.filter(actor=viewer, post__in=ids).order_by().values_list("post", Value(model.__name__))
        for model in (Like, Boost, Bookmark)
    )
    answers = set(liked.union(boosted, kept, all=True))
    return {pk: PostState((pk, "Like") in answers, (pk, "Boost") in answers, (pk, "Bookmark") in answers) for pk in ids}
