"""What somebody said, a few hundred posts at a time, with all that stands in them."""

from collections.abc import Iterator

from speak.identity.models import Actor
from speak.voice.models import Post
from speak.voice.queries import said_by

AT_ONCE = 200
WITH = ("media", "tags", "mentions__actor", "readers__actor", "revisions", "poll__options")
BESIDE = ("author", "audience_owner", "in_reply_to__author", "in_reply_to__brought", "answered")
WITH_IT = ("brought", "pin", "poll", "quote__quoted")


def batches(author: Actor) -> Iterator[list[Post]]:
    """All that somebody said and did not take back, the oldest first, two hundred at a time."""
    after = 0
    said = said_by(author).select_related(*BESIDE, *WITH_IT).prefetch_related(*WITH)
    while batch := list(said.filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        yield batch
        after = batch[-1].pk


def media_name(token: str) -> str:
    """Where a picture lies in the file."""
    return f"media_attachments/files/{token}"


def first_address(uri: str, brought_key: str) -> str:
    """Where a post was said first: of one that was brought from another home, its address there."""
    return brought_key if brought_key.startswith(("https://", "http://")) else uri


def first_address_of(post: Post) -> str:
    """The same for a post with its `brought` row."""
    brought = getattr(post, "brought", None)
    return first_address(post.uri, brought.key if brought else "")
