"""What is shown along with posts, read for many at once: as `prefetch_related` does, by SQL that is written once."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from speak.identity.models import Actor
from speak.kernel.prepared import Prepared
from speak.voice.models import Media, Post, Reader, Tag

Row = TypeVar("Row", Media, Reader, Tag)
PEOPLE: Prepared[Actor] = Prepared(lambda ids: Actor.objects.filter(pk__in=ids))
MEDIA: Prepared[Media] = Prepared(lambda ids: Media.objects.filter(post__in=ids))
TAGS: Prepared[Tag] = Prepared(lambda ids: Tag.objects.filter(post__in=ids))
READERS: Prepared[Reader] = Prepared(lambda ids: Reader.objects.filter(post__in=ids).select_related("actor"))


def attach(posts: Sequence[Post]) -> None:
    """Read the people, media, tags and readers of these posts; asking a post for them takes no query then."""
    _keep_people(posts)
    ids = tuple(post.pk for post in posts)
    _keep(posts, "media", MEDIA.all(ids))
    _keep(posts, "tags", TAGS.all(ids))
    _keep(posts, "readers", READERS.all(ids))


def _keep_people(posts: Sequence[Post]) -> None:
    """Each of them once, however many posts they stand in."""
    ids = {pk for post in posts for pk in (post.author_id, post.audience_owner_id, post.answered_id) if pk}
    people = {actor.pk: actor for actor in PEOPLE.all(tuple(ids))}
    for post in posts:
        post.author, post.audience_owner = people[post.author_id], people[post.audience_owner_id]
        post.answered = people.get(post.answered_id or 0)


def _keep(posts: Sequence[Post], name: str, rows: Iterable[Row]) -> None:
    """Put them where Django keeps what it has read ahead (django.db.models.query.prefetch_one)."""
    of_post: dict[int | None, list[Row]] = {}
    for row in rows:
        of_post.setdefault(row.post_id, []).append(row)
    for post in posts:
        found = getattr(post, name).get_queryset()
        found._result_cache, found._prefetch_done = of_post.get(post.pk, []), True  # noqa: SLF001
        post.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found
