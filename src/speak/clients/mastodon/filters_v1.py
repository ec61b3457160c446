"""Filters as older apps know them: one phrase each (docs.joinmastodon.org/methods/filters#v1)."""

import datetime as dt
from typing import Annotated

import msgspec

from speak.clients.api.endpoints import Call, Nothing, endpoint
from speak.clients.mastodon.filters import Lasting, Words, ends_at
from speak.identity.models import Actor
from speak.voice import actions, queries
from speak.voice.actions import FilterWords
from speak.voice.models import Filter, FilterAct, FilterKeyword


class FilterV1(msgspec.Struct, kw_only=True):
    """A phrase that one does not want to meet."""

    id: str
    phrase: str
    context: list[str]
    expires_at: dt.datetime | None
    irreversible: bool
    whole_word: bool


class Given(msgspec.Struct, kw_only=True):
    """A phrase, and where it is looked for; `expires_in` in seconds, 0 or nothing for ever.

    Of one that is there, what is not given stays.
    """

    phrase: Annotated[Words, msgspec.Meta(min_length=1)]
    context: list[str] | None = None
    irreversible: bool | None = None
    whole_word: bool | None = None
    expires_in: Lasting = msgspec.UNSET


@endpoint("GET", "/api/v1/filters", "read:filters")
def filters(call: Call) -> list[FilterV1]:
    """One's own, a phrase each."""
    return [_shown(word) for known in queries.filters_of(call.me) for word in known.keywords.all()]


@endpoint("POST", "/api/v1/filters", "write:filters")
def make(call: Call, given: Given) -> FilterV1:
    """Make one."""
    known = actions.keep_filter(call.me, words=_words(given))
    return _shown(actions.keep_keyword(known, keyword=given.phrase, is_whole_word=bool(given.whole_word)))


@endpoint("GET", "/api/v1/filters/<int:keyword_id>", "read:filters")
def one(call: Call, keyword_id: int) -> FilterV1:
    """One of one's own."""
    return _shown(queries.keyword_of(call.me, keyword_id))


@endpoint("PUT", "/api/v1/filters/<int:keyword_id>", "write:filters")
def change(call: Call, given: Given, keyword_id: int) -> FilterV1:
    """Change one. With several phrases it would change for all of them: that is for apps that know such filters."""
    word = queries.keyword_of(call.me, keyword_id)
    if word.filter.keywords.count() == 1:
        actions.keep_filter(call.me, words=_words(given, known=word.filter), known=word.filter)
    whole = word.is_whole_word if given.whole_word is None else given.whole_word
    return _shown(actions.keep_keyword(word.filter, keyword=given.phrase, is_whole_word=whole, instead_of=word))


@endpoint("DELETE", "/api/v1/filters/<int:keyword_id>", "write:filters")
def drop(call: Call, keyword_id: int) -> Nothing:
    """Forget one."""
    _dropped(call.me, queries.keyword_of(call.me, keyword_id))
    return Nothing()


def _dropped(owner: Actor, word: FilterKeyword) -> None:
    if word.filter.keywords.count() == 1:
        actions.drop_filter(owner, known=word.filter)
    else:
        actions.drop_keyword(word)


def _words(given: Given, *, known: Filter | None = None) -> FilterWords:
    act = FilterAct.HIDE if given.irreversible else FilterAct.WARN
    ends = ends_at(given.expires_in, before=known.expires_at if known else None)
    if known is None:
        return FilterWords(title=given.phrase, contexts=given.context or [], act=act, expires_at=ends)
    return FilterWords(
        title=given.phrase,
        contexts=known.contexts if given.context is None else given.context,
        act=FilterAct(known.act) if given.irreversible is None else act,
        expires_at=ends,
    )


def _shown(word: FilterKeyword) -> FilterV1:
    return FilterV1(
        id=str(word.pk),
        phrase=word.keyword,
        context=word.filter.contexts,
        expires_at=word.filter.expires_at,
        irreversible=word.filter.act == FilterAct.HIDE,
        whole_word=word.is_whole_word,
    )
