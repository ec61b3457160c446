"""Conversations: what led to a post, what followed, and what awaits an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from speak.identity.models import Actor
from speak.identity.queries import live_mutes
from speak.kernel.prepared import Prepared
from speak.voice.models import Mention, Post, Reader, Rest
from speak.voice.queries.readable import is_unheard, readable_by
from speak.voice.queries.timelines import SHOWN_AFTER, SHOWN_WITH
from speak.voice.reach import Reach

MAX_THREAD = 400
MOST_WAITING = 300
# Answers to somebody, posts that call them by name, and what begins a conversation with the few it is for.
SAID_TO = (
    Prepared(
        lambda viewer_id: Post.objects.filter(answered=viewer_id).order_by("-pk").values_list("pk")[:MOST_WAITING]
    ),
    Prepared(
        lambda viewer_id: Mention.objects.filter(actor=viewer_id).order_by("-pk").values_list("post")[:MOST_WAITING]
    ),
    Prepared(
        # Asked of the reader's few rows one by one: a join invites SQLite to read every post for named people.
        lambda viewer_id: (
            Reader.objects.filter(
                Exists(Post.objects.filter(pk=OuterRef("post"), reach=Reach.NAMED.value, in_reply_to_uri="")),
                actor=viewer_id,
            )
            .order_by("-pk")
            .values_list("post")[:MOST_WAITING]
        )
    ),
)


@dataclass(frozen=True, slots=True)
class Thread:
    """A post between what it answers (oldest first) and its answers (in order of time, each under its own)."""

    before: list[Post]
    post: Post
    after: list[tuple[int, Post]]  # depth below the post, from 1


def thread_for(viewer: Actor | None, post: Post) -> Thread:
    """The conversation around a post, as far as this viewer may read it; at most 400 posts.

    An answer to what was withdrawn, or is not for this viewer, stands below the nearest post above
    that they may read.
    """
    posts = (
        readable_by(viewer)
        .filter(thread_id=post.thread_id)
        .select_related(*SHOWN_WITH)
        .prefetch_related(*SHOWN_AFTER)
        .order_by("id")[:MAX_THREAD]
    )
    by_id = {known.pk: known for known in posts}
    links = Post.objects.filter(thread_id=post.thread_id).order_by("id").values_list("pk", "in_reply_to")
    above = {pk: answered for pk, answered in links[: MAX_THREAD * 2] if answered}
    answers: dict[int, list[Post]] = {}
    for known in by_id.values():
        answers.setdefault(_nearest(known.pk, above, by_id), []).append(known)
    before: list[Post] = []
    up = by_id.get(_nearest(post.pk, above, by_id))
    while up is not None and up not in before:
        before.insert(0, up)
        up = by_id.get(_nearest(up.pk, above, by_id))
    return Thread(before, by_id.get(post.pk, post), _below(post.pk, answers))


def _nearest(post_id: int, above: dict[int, int], readable: dict[int, Post]) -> int:
    """The nearest readable post that this one answers, directly or through others; 0 where there is none."""
    seen: set[int] = set()
    while (post_id := above.get(post_id, 0)) and post_id not in seen:
        if post_id in readable:
            return post_id
        seen.add(post_id)
    return 0


def _below(root: int, answers: dict[int, list[Post]]) -> list[tuple[int, Post]]:
    """Depth first, in order of time, each once; without recursion, since a thread can be as deep as it is long."""
    found: list[tuple[int, Post]] = []
    seen = {root}
    stack = [(1, answer) for answer in reversed(answers.get(root, []))]
    while stack:
        depth, post = stack.pop()
        if post.pk in seen:
            continue
        seen.add(post.pk)
        found.append((depth, post))
        stack.extend((depth + 1, answer) for answer in reversed(answers.get(post.pk, [])))
    return found


def replies_to(viewer: Actor | None, post: Post) -> QuerySet[Post]:
    """The direct answers to a post, oldest first."""
    return readable_by(viewer).filter(in_reply_to=post).select_related("author").order_by("id")


def awaiting_answer(viewer: Actor, *, limit: int = 5, rooms: QuerySet[Any, Any] | None = None) -> list[Post]:
    """What others said to the viewer that they have neither answered nor let rest, oldest first.

    Said to them: an answer to a post of theirs, a post that calls them by name, or one that begins a
    conversation with the few it is for, them among these. Of each kind the latest few hundred are
    looked at: what is older has rested long enough.

    `rooms`: the numbers of the rooms in which something can be said now; what was said in others awaits nothing.
    """
    said_to_viewer = {pk for said in SAID_TO for (pk,) in said.all(viewer.pk)}
    if not said_to_viewer:
        return []
    answered = Exists(Post.objects.filter(in_reply_to=OuterRef("pk"), author=viewer, withdrawn_at=None))
    rested = Exists(Rest.objects.filter(post=OuterRef("pk"), actor=viewer))
    waiting = (
        readable_by(viewer)
        .filter(~answered, ~rested, pk__in=said_to_viewer)
        .exclude(author=viewer)
        .exclude(Q(author__in=live_mutes(viewer).values("muted")) | is_unheard(viewer))
        .select_related(*SHOWN_WITH)
        .prefetch_related(*SHOWN_AFTER)
        .order_by("id")
    )
    if rooms is not None:
        waiting = waiting.filter(Q(room=0) | Q(room__in=rooms))
    return list(waiting[:limit])


def waiting_among(viewer: Actor, ids: Iterable[int]) -> list[Post]:
    """Of these posts those that the viewer reads and has not let rest, of people they hear, oldest first."""
    rested = Exists(Rest.objects.filter(post=OuterRef("pk"), actor=viewer))
    unheard = Q(author__in=live_mutes(viewer).values("muted")) | is_unheard(viewer)
    waiting = readable_by(viewer).filter(~rested, pk__in=list(ids), withdrawn_at=None).exclude(unheard)
    return list(waiting.select_related(*SHOWN_WITH).prefetch_related(*SHOWN_AFTER).order_by("id"))


def said_with(viewer: Actor) -> QuerySet[Post]:
    """What the viewer said, what that answers, what answers it, and what names them; the newest first."""
    own = Post.objects.filter(author=viewer)
    answers = Post.objects.filter(answered=viewer)
    naming = Mention.objects.filter(actor=viewer)
    ids = own.values("pk").union(
        own.exclude(in_reply_to=None).values("in_reply_to"), answers.values("pk"), naming.values("post")
    )
    return readable_by(viewer).filter(pk__in=ids).select_related("author").order_by("-pk")


def naming_among(viewer: Actor, ids: Iterable[int]) -> set[int]:
    """Those of these posts that name the viewer."""
    return set(Mention.objects.filter(actor=viewer, post__in=list(ids)).values_list("post", flat=True))
