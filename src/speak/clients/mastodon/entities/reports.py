"""Complaints (docs.joinmastodon.org/entities/Report)."""

import datetime as dt
from typing import Literal

import msgspec

from speak.clients.mastodon.entities.accounts import Account

Category = Literal["spam", "legal", "violation", "other"]


class Report(msgspec.Struct, kw_only=True):
    """What was told to a named human, who answers on our pages."""

    id: str
    action_taken: bool
    action_taken_at: dt.datetime | None
    category: Category
    comment: str
    forwarded: bool
    created_at: dt.datetime
    status_ids: list[str]
    rule_ids: list[str] | None
    target_account: Account
