"""Pages of a list, numbered by the ids of what stands on them (docs.joinmastodon.org/api/guidelines)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

import msgspec
from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest

from speak.voice.queries import Window

Item = TypeVar("Item")
# As large as a database keeps a number; marked, since apps may write it as a string, too.
MOST_ID = 2**63 - 1
MARK = "x-id"
Id = Annotated[int, msgspec.Meta(ge=0, le=MOST_ID, extra_json_schema={MARK: True})]
Count = Annotated[int, msgspec.Meta(ge=1, le=10_000)]
USUAL, MOST = 20, 40


class Page(msgspec.Struct, kw_only=True):
    """Which part of a list is wanted: ids below `max_id`, above `since_id`, or those next above `min_id`."""

    max_id: Id | None = None
    since_id: Id | None = None
    min_id: Id | None = None
    limit: Count | None = None

    def window(self, *, usual: int = USUAL, most: int = MOST) -> Window:
        """The same for our queries."""
        limit = min(self.limit or usual, most)
        return Window(before=self.max_id, after=self.min_id, since=self.since_id, limit=limit)


class Part(msgspec.Struct, kw_only=True):
    """Which part of a list that has no ids is wanted."""

    offset: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 0
    limit: Count | None = None


@dataclass(frozen=True, slots=True)
class Listed(Generic[Item]):
    """A page of a list, and the numbers by which its neighbors are asked for, newest and oldest of the page."""

    items: list[Item]
    newest: int | None = None
    oldest: int | None = None


class ListedWithin(Listed[Item]):
    """A page of a list that stands within one object: that object, and the ends."""


def ends(rows: Sequence[Model]) -> tuple[int, int] | tuple[None, None]:
    """The ids of the first and the last of these rows, newest first: what `Listed` wants to know of a page."""
    return (rows[0].pk, rows[-1].pk) if rows else (None, None)


def link_header(request: HttpRequest, listed: Listed[Item]) -> str:
    """Where the next and the previous page are (RFC 8288)."""
    if listed.newest is None or listed.oldest is None:
        return ""
    kept = request.GET.copy()
    for name in ("max_id", "since_id", "min_id"):
        kept.pop(name, None)
    links = []
    for relation, name, value in (("next", "max_id", listed.oldest), ("prev", "min_id", listed.newest)):
        query = kept.copy()
        query[name] = str(value)
        links.append(f'<{settings.SPEAK_URL}{request.path}?{query.urlencode()}>; rel="{relation}"')
    return ", ".join(links)
