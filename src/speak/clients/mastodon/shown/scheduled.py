"""Held drafts, as an app sees them."""

from speak.clients.mastodon.audiences import KINDS, SHOWN_AS
from speak.clients.mastodon.entities.scheduled import ScheduledParams, ScheduledPoll, ScheduledStatus
from speak.clients.mastodon.entities.statuses import Audience
from speak.clients.mastodon.shown.media import shown_media
from speak.identity.models import Actor
from speak.voice.models import Draft
from speak.voice.reach import Reach


def shown_scheduled(author: Actor, draft: Draft) -> ScheduledStatus:
    """One of one's own; one that waits for its author, since it was refused, is due since it was changed."""
    reach = Reach(draft.in_reply_to.reach if draft.stays_in_thread and draft.in_reply_to else draft.reach)
    media = [shown_media(author, item, is_open=False) for item in draft.media.all()]
    return ScheduledStatus(
        id=str(draft.pk),
        scheduled_at=draft.held_until or draft.changed_at,
        params=ScheduledParams(
            text=draft.source,
            spoiler_text=draft.summary or None,
            sensitive=draft.is_sensitive or bool(draft.summary),
            language=draft.language or None,
            visibility=SHOWN_AS[reach],
            in_reply_to_id=draft.in_reply_to_id,
            media_ids=[item.id for item in media] or None,
            quoted_status_id=draft.quoted_id,
            poll=_poll(draft),
            title=draft.title or None,
            audience=Audience(
                kind=KINDS[reach], words=str(reach.label), room_id=str(draft.room) if draft.room else None
            ),
        ),
        media_attachments=media,
    )


def _poll(draft: Draft) -> ScheduledPoll | None:
    kept = draft.poll
    if kept is None:
        return None
    return ScheduledPoll(options=kept["options"], expires_in=str(kept["lasts"]), multiple=kept["is_multiple"])
