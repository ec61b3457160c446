"""What is held until a time (docs.joinmastodon.org/entities/ScheduledStatus)."""

import datetime as dt

import msgspec

from speak.clients.mastodon.entities.accounts import Visibility
from speak.clients.mastodon.entities.statuses import Audience, MediaAttachment


class ScheduledPoll(msgspec.Struct, kw_only=True):
    """What one will be able to choose."""

    options: list[str]
    expires_in: str
    multiple: bool
    hide_totals: bool = False


class ScheduledParams(msgspec.Struct, kw_only=True):
    """What will be said, and to whom."""

    text: str
    spoiler_text: str | None
    sensitive: bool
    language: str | None
    visibility: Visibility
    in_reply_to_id: int | None
    media_ids: list[str] | None
    quoted_status_id: int | None
    application_id: int = 0
    scheduled_at: dt.datetime | None = None
    poll: ScheduledPoll | None = None
    idempotency: str | None = None
    with_rate_limit: bool = False
    title: str | None
    audience: Audience


class ScheduledStatus(msgspec.Struct, kw_only=True):
    """A held draft."""

    id: str
    scheduled_at: dt.datetime
    params: ScheduledParams
    media_attachments: list[MediaAttachment]
