"""What somebody chose to hear, to show or not to be told of; and conversations among a few."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.kernel.prepared import Prepared
from speak.voice.errors import NotThere
from speak.voice.models import FollowedTag, Hush, PlaceInThread, Post, ShownTag, Tag
from speak.voice.queries.readable import readable_by
from speak.voice.queries.timelines import Window
from speak.voice.reach import Reach

FOLLOWED_TAGS = Prepared(lambda actor_id: FollowedTag.objects.filter(actor=actor_id).order_by().values_list("name"))
HUSHED = Prepared(
    lambda actor_id, threads: Hush.objects.filter(actor=actor_id, thread_id__in=threads).values_list("thread_id")
)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Words among a few, as one of them sees it: the latest post, who takes part, whether it was read."""

    thread_id: int
    latest: Post
    others: list[Actor]
    is_unread: bool


def followed_tags(viewer: Actor) -> QuerySet[FollowedTag]:
    """The hashtags that somebody hears."""
    return FollowedTag.objects.filter(actor=viewer)


def names_of_followed_tags(viewer: Actor) -> tuple[str, ...]:
    """The same by name; asked for with every home page."""
    return tuple(name for (name,) in FOLLOWED_TAGS.all(viewer.pk))


def following_tags_among(actor_ids: Iterable[int], *, post: Post) -> set[int]:
    """Those of these actors, by id, who hear a hashtag of this post."""
    tags = post.tags.values("name")
    heard = FollowedTag.objects.filter(actor__in=list(actor_ids), name__in=tags)
    return set(heard.values_list("actor", flat=True))


def shown_tags_of(owner: Actor) -> list[ShownTag]:
    """The hashtags on somebody's profile, in the order in which they put them there."""
    return list(owner.shown_tags.all())


def tags_used_by(author: Actor, *, limit: int) -> list[str]:
    """The hashtags that somebody used last, each once."""
    used = Tag.objects.filter(post__author=author, post__withdrawn_at=None)
    latest = used.values("name").annotate(last=Max("post")).order_by("-last")
    return [row["name"] for row in latest[:limit]]


def is_hushed_by(actor: Actor, post: Post) -> bool:
    """Whether somebody does not want to be told of this conversation."""
    return Hush.objects.filter(actor=actor, thread_id=post.thread_id).exists()


def hushed_among(viewer: Actor | None, posts: Iterable[Post]) -> set[int]:
    """Those of these posts, by id, of whose conversations the viewer is told no more."""
    threads = {post.pk: post.thread_id for post in posts}
    if viewer is None or not threads:
        return set()
    hushed = {thread_id for (thread_id,) in HUSHED.all(viewer.pk, tuple(set(threads.values())))}
    return {pk for pk, thread_id in threads.items() if thread_id in hushed}


def conversations_of(viewer: Actor, window: Window) -> list[Conversation]:
    """Words among named people that somebody takes part in, what was said last first."""
    latest = _among_few(viewer).order_by().values("thread_id").annotate(last=Max("pk"))
    if window.before is not None:
        latest = latest.filter(last__lt=window.before)
    above = max(filter(None, (window.since, window.after)), default=None)
    if above is not None:
        latest = latest.filter(last__gt=above)
    order = "last" if window.after is not None else "-last"
    places = {place.thread_id: place for place in PlaceInThread.objects.filter(actor=viewer)}
    away = [place.away_up_to for place in places.values() if place.away_up_to]
    rows = latest.exclude(last__in=away).order_by(order)[: window.limit]
    return _shown(viewer, [row["last"] for row in rows], places)


def conversation_of(viewer: Actor, thread_id: int) -> Conversation:
    """One of them.

    Raises:
        NotThere: there is none for them.
    """
    places = {place.thread_id: place for place in PlaceInThread.objects.filter(actor=viewer, thread_id=thread_id)}
    return _shown(viewer, [latest_in_thread(viewer, thread_id).pk], places)[0]


def latest_in_thread(viewer: Actor, thread_id: int) -> Post:
    """What was said last in a conversation among a few.

    Raises:
        NotThere: there is none for them.
    """
    latest = _among_few(viewer).filter(thread_id=thread_id).order_by("-pk").first()
    if latest is None:
        raise NotThere(_("There is no such conversation of yours."))
    return latest


def _among_few(viewer: Actor) -> QuerySet[Post]:
    return readable_by(viewer).filter(reach=Reach.NAMED)


def _shown(viewer: Actor, ids: list[int], places: dict[int, PlaceInThread]) -> list[Conversation]:
    posts = readable_by(viewer).filter(pk__in=ids).select_related("author", "audience_owner", "answered")
    return [
        Conversation(
            thread_id=post.thread_id,
            latest=post,
            others=_others(viewer, post),
            is_unread=post.author_id != viewer.pk and post.pk > _read_up_to(places.get(post.thread_id)),
        )
        for post in posts.prefetch_related("readers__actor", "media", "tags").order_by("-pk")
    ]


def _others(viewer: Actor, post: Post) -> list[Actor]:
    people = {post.author_id: post.author} | {reader.actor_id: reader.actor for reader in post.readers.all()}
    return [actor for pk, actor in people.items() if pk != viewer.pk]


def _read_up_to(place: PlaceInThread | None) -> int:
    return place.read_up_to if place else 0
