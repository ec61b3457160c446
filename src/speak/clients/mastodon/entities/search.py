"""What a search finds (docs.joinmastodon.org/entities/Search)."""

import msgspec

from speak.clients.mastodon.entities.accounts import Account
from speak.clients.mastodon.entities.statuses import Status
from speak.clients.mastodon.entities.tags import Tag


class Search(msgspec.Struct, kw_only=True):
    """People, posts and hashtags."""

    accounts: list[Account]
    statuses: list[Status]
    hashtags: list[Tag]
