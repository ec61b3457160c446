"""Filters, for oneself alone."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext, ngettext

from speak.identity.models import Actor
from speak.kernel.errors import Invalid, TooMuch
from speak.kernel.events import emit
from speak.voice.errors import NotThere, TooLong
from speak.voice.events import FiltersChanged
from speak.voice.models import Filter, FilterAct, FilterKeyword, FilterPost, Post
from speak.voice.queries.readable import readable_by

CONTEXTS = ("home", "notifications", "public", "thread", "account")
MAX_WORDS, MOST_FILTERS, MOST_KEYWORDS = 200, 100, 200


@dataclass(frozen=True, slots=True)
class FilterWords:
    """What a filter is called, where it holds, until when, and what it does."""

    title: str
    contexts: Sequence[str]
    act: FilterAct = FilterAct.WARN
    expires_at: dt.datetime | None = None


@transaction.atomic
def keep_filter(owner: Actor, *, words: FilterWords, known: Filter | None = None) -> Filter:
    """Make a filter, or change one of one's own.

    Raises:
        Invalid, TooLong: about its name and its places.
        TooMuch: a hundred are enough.
    """
    if not words.title.strip():
        raise Invalid(gettext("Validation failed: Title can't be blank."))
    contexts = [name for name in CONTEXTS if name in set(words.contexts)]
    if not contexts or set(words.contexts) - set(CONTEXTS):
        raise Invalid(
            gettext("Validation failed: Context must be some of: %(contexts)s.") % {"contexts": ", ".join(CONTEXTS)}
        )
    if len(words.title) > MAX_WORDS:
        raise TooLong(
            ngettext(
                "A filter's name has up to %(most)d character.",
                "A filter's name has up to %(most)d characters.",
                MAX_WORDS,
            )
            % {"most": MAX_WORDS}
        )
    if known is None and Filter.objects.filter(owner=owner).count() >= MOST_FILTERS:
        raise TooMuch(
            ngettext("You have %(most)d filter.", "You have %(most)d filters.", MOST_FILTERS) % {"most": MOST_FILTERS},
            hint=gettext("Drop one that you do not need."),
        )
    kept = known or Filter(owner=owner)
    kept.title, kept.contexts = words.title.strip(), contexts
    kept.act, kept.expires_at = words.act, words.expires_at
    kept.save()
    emit(FiltersChanged(owner_id=owner.pk))
    return kept


@transaction.atomic
def drop_filter(owner: Actor, *, known: Filter) -> None:
    """Forget a filter of one's own."""
    Filter.objects.filter(pk=known.pk, owner=owner).delete()
    emit(FiltersChanged(owner_id=owner.pk))


@transaction.atomic
def keep_keyword(
    known: Filter, *, keyword: str, is_whole_word: bool = True, instead_of: FilterKeyword | None = None
) -> FilterKeyword:
    """Look for something, instead of something else where that is given.

    Raises:
        Invalid, TooLong: about the words.
        TooMuch: two hundred are enough.
    """
    if not keyword.strip():
        raise Invalid(gettext("Validation failed: Keyword can't be blank."))
    if len(keyword) > MAX_WORDS:
        raise TooLong(
            ngettext(
                "What a filter looks for has up to %(most)d character.",
                "What a filter looks for has up to %(most)d characters.",
                MAX_WORDS,
            )
            % {"most": MAX_WORDS}
        )
    if instead_of is None and known.keywords.count() >= MOST_KEYWORDS:
        raise TooMuch(
            ngettext(
                "A filter looks for up to %(most)d thing.", "A filter looks for up to %(most)d things.", MOST_KEYWORDS
            )
            % {"most": MOST_KEYWORDS}
        )
    kept = instead_of or FilterKeyword(filter=known)
    kept.keyword, kept.is_whole_word = keyword.strip(), is_whole_word
    kept.save()
    emit(FiltersChanged(owner_id=known.owner_id))
    return kept


@transaction.atomic
def drop_keyword(word: FilterKeyword) -> None:
    """Look for it no longer."""
    word.delete()
    emit(FiltersChanged(owner_id=word.filter.owner_id))


@transaction.atomic
def drop_filtered(row: FilterPost) -> None:
    """A single post stands under its filter no longer."""
    row.delete()
    emit(FiltersChanged(owner_id=row.filter.owner_id))


@transaction.atomic
def filter_post(known: Filter, *, post: Post) -> FilterPost:
    """Put a single post under a filter.

    Raises:
        NotThere: its owner cannot read that post.
    """
    if not readable_by(known.owner).filter(pk=post.pk).exists():
        raise NotThere(gettext("There is no such post."))
    row, _ = FilterPost.objects.get_or_create(filter=known, post=post)
    emit(FiltersChanged(owner_id=known.owner_id))
    return row
