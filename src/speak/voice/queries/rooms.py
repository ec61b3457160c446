"""What is said in a room, by its number; who is in it is known to the package above."""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects

from speak.identity.models import Actor
from speak.voice.models import Post, Rest, Wants
from speak.voice.queries.readable import readable_by
from speak.voice.queries.timelines import SHOWN_WITH, Window, windowed


def posts_in_room(viewer: Actor, room: int, window: Window) -> list[Post]:
    """What was said in a room, as far as the viewer may read it, newest first; `fill` adds what it is shown with."""
    return list(_shown(windowed(readable_by(viewer).filter(room=room), window)))


def unanswered_in_room(viewer: Actor, room: int, *, limit: int = 5) -> list[Post]:
    """What began a conversation in a room and has no answer from anybody else, oldest first (promise 12).

    Without the viewer's own, what they let rest, and what wants no answer.
    """
    answers = Post.objects.filter(in_reply_to=OuterRef("pk"), withdrawn_at=None).exclude(author=OuterRef("author"))
    rested = Rest.objects.filter(post=OuterRef("pk"), actor=viewer)
    said = readable_by(viewer).filter(room=room, in_reply_to=None).exclude(author=viewer).exclude(wants=Wants.NONE)
    return list(_shown(said.filter(~Exists(answers), ~Exists(rested)).order_by("pk"))[:limit])


def said_by_people_in_room(room: int) -> QuerySet[Post]:
    """Everything said in a room by its number, withdrawn or not, oldest first; for the room itself, shown to nobody."""
    return Post.objects.filter(room=room).order_by("pk")


def first_said(author: Actor, *, room: int | None = None) -> int | None:
    """The id of the first thing somebody said that stands: anywhere for others to read, or in one room."""
    said = Post.objects.filter(author=author, withdrawn_at=None, reach__gt=0)
    said = said if room is None else said.filter(room=room)
    return said.order_by("pk").values_list("pk", flat=True).first()


def has_spoken_in_a_room(author: Actor) -> bool:
    """Whether anything somebody said in a room stands."""
    return Post.objects.filter(author=author, room__gt=0, withdrawn_at=None).exists()


def has_answered_in_a_room(author: Actor) -> bool:
    """Whether anything somebody said in a room to somebody else stands."""
    answers = Post.objects.filter(author=author, room__gt=0, withdrawn_at=None).exclude(answered=None)
    return answers.exclude(answered=author).exists()


def has_somebody_to_answer(viewer: Actor) -> bool:
    """Whether anybody else has said anything in a room that the viewer can read."""
    return readable_by(viewer).filter(room__gt=0).exclude(author=viewer).exists()


def fill(posts: Sequence[Post], *, members: Iterable[Actor]) -> None:
    """What posts of one room are shown with, for all of them at once: `members` are who can have been let read them."""
    prefetch_related_objects(posts, "media", "tags", "readers")
    known = {actor.pk: actor for actor in members}
    for post in posts:
        for reader in post.readers.all():
            if reader.actor_id in known:
                reader.actor = known[reader.actor_id]


def _shown(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.select_related(*SHOWN_WITH)
