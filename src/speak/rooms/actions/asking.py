"""First words are answered by a person: whom to ask, and when (promise 3)."""

import datetime as dt

from django.db import transaction

from speak.identity.actions import Occasion, forget_about_post, notify
from speak.identity.models import Actor, ActorKind, JoinLink, NotificationKind
from speak.kernel import clock
from speak.rooms import rules
from speak.rooms.models import FirstWords, Membership, Room
from speak.voice.models import Post, Wants
from speak.voice.queries import first_said, post_of_event, readable_by

PATIENCE = dt.timedelta(days=1)


def note_words(post: Post) -> None:
    """Something was said: perhaps somebody's first words, perhaps an answer to such. Called inside its transaction."""
    if post.in_reply_to_id and post.author.kind == ActorKind.PERSON:
        answered = FirstWords.objects.filter(post=post.in_reply_to_id, answered_at=None).exclude(author=post.author)
        if answered.update(answered_at=clock.now()):
            forget_about_post(post.in_reply_to_id, kind=NotificationKind.FIRST_WORDS)
    if post.author.user_id and post.reach and post.wants != Wants.NONE:
        _note_first(post)


@transaction.atomic
def ask_hosts() -> int:
    """Ask the host, once, where first words have waited for a day; returns how many. For the worker, by the clock."""
    waiting = FirstWords.objects.filter(answered_at=None, asked_host_at=None, said_at__lte=clock.now() - PATIENCE)
    asked = 0
    for first in waiting.select_for_update(of=("self",)).select_related("author"):
        room = Room.objects.filter(pk=first.room, paused_at=None).select_related("host").first()
        asked += _ask(first, room.host if room else None)
        first.asked_host_at = clock.now()
        first.save(update_fields=["asked_host_at"])
    return asked


def _note_first(post: Post) -> None:
    is_in_room = bool(post.room)
    known = FirstWords.objects.filter(author=post.author)
    if (known.filter(room=post.room) if is_in_room else known).exists():
        return
    if first_said(post.author, room=post.room if is_in_room else None) != post.pk:
        return
    inviter = _inviter_of(post)
    room = Room.objects.filter(pk=post.room).select_related("host").first()
    asked_id = rules.who_is_asked(
        inviter=inviter.pk if inviter else None,
        host=room.host_id if room else None,
        author=post.author_id,
        day_has_passed=False,
    )
    now = clock.now()
    first = FirstWords.objects.create(
        post=post, author=post.author, room=post.room, inviter=inviter, said_at=post.said_at
    )
    if inviter is not None and asked_id == inviter.pk and _ask(first, inviter):
        first.asked_inviter_at = now
    elif room is not None:
        _ask(first, room.host)
        first.asked_host_at = now
    first.save(update_fields=["asked_inviter_at", "asked_host_at"])


def _inviter_of(post: Post) -> Actor | None:
    if post.room:
        membership = Membership.objects.filter(room=post.room, actor=post.author).select_related("invited_by").first()
        return membership.invited_by if membership else None
    link = JoinLink.objects.filter(used_by=post.author).select_related("made_by").first()
    return link.made_by if link else None


def _ask(first: FirstWords, person: Actor | None) -> bool:
    """Ask privately; only somebody else who can read the words."""
    if person is None or person.pk == first.author_id:
        return False
    post = post_of_event(first.post_id)
    if not readable_by(person).filter(pk=post.pk).exists():
        return False
    notify(person, kind=NotificationKind.FIRST_WORDS, about=first.author, occasion=Occasion(post_id=post.pk))
    return True
