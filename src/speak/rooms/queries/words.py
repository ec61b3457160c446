"""Who waits for an answer in rooms, and what the shared screen shows."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from speak.identity.models import Actor
from speak.kernel.prepared import Prepared
from speak.rooms.models import FirstWords, Membership, Room
from speak.rooms.queries.rooms import rooms_going_on
from speak.voice.models import Post, Rest
from speak.voice.queries import Window, awaiting_answer, posts_in_room, readable_by
from speak.voice.queries.timelines import SHOWN_AFTER, SHOWN_WITH

MOST_ON_SCREEN = 30
ASKED = Prepared(
    lambda viewer_id: (
        FirstWords.objects.filter(
            Q(Q(inviter=viewer_id), ~Q(asked_inviter_at=None))
            | Q(~Q(asked_host_at=None), Q(room__in=Room.objects.filter(host=viewer_id).values("pk"))),
            answered_at=None,
        )
        .exclude(author=viewer_id)
        .values_list("post")
    )
)


def asked_to_answer(viewer: Actor, *, limit: int = 5) -> list[Post]:
    """The first words that the viewer is asked to answer, oldest first (promise 3), until anybody has.

    Nothing is asked in a room that rests or is over: nobody could answer.
    """
    asked = [pk for (pk,) in ASKED.all(viewer.pk)]
    if not asked:
        return []
    rested = Rest.objects.filter(post=OuterRef("pk"), actor=viewer)
    can_be_answered = Q(room=0) | Q(room__in=rooms_going_on())
    posts = readable_by(viewer).filter(can_be_answered, ~Exists(rested), pk__in=asked).order_by("pk")
    return list(posts.select_related(*SHOWN_WITH).prefetch_related(*SHOWN_AFTER)[:limit])


def waiting_for(viewer: Actor, *, first: Sequence[Post] | None = None, limit: int = 5) -> list[Post]:
    """Who waits for an answer from the viewer: first words first, then in the order of time (promises 3 and 13).

    `first`: the first words they are asked to answer, where these were looked up already.
    """
    asked = list(asked_to_answer(viewer, limit=limit) if first is None else first)
    known = {post.pk for post in asked}
    others = awaiting_answer(viewer, limit=limit, rooms=rooms_going_on()) if len(asked) < limit else []
    return [*asked, *(post for post in others if post.pk not in known)][:limit]


def posts_for_screen(viewer: Actor, room: Room, *, after: int) -> list[Post]:
    """The latest that was said in a room after a post of this id by those who agreed to be shown, oldest first.

    The viewer is whoever holds the screen: what they may not read is not shown either.
    """
    shown = Membership.objects.filter(room=room, left_at=None, is_shown=True).values_list("actor", flat=True)
    posts = posts_in_room(viewer, room.pk, Window(limit=MOST_ON_SCREEN))
    agreed = set(shown)
    return [post for post in reversed(posts) if post.pk > after and post.author_id in agreed]
