"""Everything that somebody here said, taken back at once; and what they kept of the words of others."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from speak.identity.models import Actor
from speak.kernel import blobs, clock
from speak.voice import search
from speak.voice.models import (
    Bookmark,
    Boost,
    Brought,
    Choice,
    Draft,
    Filter,
    FollowedTag,
    Hush,
    Like,
    Look,
    Media,
    Mention,
    Pin,
    PlaceInThread,
    Poll,
    Post,
    Quote,
    Reader,
    Rest,
    Revision,
    ShownTag,
    Tag,
)


def forget_everything_of(author: Actor) -> None:
    """Empty every post of somebody, as `take_back` does for one, and delete the rest. The caller holds the transaction.

    Nobody is told of each post: that its author is gone says it. Rows of posts stay, empty, so that nothing brings
    them back and the answers of others keep their place.
    """
    tokens = list(Media.objects.filter(owner=author).exclude(token="").values_list("token", flat=True))
    search.forget_all_of(author.pk)
    for rows in (*_on_their_words(author), *_of_their_own(author)):
        rows.delete()
    now = clock.now()
    Post.objects.filter(author=author, withdrawn_at=None).update(
        title="", source="", html="", summary="", withdrawn_at=now
    )
    transaction.on_commit(lambda: blobs.delete_all(tokens))


def _on_their_words(author: Actor) -> list[QuerySet[Any]]:
    models = (Quote, Poll, Media, Revision, Mention, Tag, Boost, Like, Bookmark, Pin)
    return [model.objects.filter(post__author=author) for model in models]


def _of_their_own(author: Actor) -> list[QuerySet[Any]]:
    models = (Boost, Like, Bookmark, Pin, Rest, FollowedTag, ShownTag, Hush, PlaceInThread, Reader)
    return [
        Look.objects.filter(reader=author),
        Choice.objects.filter(chooser=author),
        Brought.objects.filter(owner=author),
        Draft.objects.filter(author=author),
        Media.objects.filter(owner=author),
        Filter.objects.filter(owner=author),
        *(model.objects.filter(actor=author) for model in models),
    ]
