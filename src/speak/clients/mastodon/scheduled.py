"""What is held until a time: our held drafts (docs.joinmastodon.org/methods/scheduled_statuses)."""

import datetime as dt

import msgspec
from django.utils.translation import gettext as _

from speak.clients.api.endpoints import Call, Nothing, endpoint
from speak.clients.api.paging import Listed, Page, ends
from speak.clients.mastodon.entities.scheduled import ScheduledStatus
from speak.clients.mastodon.shown.scheduled import shown_scheduled
from speak.identity.models import Actor
from speak.voice import actions
from speak.voice.errors import NotThere
from speak.voice.models import Draft
from speak.voice.queries import drafts_of, windowed


class Moved(msgspec.Struct, kw_only=True):
    """Another time."""

    scheduled_at: dt.datetime


@endpoint("GET", "/api/v1/scheduled_statuses", "read:statuses")
def scheduled(call: Call, given: Page) -> Listed[ScheduledStatus]:
    """What is held, last made first."""
    held = drafts_of(call.me).filter(held_until__isnull=False).prefetch_related("media")
    rows = sorted(windowed(held.select_related("in_reply_to"), given.window()), key=lambda draft: -draft.pk)
    return Listed([shown_scheduled(call.me, draft) for draft in rows], *ends(rows))


@endpoint("GET", "/api/v1/scheduled_statuses/<int:draft_id>", "read:statuses")
def one(call: Call, draft_id: int) -> ScheduledStatus:
    """One of them."""
    return shown_scheduled(call.me, _held(call.me, draft_id))


@endpoint("PUT", "/api/v1/scheduled_statuses/<int:draft_id>", "write:statuses")
def move(call: Call, given: Moved, draft_id: int) -> ScheduledStatus:
    """Say it at another time."""
    draft = _held(call.me, draft_id)
    return shown_scheduled(call.me, actions.hold_draft(call.me, draft=draft, until=given.scheduled_at))


@endpoint("DELETE", "/api/v1/scheduled_statuses/<int:draft_id>", "write:statuses")
def drop(call: Call, draft_id: int) -> Nothing:
    """Do not say it."""
    actions.drop_draft(call.me, draft=_held(call.me, draft_id))
    return Nothing()


def _held(author: Actor, draft_id: int) -> Draft:
    held = drafts_of(author).filter(pk=draft_id, held_until__isnull=False).first()
    if held is None:
        raise NotThere(_("There is nothing held by this number."))
    return held
