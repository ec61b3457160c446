"""Filters as older apps know them: one phrase each (docs.joinmastodon.org/methods/filters#v1)."""

import datetime as dt
from typing import Annotated

import msgspec

from speak.clients.api.endpoints import Call, Nothing, endpoint
from speak.clients.mastodon.filters import Seconds, Words, ends_at
from speak.identity.models import Actor
from speak.voice import actions, queries
from speak.voice.actions import FilterWords
from speak.voice.models import FilterAct, FilterKeyword


class FilterV1(msgspec.Struct, kw_only=True):
    """A phrase that one does not want to meet."""

    id: str
    phrase: str
    context: list[str]
    expires_at: dt.datetime | None
    irreversible: bool
    whole_word: bool


class Given(msgspec.Struct, kw_only=True):
    """A phrase, and where it is looked for; `expires_in` in seconds."""

    phrase: Annotated[Words, msgspec.Meta(min_length=1)]
    context: list[str] = []
    irreversible: bool = False
    whole_word: bool = False
    expires_in: Seconds | None = None


@endpoint("GET", "/api/v1/filters", "read:filters")
def filters(call: Call) -> list[FilterV1]:
    """One's own, a phrase each."""
    return [_shown(word) for known in queries.filters_of(call.me) for word in known.keywords.all()]


@endpoint("POST", "/api/v1/filters", "write:filters")
def make(call: Call, given: Given) -> FilterV1:
    """Make one."""
    known = actions.keep_filter(call.me, words=_words(given))
    return _shown(actions.keep_keyword(known, keyword=given.phrase, is_whole_word=given.whole_word))


@endpoint("GET", "/api/v1/filters/<int:keyword_id>", "read:filters")
def one(call: Call, keyword_id: int) -> FilterV1:
    """One of one's own."""
    return _shown(queries.keyword_of(call.me, keyword_id))


@endpoint("PUT", "/api/v1/filters/<int:keyword_id>", "write:filters")
def change(call: Call, given: Given, keyword_id: int) -> FilterV1:
    """Change one. With several phrases it would change for all of them: that is for apps that know such filters."""
    word = queries.keyword_of(call.me, keyword_id)
    if word.filter.keywords.count() == 1:
        actions.keep_filter(call.me, words=_words(given), known=word.filter)
    kept = actions.keep_keyword(word.filter, keyword=given.phrase, is_whole_word=given.whole_word, instead_of=word)
    return _shown(kept)


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


def _words(given: Given) -> FilterWords:
    act = FilterAct.HIDE if given.irreversible else FilterAct.WARN
    return FilterWords(title=given.phrase, contexts=given.context, act=act, expires_at=ends_at(given.expires_in))


def _shown(word: FilterKeyword) -> FilterV1:
    return FilterV1(
        id=str(word.pk),
        phrase=word.keyword,
        context=word.filter.contexts,
        expires_at=word.filter.expires_at,
        irreversible=word.filter.act == FilterAct.HIDE,
        whole_word=word.is_whole_word,
    )
