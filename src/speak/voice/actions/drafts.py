"""What is not said yet: kept, held till tomorrow, said, dropped."""

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import Invalid, Refusal
from speak.voice.actions.speaking import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.models import Draft, Media, Post
from speak.voice.queries.drafts import due_drafts
from speak.voice.reach import Reach

log = logging.getLogger(__name__)
LONGEST_HOLD = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class DraftWords:
    """All that a draft holds."""

    words: Words
    audience: Audience
    in_reply_to: Post | None = None
    media: Sequence[Media] = ()


@transaction.atomic
def keep_draft(author: Actor, *, content: DraftWords, draft: Draft | None = None) -> Draft:
    """Put something aside, or change what was put aside; what was held is so no more. Only its author ever sees it."""
    kept = draft or Draft(author=author)
    words, audience = content.words, content.audience
    kept.kind, kept.title, kept.source = words.kind, words.title, words.source
    kept.summary, kept.language = words.summary, words.language
    kept.reach, kept.stays_in_thread = audience.reach, audience.stays_in_thread
    kept.is_knowingly_wider, kept.in_reply_to = audience.is_knowingly_wider, content.in_reply_to
    kept.changed_at, kept.last_refusal, kept.held_until = clock.now(), "", None
    kept.save()
    kept.people.set(audience.people)
    kept.media.set(item for item in content.media if item.owner_id == author.pk)
    return kept


@transaction.atomic
def hold_draft(author: Actor, *, draft: Draft, until: dt.datetime) -> Draft:
    """Let a draft say itself at a time; until then it can be changed, said or dropped with no trace.

    Raises:
        Invalid: a time that has passed, or more than a year away.
    """
    if not clock.now() < until < clock.now() + LONGEST_HOLD:
        raise Invalid("Choose a time between now and a year from now.")
    Draft.objects.filter(pk=draft.pk, author=author).update(held_until=until, last_refusal="")
    draft.refresh_from_db()
    return draft


@transaction.atomic
def say_draft(author: Actor, *, draft: Draft) -> Post:
    """Say it now.

    Raises:
        Refusal: as `publish_post`; the draft stays as it was.
    """
    words = Words(source=draft.source, title=draft.title, summary=draft.summary, language=draft.language)
    audience = Audience(
        reach=Reach(draft.reach),
        people=tuple(draft.people.all()),
        stays_in_thread=draft.stays_in_thread,
        is_knowingly_wider=draft.is_knowingly_wider,
    )
    media = list(draft.media.all())
    taken, _ = Draft.objects.filter(pk=draft.pk, author=author).delete()
    if not taken:
        raise Invalid("This draft has been said or dropped already.")
    return publish_post(author, words=words, audience=audience, in_reply_to=draft.in_reply_to, media=media)


def drop_draft(author: Actor, *, draft: Draft) -> None:
    """Forget it, with no trace left."""
    Draft.objects.filter(pk=draft.pk, author=author).delete()


def say_due_drafts() -> int:
    """Say the held drafts whose time has come; returns how many. One that is refused waits for its author."""
    count = 0
    for draft in due_drafts(clock.now()):
        try:
            say_draft(draft.author, draft=draft)
            count += 1
        except Refusal as refusal:
            Draft.objects.filter(pk=draft.pk).update(last_refusal=str(refusal)[:500], held_until=None)
    return count
