"""What awaits somebody (docs.joinmastodon.org/entities/Notification)."""

import datetime as dt
from typing import Literal

import msgspec

from speak.clients.mastodon.entities.accounts import Account
from speak.clients.mastodon.entities.statuses import Status

Kind = Literal[
    "mention", "favourite", "reblog", "follow", "follow_request", "status", "quote", "quoted_update", "update"
]


class Notification(msgspec.Struct, kw_only=True):
    """Somebody did something."""

    id: str
    type: Kind
    group_key: str
    created_at: dt.datetime
    account: Account
    status: Status | None = None
