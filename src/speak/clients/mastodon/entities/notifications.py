"""What awaits somebody (docs.joinmastodon.org/entities/Notification)."""

import datetime as dt
from typing import Literal

import msgspec

from speak.clients.mastodon.entities.accounts import Account
from speak.clients.mastodon.entities.statuses import Status

Kind = Literal[
    "mention", "favourite", "reblog", "follow", "follow_request", "status", "poll", "quote", "quoted_update", "update"
]

Hearing = Literal["accept", "filter", "drop"]


class Notification(msgspec.Struct, kw_only=True):
    """Somebody did something."""

    id: str
    type: Kind
    group_key: str
    created_at: dt.datetime
    account: Account
    status: Status | None = None


class PartialAccount(msgspec.Struct, kw_only=True):
    """Somebody, with no more than a face needs."""

    id: str
    acct: str
    url: str
    avatar: str
    avatar_static: str
    locked: bool
    bot: bool


class NotificationGroup(msgspec.Struct, kw_only=True):
    """What several did with the same words, told as one."""

    group_key: str
    notifications_count: int
    type: Kind
    most_recent_notification_id: int
    page_min_id: str
    page_max_id: str
    latest_page_notification_at: dt.datetime
    sample_account_ids: list[str]
    status_id: str | msgspec.UnsetType = msgspec.UNSET


class GroupedNotifications(msgspec.Struct, kw_only=True):
    """Groups, and once each whatever stands in them."""

    accounts: list[Account]
    statuses: list[Status]
    notification_groups: list[NotificationGroup]
    partial_accounts: list[PartialAccount] | msgspec.UnsetType = msgspec.UNSET


class PolicySummary(msgspec.Struct, kw_only=True):
    """What is kept apart at present, told to the person themselves."""

    pending_requests_count: int
    pending_notifications_count: int


class NotificationPolicy(msgspec.Struct, kw_only=True):
    """Of whom somebody wants to be told."""

    for_not_following: Hearing
    for_not_followers: Hearing
    for_new_accounts: Hearing
    for_private_mentions: Hearing
    for_limited_accounts: Hearing
    summary: PolicySummary


class NotificationRequest(msgspec.Struct, kw_only=True):
    """Somebody of whom one would be told, were it not for one's policy."""

    id: str
    created_at: dt.datetime
    updated_at: dt.datetime
    notifications_count: str
    account: Account
    last_status: Status | None = None
