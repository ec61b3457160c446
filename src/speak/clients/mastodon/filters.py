"""What one does not want to meet (docs.joinmastodon.org/methods/filters)."""

import datetime as dt
from typing import Annotated, Literal

import msgspec

from speak.clients.api.endpoints import Call, Nothing, endpoint
from speak.clients.api.paging import Id
from speak.clients.mastodon.entities.statuses import Filter, FilterKeyword, FilterStatus
from speak.clients.mastodon.shown.filters import shown_filter, shown_filtered, shown_keyword
from speak.identity.models import Actor
from speak.kernel import clock
from speak.voice import actions, queries
from speak.voice.actions import FilterWords
from speak.voice.models import Filter as Row
from speak.voice.models import FilterAct

Words = Annotated[str, msgspec.Meta(max_length=1_000)]
Seconds = Annotated[int, msgspec.Meta(ge=0, le=10 * 365 * 86_400)]
# Nothing is for ever; not given is as before.
Lasting = Seconds | None | msgspec.UnsetType


class GivenKeyword(msgspec.Struct, kw_only=True):
    """Something to look for; with an `id` instead of what was looked for, with `_destroy` no longer."""

    id: Id | None = None
    keyword: Words = ""
    whole_word: bool = True
    destroy: bool = msgspec.field(default=False, name="_destroy")


class Given(msgspec.Struct, kw_only=True):
    """A filter, or what is to change of one; `expires_in` in seconds, 0 or nothing for ever."""

    title: Words | None = None
    context: list[str] | None = None
    filter_action: Literal["warn", "hide", "blur"] | None = None
    expires_in: Lasting = msgspec.UNSET
    keywords_attributes: list[GivenKeyword] = []


class GivenWord(msgspec.Struct, kw_only=True):
    """Something to look for."""

    keyword: Words | None = None
    whole_word: bool | None = None


class GivenPost(msgspec.Struct, kw_only=True):
    """A single post."""

    status_id: Id


@endpoint("GET", "/api/v2/filters", "read:filters")
def filters(call: Call) -> list[Filter]:
    """One's own filters."""
    return [shown_filter(known) for known in queries.filters_of(call.me)]


@endpoint("POST", "/api/v2/filters", "write:filters")
def make(call: Call, given: Given) -> Filter:
    """Make one."""
    words = FilterWords(
        title=given.title or "",
        contexts=given.context or [],
        act=FilterAct(given.filter_action or FilterAct.WARN),
        expires_at=ends_at(given.expires_in),
    )
    return _whole(call.me, actions.keep_filter(call.me, words=words), given)


@endpoint("GET", "/api/v2/filters/<int:filter_id>", "read:filters")
def one(call: Call, filter_id: int) -> Filter:
    """One of one's own."""
    return shown_filter(queries.filter_of(call.me, filter_id))


@endpoint("PUT", "/api/v2/filters/<int:filter_id>", "write:filters")
def change(call: Call, given: Given, filter_id: int) -> Filter:
    """Change one; what is not given stays."""
    known = queries.filter_of(call.me, filter_id)
    words = FilterWords(
        title=known.title if given.title is None else given.title,
        contexts=known.contexts if given.context is None else given.context,
        act=FilterAct(given.filter_action or known.act),
        expires_at=ends_at(given.expires_in, before=known.expires_at),
    )
    return _whole(call.me, actions.keep_filter(call.me, words=words, known=known), given)


@endpoint("DELETE", "/api/v2/filters/<int:filter_id>", "write:filters")
def drop(call: Call, filter_id: int) -> Nothing:
    """Forget one."""
    actions.drop_filter(call.me, known=queries.filter_of(call.me, filter_id))
    return Nothing()


@endpoint("GET", "/api/v2/filters/<int:filter_id>/keywords", "read:filters")
def keywords(call: Call, filter_id: int) -> list[FilterKeyword]:
    """What one looks for."""
    return shown_filter(queries.filter_of(call.me, filter_id)).keywords


@endpoint("POST", "/api/v2/filters/<int:filter_id>/keywords", "write:filters")
def add_keyword(call: Call, given: GivenWord, filter_id: int) -> FilterKeyword:
    """Look for something more."""
    known = queries.filter_of(call.me, filter_id)
    whole = True if given.whole_word is None else given.whole_word
    return shown_keyword(actions.keep_keyword(known, keyword=given.keyword or "", is_whole_word=whole))


@endpoint("GET", "/api/v2/filters/keywords/<int:keyword_id>", "read:filters")
def one_keyword(call: Call, keyword_id: int) -> FilterKeyword:
    """One thing that is looked for."""
    return shown_keyword(queries.keyword_of(call.me, keyword_id))


@endpoint("PUT", "/api/v2/filters/keywords/<int:keyword_id>", "write:filters")
def change_keyword(call: Call, given: GivenWord, keyword_id: int) -> FilterKeyword:
    """Look for something else instead."""
    known = queries.keyword_of(call.me, keyword_id)
    keyword = known.keyword if given.keyword is None else given.keyword
    whole = known.is_whole_word if given.whole_word is None else given.whole_word
    return shown_keyword(actions.keep_keyword(known.filter, keyword=keyword, is_whole_word=whole, instead_of=known))


@endpoint("DELETE", "/api/v2/filters/keywords/<int:keyword_id>", "write:filters")
def drop_keyword(call: Call, keyword_id: int) -> Nothing:
    """Look for it no longer."""
    actions.drop_keyword(queries.keyword_of(call.me, keyword_id))
    return Nothing()


@endpoint("GET", "/api/v2/filters/<int:filter_id>/statuses", "read:filters")
def statuses(call: Call, filter_id: int) -> list[FilterStatus]:
    """Single posts under one."""
    return shown_filter(queries.filter_of(call.me, filter_id)).statuses


@endpoint("POST", "/api/v2/filters/<int:filter_id>/statuses", "write:filters")
def add_status(call: Call, given: GivenPost, filter_id: int) -> FilterStatus:
    """Put a single post under one."""
    known = queries.filter_of(call.me, filter_id)
    return shown_filtered(actions.filter_post(known, post=queries.post_for(call.me, given.status_id)))


@endpoint("GET", "/api/v2/filters/statuses/<int:row_id>", "read:filters")
def one_status(call: Call, row_id: int) -> FilterStatus:
    """One of them."""
    return shown_filtered(queries.filtered_post_of(call.me, row_id))


@endpoint("DELETE", "/api/v2/filters/statuses/<int:row_id>", "write:filters")
def drop_status(call: Call, row_id: int) -> FilterStatus:
    """No longer; the answer says which it was."""
    row = queries.filtered_post_of(call.me, row_id)
    shown = shown_filtered(row)
    actions.drop_filtered(row)
    return shown


def ends_at(seconds: Lasting, *, before: dt.datetime | None = None) -> dt.datetime | None:
    """When something is over that lasts so long: never with nothing, as it was `before` where that is not said."""
    if seconds is msgspec.UNSET:
        return before
    return clock.now() + dt.timedelta(seconds=seconds) if seconds else None


def _whole(owner: Actor, known: Row, given: Given) -> Filter:
    """The filter with what it looks for, as the app wants it now."""
    for word in given.keywords_attributes:
        before = queries.keyword_of(owner, word.id) if word.id is not None else None
        if before is not None and word.destroy:
            actions.drop_keyword(before)
        elif not word.destroy:
            actions.keep_keyword(known, keyword=word.keyword, is_whole_word=word.whole_word, instead_of=before)
    return shown_filter(queries.filter_of(owner, known.pk))
