"""Words among a few (docs.joinmastodon.org/entities/Conversation)."""

import msgspec

from speak.clients.mastodon.entities.accounts import Account
from speak.clients.mastodon.entities.statuses import Status


class Conversation(msgspec.Struct, kw_only=True):
    """A conversation among named people, with what was said last."""

    id: str
    unread: bool
    accounts: list[Account]
    last_status: Status
