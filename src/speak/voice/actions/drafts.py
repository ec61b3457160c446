"""What is not said yet: kept, held till tomorrow, said, dropped."""

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import Invalid, Refusal
from speak.voice.actions.looks import end_look
from speak.voice.actions.media import add_picture, look_at
from speak.voice.actions.polls import PollWords
from speak.voice.actions.speaking import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.models import Draft, Media, Post, Wants
from speak.voice.queries.drafts import due_drafts
from speak.voice.reach import Reach

log = logging.getLogger(__name__)
# Times are kept up to the year 9999, in every zone.
LATEST = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


# By what a draft that was brought is known, and which import brought it; the rest is for whom it was, and so on.
OF_BRINGING = frozenset({"digest", "import_id"})


@dataclass(frozen=True, slots=True)
class DraftWords:
    """All that a draft holds."""

    words: Words
    audience: Audience
    in_reply_to: Post | None = None
    media: Sequence[Media] = ()


@transaction.atomic
def keep_draft(author: Actor, *, content: DraftWords, draft: Draft | None = None) -> Draft:
    """Put something aside, or change what was put aside; what was held is so no more. Only its author ever sees it.

    Raises:
        Invalid: `draft` is somebody else's, or has been said or dropped already.
    """
    kept = _own(author, draft) if draft else Draft(author=author)
    words, audience = content.words, content.audience
    kept.kind, kept.title, kept.source = words.kind, words.title, words.source
    kept.summary, kept.language = words.summary, words.language
    kept.reach, kept.stays_in_thread = audience.reach, audience.stays_in_thread
    kept.is_knowingly_wider, kept.in_reply_to = audience.is_knowingly_wider, content.in_reply_to
    kept.room, kept.wants, kept.also_at = audience.room, words.wants, list(audience.also_at)
    kept.is_sensitive, kept.quoting = words.is_sensitive, words.quoting
    kept.poll = words.poll.as_kept() if words.poll else None
    kept.quoted, kept.answers_url = words.quoted, words.answers_url
    kept.changed_at, kept.last_refusal, kept.held_until = clock.now(), "", None
    # For whom it was elsewhere does not matter any more; that it is known does.
    kept.kept = {name: value for name, value in kept.kept.items() if name in OF_BRINGING and name != "import_id"}
    kept.save()
    kept.people.set(audience.people)
    kept.media.set(item for item in content.media if item.owner_id == author.pk)
    return kept


@transaction.atomic
def bring_draft(
    author: Actor,
    *,
    words: Words,
    pictures: Sequence[tuple[bytes, str, tuple[float, float]]],
    made_at: dt.datetime | None,
    kept: dict[str, Any],
) -> Draft | None:
    """A draft from an earlier home of its author's, for them alone whoever it was for; none that is here already.

    `kept` is what it was beyond its words, and has no place here; by its `digest` it is known. Pictures come as bytes,
    what they show, and the point to look at.

    Raises:
        Invalid, TooMuch: about a picture.
    """
    is_it = Q(kept__digest=kept["digest"]) | Q(created_at=made_at, title=words.title, source=words.source)
    if Draft.objects.filter(is_it, author=author).exists():
        return None
    media = []
    for data, description, focus in pictures:
        item = add_picture(author, data=data, description=description)
        look_at(author, media=item, focus=focus)
        media.append(item)
    draft = keep_draft(author, content=DraftWords(words, Audience(Reach.SELF), media=media))
    draft.kept = kept
    draft.save(update_fields=["kept"])
    return draft


@transaction.atomic
def drop_brought_drafts(author: Actor, *, import_id: int) -> None:
    """Throw away what one import brought; a draft that was changed since is its author's, and stays."""
    for draft in Draft.objects.filter(author=author, kept__import_id=import_id):
        drop_draft(author, draft=draft)


@transaction.atomic
def hold_draft(author: Actor, *, draft: Draft, until: dt.datetime) -> Draft:
    """Let a draft say itself at a time; until then it can be changed, said or dropped with no trace.

    Raises:
        Invalid: a time that has passed, or that no calendar has; or the draft is somebody else's, or not there.
    """
    if not clock.now() < until < LATEST:
        raise Invalid(_("Choose a time that is still to come."))
    held = _own(author, draft)
    held.held_until, held.last_refusal = until, ""
    held.save(update_fields=["held_until", "last_refusal"])
    return held


@transaction.atomic
def say_draft(author: Actor, *, draft: Draft) -> Post:
    """Say it now, as it stands now, however old `draft` is.

    Raises:
        Invalid: it is somebody else's, or has been said or dropped already.
        Refusal: as `publish_post`; the draft stays as it was.
    """
    said = _own(author, draft)
    words = Words(
        source=said.source,
        title=said.title,
        summary=said.summary,
        language=said.language,
        wants=Wants(said.wants),
        quoted=said.quoted,
        answers_url=said.answers_url,
        is_sensitive=said.is_sensitive,
        quoting=said.quoting,
        poll=PollWords.kept(said.poll) if said.poll else None,
    )
    audience = Audience(
        reach=Reach(said.reach),
        people=tuple(said.people.all()),
        stays_in_thread=said.stays_in_thread,
        is_knowingly_wider=said.is_knowingly_wider,
        room=said.room,
        also_at=tuple(said.also_at),
    )
    media, answered = list(said.media.all()), said.in_reply_to
    end_look(said)
    said.delete()
    return publish_post(author, words=words, audience=audience, in_reply_to=answered, media=media)


@transaction.atomic
def drop_draft(author: Actor, *, draft: Draft) -> None:
    """Forget it, with no trace left."""
    dropped = Draft.objects.filter(pk=draft.pk, author=author).first()
    if dropped is not None:
        end_look(dropped)
        dropped.delete()


def say_due_drafts() -> int:
    """Say the held drafts whose time has come; returns how many. One that is refused waits for its author."""
    now = clock.now()
    return sum(_say_if_due(draft_id, now) for draft_id in list(due_drafts(now).values_list("pk", flat=True)))


@transaction.atomic
def _say_if_due(draft_id: int, now: dt.datetime) -> bool:
    """Whether it was said; its author may have changed, said or dropped it a moment ago."""
    draft = due_drafts(now).select_for_update().filter(pk=draft_id).first()
    if draft is None:
        return False
    try:
        say_draft(draft.author, draft=draft)
    except Refusal as refusal:
        draft.last_refusal, draft.held_until = str(refusal)[:500], None
        draft.save(update_fields=["last_refusal", "held_until"])
        return False
    return True


def _own(author: Actor, draft: Draft) -> Draft:
    """The row as it is now, held until the transaction ends."""
    current = Draft.objects.select_for_update().filter(pk=draft.pk, author=author).first()
    if current is None:
        raise Invalid(_("This draft has been said or dropped already."))
    return current
