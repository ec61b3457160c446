"""What is shown along with posts, read for many at once: as `prefetch_related` does, by SQL that is written once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model

from speak.identity.models import Actor, Link
from speak.kernel.prepared import Prepared
from speak.voice.models import Media, Mention, Post, Reader, Tag

PEOPLE: Prepared[Actor] = Prepared(lambda ids: Actor.objects.filter(pk__in=ids))
LINKS: Prepared[Link] = Prepared(lambda ids: Link.objects.filter(actor__in=ids))
MEDIA: Prepared[Media] = Prepared(lambda ids: Media.objects.filter(post__in=ids))
TAGS: Prepared[Tag] = Prepared(lambda ids: Tag.objects.filter(post__in=ids))
READERS: Prepared[Reader] = Prepared(lambda ids: Reader.objects.filter(post__in=ids).select_related("actor"))
MENTIONS: Prepared[Mention] = Prepared(lambda ids: Mention.objects.filter(post__in=ids).select_related("actor"))


def attach(posts: Sequence[Post]) -> None:
    """Read the people, media, tags and readers of these posts; asking a post for them takes no query then."""
    _keep_people(posts)
    ids = tuple(post.pk for post in posts)
    _keep(posts, "media", MEDIA.all(ids), by="post_id")
    _keep(posts, "tags", TAGS.all(ids), by="post_id")
    _keep(posts, "readers", READERS.all(ids), by="post_id")


def attach_names_and_places(posts: Sequence[Post]) -> None:
    """The same, and whom they name, and the other places of their authors: what apps show along."""
    attach([post for post in posts if "readers" not in _kept(post)])
    _keep(posts, "mentions", MENTIONS.all(tuple(post.pk for post in posts)), by="post_id")
    attach_places([post.author for post in posts])


def attach_places(actors: Sequence[Actor]) -> None:
    """Read the other places of these people."""
    unread = [actor for actor in actors if "links" not in _kept(actor)]
    _keep(unread, "links", LINKS.all(tuple({actor.pk for actor in unread})), by="actor_id")


def _keep_people(posts: Sequence[Post]) -> None:
    """Each of them once, however many posts they stand in."""
    ids = {pk for post in posts for pk in (post.author_id, post.audience_owner_id, post.answered_id) if pk}
    people = {actor.pk: actor for actor in PEOPLE.all(tuple(ids))}
    for post in posts:
        post.author, post.audience_owner = people[post.author_id], people[post.audience_owner_id]
        post.answered = people.get(post.answered_id or 0)


def _keep(owners: Sequence[Model], name: str, rows: Iterable[Model], *, by: str) -> None:
    """Put them where Django keeps what it has read ahead (django.db.models.query.prefetch_one)."""
    of_owner: defaultdict[int, list[Model]] = defaultdict(list)
    for row in rows:
        of_owner[getattr(row, by)].append(row)
    nothing = getattr(owners[0], name).none() if owners else None  # what most have
    for owner in owners:
        if owner.pk not in of_owner:
            _kept(owner)[name] = nothing
            continue
        found = getattr(owner, name).get_queryset()
        found._result_cache, found._prefetch_done = of_owner[owner.pk], True  # noqa: SLF001
        _kept(owner)[name] = found


def _kept(owner: Model) -> dict[str, Any]:
    kept: dict[str, Any] = owner.__dict__.setdefault("_prefetched_objects_cache", {})
    return kept
