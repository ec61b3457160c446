"""How the viewer has answered posts, for the buttons below them."""

from collections.abc import Iterable
from dataclasses import dataclass

from speak.identity.models import Actor
from speak.voice.models import Bookmark, Boost, Like


@dataclass(frozen=True, slots=True)
class PostState:
    """The viewer's own answers to one post."""

    is_liked: bool = False
    is_boosted: bool = False
    is_kept: bool = False


def states_for(viewer: Actor | None, post_ids: Iterable[int]) -> dict[int, PostState]:
    """The viewer's answers to each of these posts; three queries for any number."""
    ids = set(post_ids)
    if viewer is None or not ids:
        return dict.fromkeys(ids, PostState())
    liked = set(Like.objects.filter(actor=viewer, post__in=ids).values_list("post", flat=True))
    boosted = set(Boost.objects.filter(actor=viewer, post__in=ids).values_list("post", flat=True))
    kept = set(Bookmark.objects.filter(actor=viewer, post__in=ids).values_list("post", flat=True))
    return {pk: PostState(pk in liked, pk in boosted, pk in kept) for pk in ids}
