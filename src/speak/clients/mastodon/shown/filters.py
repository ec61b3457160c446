"""Filters, as an app sees them."""

from typing import Literal

from speak.clients.mastodon.entities.statuses import Filter, FilterKeyword, FilterResult, FilterStatus
from speak.voice.models import Filter as Row
from speak.voice.models import FilterKeyword as KeywordRow
from speak.voice.models import FilterPost as PostRow
from speak.voice.queries import Found

ACTS: dict[str, Literal["warn", "hide", "blur"]] = {"warn": "warn", "hide": "hide", "blur": "blur"}


def shown_filter(known: Row) -> Filter:
    """One of one's own."""
    return Filter(
        id=str(known.pk),
        title=known.title,
        context=known.contexts,
        expires_at=known.expires_at,
        filter_action=ACTS[known.act],
        keywords=[shown_keyword(word) for word in known.keywords.all()],
        statuses=[shown_filtered(row) for row in known.posts.all()],
    )


def shown_keyword(word: KeywordRow) -> FilterKeyword:
    """What it looks for."""
    return FilterKeyword(id=str(word.pk), keyword=word.keyword, whole_word=word.is_whole_word)


def shown_filtered(row: PostRow) -> FilterStatus:
    """A single post under it."""
    return FilterStatus(id=str(row.pk), status_id=str(row.post_id))


def shown_result(found: Found, post_id: int) -> FilterResult:
    """Why a post is filtered."""
    return FilterResult(
        filter=shown_filter(found.filter),
        keyword_matches=list(found.keywords) or None,
        status_matches=[str(post_id)] if found.is_named else None,
    )
