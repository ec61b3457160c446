"""Posts in the order of time, newest first, a window at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Case, Exists, F, Model, OuterRef, Q, QuerySet, When

from speak.identity.models import FEED, Actor, Follow, FollowState, List, ListReplies
from speak.identity.queries import live_mutes
from speak.voice import search
from speak.voice.models import Bookmark, Boost, Like, Media, Post, Tag
from speak.voice.queries.readable import is_apart, is_unheard, readable_by
from speak.voice.reach import OPEN, Reach

DEFAULT_LIMIT = 20
Row = TypeVar("Row", bound=Model)
SHOWN_WITH = ("author", "audience_owner", "answered")
SHOWN_AFTER = ("media", "tags", "readers__actor")
# As `Post.known_as`, of the post that something is about.
KNOWN_AS = Case(When(post__uri__startswith=FEED, then=F("post__url")), default=F("post__uri"))


@dataclass(frozen=True, slots=True)
class Window:
    """At most `limit` of a list: the newest with ids below `before` and above `since`, or those next above `after`."""

    before: int | None = None
    after: int | None = None
    since: int | None = None
    limit: int = DEFAULT_LIMIT


@dataclass(frozen=True, slots=True)
class Entry:
    """A post in a timeline; with the boost that brought it, where one did."""

    id: int
    post: Post
    boosted_by: Actor | None = None


@dataclass(frozen=True, slots=True)
class Kinds:
    """Which of somebody's posts are wanted: all of them, or only some."""

    only_media: bool = False
    without_answers: bool = False
    without_boosts: bool = False
    without_words_to_few: bool = False
    tag: str = ""


EVERYTHING = Kinds()


def posts_of(viewer: Actor | None, author: Actor, window: Window, *, kinds: Kinds = EVERYTHING) -> list[Entry]:
    """What an actor said and passed on, as far as the viewer may read it; for their profile."""
    said = readable_by(viewer).filter(author=author)
    if kinds.only_media:
        said = said.filter(Exists(Media.objects.filter(post=OuterRef("pk"))))
    if kinds.without_answers:
        said = said.filter(Q(in_reply_to_uri="") | Q(answered=author))
    if kinds.without_words_to_few:
        said = said.exclude(reach__in=(Reach.NAMED, Reach.SELF))
    if kinds.tag:
        said = said.filter(tags__name=kinds.tag.lower())
    posts = list(_shown(windowed(said, window)))
    if kinds.without_boosts or kinds.only_media or kinds.tag:
        return together(window, posts, [])
    return _beside(posts, shown_to(viewer, Boost.objects.filter(actor=author)), window)


def said_by(author: Actor) -> QuerySet[Post]:
    """All that somebody said and did not take back, in no order; for what they take along."""
    return Post.objects.filter(author=author, withdrawn_at=None)


def roots_of(thread_ids: Iterable[int]) -> dict[int, str]:
    """The address of what began each of these conversations, by its number; not the words."""
    return dict(Post.objects.filter(pk__in=set(thread_ids)).values_list("pk", "uri"))


def addresses_liked_by(author: Actor) -> QuerySet[Like, str]:
    """The addresses of what somebody thanked for, newest first; not the words, which are others'."""
    return Like.objects.filter(actor=author).order_by("-pk").values_list(KNOWN_AS, flat=True)


def addresses_kept_by(author: Actor) -> QuerySet[Bookmark, str]:
    """The addresses of what somebody keeps, likewise."""
    return Bookmark.objects.filter(actor=author).order_by("-pk").values_list(KNOWN_AS, flat=True)


def boosts_of(author: Actor) -> Iterator[Boost]:
    """What somebody passed on, the oldest first, with its author; for what they take along, without its words."""
    return Boost.objects.filter(actor=author).select_related("actor", "post__author").order_by("pk").iterator()


def entry_of_boost(viewer: Actor | None, boost_id: int) -> Entry | None:
    """One passing on, if the viewer may see it."""
    found = shown_to(viewer, Boost.objects.filter(pk=boost_id)).first()
    return Entry(found.pk, found.post, found.actor) if found else None


def booster_of_event(boost_id: int) -> int | None:
    """Who passed something on, by number, for what follows from the event; nobody once it was taken back."""
    return Boost.objects.filter(pk=boost_id).values_list("actor", flat=True).first()


def list_timeline(viewer: Actor, known: List, window: Window) -> list[Entry]:
    """What the people in one of the viewer's lists say and pass on."""
    members = known.members.values("actor")
    followed = Follow.objects.filter(follower=viewer, state=FollowState.ACCEPTED).values("target")
    heard = {ListReplies.FOLLOWED: followed, ListReplies.LIST: members}.get(ListReplies(known.replies))
    in_hearing = Q(in_reply_to_uri="") | Q(answered=F("author"))
    if heard is not None:
        in_hearing |= Q(answered__in=heard) | Q(answered=viewer)
    said = readable_by(viewer).filter(in_hearing, author__in=members, room=0)
    muted = live_mutes(viewer).values("muted")
    posts = list(_shown(windowed(said.exclude(author__in=muted), window)))
    boosts = Boost.objects.filter(actor__in=members).exclude(Q(actor__in=muted) | Q(post__author__in=muted))
    return _beside(posts, shown_to(viewer, boosts), window)


def passed_on_by(actor: Actor, *, of: Actor) -> list[Post]:
    """What an actor has passed on of somebody's words."""
    return list(Post.objects.filter(author=of, boosts__actor=actor))


def gathered_here(viewer: Actor | None, window: Window) -> list[Post]:
    """Recent public words of the people here who chose to be seen, for the front page."""
    seen = readable_by(viewer).filter(reach=Reach.PUBLIC, author__domain="", author__is_listed=True, in_reply_to_uri="")
    seen = seen.exclude(is_unheard(viewer))
    return list(_shown(windowed(seen, window)))


def collection_of(viewer: Actor | None, author: Actor) -> QuerySet[Post]:
    """What an author said, newest first, for feeds and the outbox."""
    return _shown(readable_by(viewer).filter(author=author).order_by("-id"))


def announced(viewer: Actor, window: Window, *, is_local: bool | None = None, only_media: bool = False) -> list[Post]:
    """What is said to anyone, here or elsewhere or both, in the order of time; for people here."""
    said = readable_by(viewer).filter(reach=Reach.PUBLIC, in_reply_to_uri="").exclude(is_unheard(viewer))
    said = said.exclude(author__in=live_mutes(viewer).values("muted"))
    return list(_shown(windowed(_among(said, is_local=is_local, only_media=only_media), window)))


@dataclass(frozen=True, slots=True)
class AmongTagged:
    """Which of the posts with a tag, or with any of some, are wanted."""

    with_any: tuple[str, ...] = ()
    with_all: tuple[str, ...] = ()
    with_none: tuple[str, ...] = ()
    is_local: bool | None = None
    only_media: bool = False


def posts_tagged(viewer: Actor | None, tag: str, window: Window, *, among: AmongTagged = AmongTagged()) -> list[Post]:
    """Public posts with this tag; what is not announced is not gathered here."""
    tagged = readable_by(viewer).filter(reach=Reach.PUBLIC).exclude(is_unheard(viewer))
    named = _carries(tag, *among.with_any) if among.with_any else Q(tags__name=tag.lower())
    tagged = tagged.filter(named)
    for name in among.with_all:
        tagged = tagged.filter(_carries(name))
    if among.with_none:
        tagged = tagged.exclude(_carries(*among.with_none))
    tagged = _among(tagged, is_local=among.is_local, only_media=among.only_media)
    return list(_shown(windowed(tagged, window)))


def posts_tagged_here(tag: str, *, limit: int = DEFAULT_LIMIT) -> list[Post]:
    """What people here announce with this tag, newest first, as a stranger reads it; for its feed."""
    tagged = readable_by(None).filter(tags__name=tag.lower(), reach=Reach.PUBLIC, author__domain="")
    return list(_shown(tagged.exclude(is_unheard(None)).order_by("-id"))[:limit])


def posts_said_in(post: Post, *, limit: int = DEFAULT_LIMIT) -> list[Post]:
    """What people here said in the conversation of a post, newest first, as a stranger reads it; for its feed."""
    said = readable_by(None).filter(thread_id=post.thread_id, author__domain="")
    return list(_shown(said.order_by("-id"))[:limit])


def tags_said_by(author: Actor) -> list[str]:
    """The tags that somebody has used in what they said to anyone, in the order of the alphabet."""
    said = Tag.objects.filter(post__author=author, post__withdrawn_at=None, post__reach__in=OPEN)
    return list(said.order_by("name").values_list("name", flat=True).distinct())


def tags_found(words: str, *, limit: int) -> list[str]:
    """Hashtags that begin like this in what is said to anyone, in the order of the alphabet."""
    if not words:
        return []
    announced_with = Tag.objects.filter(
        name__startswith=words.lower(), post__reach=Reach.PUBLIC, post__withdrawn_at=None
    )
    return list(announced_with.order_by("name").values_list("name", flat=True).distinct()[:limit])


def posts_found(viewer: Actor, text: str, window: Window) -> list[Post]:
    """Posts that hold these words, among those the viewer may read."""
    return list(_shown(windowed(search.matching(readable_by(viewer).exclude(is_unheard(viewer)), text), window)))


def liked_by(viewer: Actor, window: Window) -> list[Entry]:
    """What the viewer thanked for, newest thanks first; only to themselves."""
    return _answered(viewer, Like.objects.filter(actor=viewer), window)


def kept_by(viewer: Actor, window: Window) -> list[Entry]:
    """What the viewer keeps, newest first; only to themselves."""
    return _answered(viewer, Bookmark.objects.filter(actor=viewer), window)


def _answered(viewer: Actor, answers: QuerySet[Row], window: Window) -> list[Entry]:
    readable = answers.filter(post__in=readable_by(viewer))
    rows = windowed(readable, window).values_list("pk", "post_id")
    answer_of = {post_id: pk for pk, post_id in rows}
    posts = _shown(Post.objects.filter(pk__in=answer_of))
    return sorted((Entry(answer_of[post.pk], post) for post in posts), key=lambda entry: -entry.id)


def windowed(rows: QuerySet[Row], window: Window) -> QuerySet[Row]:
    """The rows of the window: newest first, or the oldest of those after a point, as paging forward needs."""
    if window.before is not None:
        rows = rows.filter(pk__lt=window.before)
    if window.since is not None:
        rows = rows.filter(pk__gt=window.since)
    if window.after is None:
        return rows.order_by("-pk")[: window.limit]
    return rows.filter(pk__gt=window.after).order_by("pk")[: window.limit]


def _shown(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.select_related(*SHOWN_WITH).prefetch_related(*SHOWN_AFTER)


def _carries(*names: str) -> Exists:
    return Exists(Tag.objects.filter(post=OuterRef("pk"), name__in=[name.lower() for name in names]))


def _among(posts: QuerySet[Post], *, is_local: bool | None, only_media: bool) -> QuerySet[Post]:
    """Those said here or elsewhere, and those that show something, where that is wanted."""
    if is_local is not None:
        posts = posts.filter(author__domain="") if is_local else posts.exclude(author__domain="")
    return posts.filter(Exists(Media.objects.filter(post=OuterRef("pk")))) if only_media else posts


def _beside(posts: list[Post], boosts: QuerySet[Boost], window: Window) -> list[Entry]:
    """Posts, and beside them what was passed on."""
    whole = boosts.prefetch_related(*(f"post__{name}" for name in SHOWN_AFTER))

    def boosts_apart_from(ids: list[int]) -> list[Boost]:
        return list(windowed(whole.exclude(post__in=ids), window))

    once = once_each(boosts_apart_from, known=[post.pk for post in posts], limit=window.limit)
    return together(window, posts, once)


def shown_to(viewer: Actor | None, boosts: QuerySet[Boost]) -> QuerySet[Boost]:
    """Those of posts that anybody may read, as far as nobody among these is suspended or apart from the viewer."""
    shown = boosts.filter(post__reach__in=OPEN, post__withdrawn_at=None)
    shown = shown.filter(actor__suspended_at=None, post__author__suspended_at=None)
    shown = shown.select_related("actor", *(f"post__{name}" for name in SHOWN_WITH))
    return shown if viewer is None else shown.exclude(is_apart(viewer, "post__author") | is_apart(viewer, "actor"))


def together(window: Window, posts: Iterable[Post], boosts: Iterable[Boost]) -> list[Entry]:
    """Posts and boosts in one order of time; a post that stands there by itself is not shown as passed on too."""
    entries = [*(Entry(post.pk, post) for post in posts), *(Entry(each.pk, each.post, each.actor) for each in boosts)]
    ordered = sorted(entries, key=lambda entry: entry.id, reverse=window.after is None)
    return sorted(ordered[: window.limit], key=lambda entry: -entry.id)


def once_each(read: Callable[[list[int]], list[Boost]], *, known: Sequence[int], limit: int) -> list[Boost]:
    """The boosts of the window, one for each post: as many as it holds, however often each was passed on.

    `read` answers a window apart from the boosts of some posts. Were there fewer, the timeline would go
    on below what it had not looked at.
    """
    found: dict[int, Boost] = {}
    while batch := read([*known, *found]):
        for boost in batch:
            found.setdefault(boost.post_id, boost)
        if len(batch) < limit or len(found) >= limit:
            break
    return list(found.values())
