"""What one's own archive says of a post beyond its words: earlier wordings, a poll, who could read it there."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from speak.identity.models import Quoting
from speak.kernel import clock
from speak.kernel.texts import storable
from speak.voice.actions.polls import list_options
from speak.voice.actions.speaking import MAX_SUMMARY, MAX_TITLE
from speak.voice.models import Pin, Poll, Post, PostKind, Revision, Wants
from speak.voice.sanitize import sanitize

MOST_WORDINGS, MOST_ANSWERS, MAX_ANSWER = 1_000, 20, 300


@dataclass(frozen=True, slots=True)
class EarlierWords:
    """An earlier wording; `html` is not sanitized yet."""

    said_at: dt.datetime
    title: str = ""
    source: str = ""
    html: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class EndedPoll:
    """What one could choose, and how often each was chosen; here it is over."""

    answers: Sequence[tuple[str, int]]
    is_multiple: bool = False
    people: int = 0
    ends_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class WholeWords:
    """All that has a place here; and in `kept` what has none, as plain JSON, to be taken along again."""

    wants: str = ""
    quoting: str = ""
    earlier: Sequence[EarlierWords] = ()
    poll: EndedPoll | None = None
    is_pinned: bool = False
    kept: Mapping[str, object] = field(default_factory=dict)


def fill(post: Post, whole: WholeWords) -> None:
    """What stands in the post's own row, which is not written yet."""
    post.wants = whole.wants if whole.wants in Wants.values else ""
    post.quoting = whole.quoting if whole.quoting in Quoting.values else ""
    if whole.poll is not None:
        post.kind = PostKind.QUESTION


def complete(post: Post, whole: WholeWords) -> None:
    """What stands beside it. The caller holds the transaction, and has written the post."""
    Revision.objects.bulk_create(
        Revision(
            post=post,
            said_at=each.said_at,
            title=storable(each.title)[:MAX_TITLE],
            source=storable(each.source),
            html=sanitize(storable(each.html)),
            summary=storable(each.summary)[:MAX_SUMMARY],
        )
        for each in whole.earlier[:MOST_WORDINGS]
    )
    if whole.poll is not None:
        poll = Poll.objects.create(
            post=post,
            ends_at=whole.poll.ends_at,
            is_multiple=whole.poll.is_multiple,
            people=max(whole.poll.people, 0),
            ended_at=clock.now(),
        )
        answers = whole.poll.answers[:MOST_ANSWERS]
        list_options(poll, [(storable(title)[:MAX_ANSWER], max(chosen, 0)) for title, chosen in answers])
    if whole.is_pinned and post.is_open:
        Pin.objects.create(actor=post.author, post=post)
