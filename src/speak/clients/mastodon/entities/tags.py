"""Hashtags (docs.joinmastodon.org/entities/Tag)."""

import msgspec


class Tag(msgspec.Struct, kw_only=True):
    """A hashtag; how often it is used is told to nobody (promise 6), so that its history is empty."""

    id: str
    name: str
    url: str
    history: list[dict[str, str]] = []
    following: bool = False
    featuring: bool = False
