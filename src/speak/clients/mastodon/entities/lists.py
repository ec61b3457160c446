"""Lists of people (docs.joinmastodon.org/entities/List)."""

from typing import Literal

import msgspec

Replies = Literal["followed", "list", "none"]


class List(msgspec.Struct, kw_only=True):
    """One of them. `exclusive` is not known here: who is in a list stays in the home timeline."""

    id: str
    title: str
    replies_policy: Replies
    exclusive: bool = False
