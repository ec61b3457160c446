"""Hashtags (docs.joinmastodon.org/entities/Tag)."""

import msgspec


class FeaturedTag(msgspec.Struct, kw_only=True):
    """A hashtag on somebody's profile; how often they use it is told to nobody (promise 6)."""

    id: str
    name: str
    url: str
    statuses_count: str = "0"
    last_status_at: str | None = None


class Tag(msgspec.Struct, kw_only=True):
    """A hashtag; how often it is used is told to nobody (promise 6), so that its history is empty."""

    id: str
    name: str
    url: str
    history: list[dict[str, str]] = []
    following: bool = False
    featuring: bool = False
