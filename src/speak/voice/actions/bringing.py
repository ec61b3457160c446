"""What somebody said elsewhere, earlier, takes its place among their words here. Nobody is told, nothing is sent."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.actions import check_may_speak
from speak.identity.models import Actor
from speak.kernel import blobs, clock
from speak.kernel.events import emit
from speak.kernel.ids import new_id
from speak.kernel.texts import storable
from speak.voice import rules, search, text
from speak.voice.actions.answers import check_readable
from speak.voice.actions.brought_whole import WholeWords, complete, fill
from speak.voice.actions.speaking import MAX_ARTICLE, MAX_SUMMARY, MAX_TITLE, take_back
from speak.voice.errors import NotYours, TooLong, WrongAudience
from speak.voice.events import BroughtPostsForgotten, PostsBrought
from speak.voice.models import Boost, Brought, Like, Media, Pin, Post, PostKind, Quote, Tag
from speak.voice.reach import LISTED, Reach
from speak.voice.sanitize import sanitize
from speak.voice.source import source_of
from speak.voice.tags import pages_of_tags

MAX_KEY = 512


@dataclass(frozen=True, slots=True)
class BroughtPicture:
    """A picture in a post: where it lies in what is read, and what its author said of it."""

    name: str
    description: str = ""
    focus: tuple[float, float] = (0, 0)


@dataclass(frozen=True, slots=True)
class BroughtPost:
    """What somebody said elsewhere, as it was read: plain values only.

    `key` is what it is called there, an address mostly; `answers` is the key of what it answers, whosever that is.
    `html` is not sanitized yet; where there is none, `source` is what its author typed, as one types it here. `was` is
    who could read it there; `whole` comes from an archive of this program.
    """

    key: str
    said_at: dt.datetime
    was: Reach
    html: str = ""
    source: str = ""
    title: str = ""
    summary: str = ""
    is_sensitive: bool = False
    language: str = ""
    answers: str = ""
    edited_at: dt.datetime | None = None
    tags: Sequence[str] = ()
    pictures: Sequence[BroughtPicture] = ()
    whole: WholeWords | None = None


@dataclass(frozen=True, slots=True)
class BroughtFor:
    """Who may read here what anyone could read there, and what followers could read there: chosen by its author."""

    open_as: Reach = Reach.SELF
    followers_as: Reach = Reach.SELF


@dataclass(slots=True)
class _Batch:
    """What is written at once; `known` holds each post that may be answered in it, by its key."""

    owner: Actor
    chosen: BroughtFor
    import_id: int
    known: dict[str, Post] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    rows: list[Brought] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)


def check_may_bring(owner: Actor, chosen: BroughtFor) -> None:
    """Whether somebody may bring words here at all, for these readers.

    Raises:
        NotYours: the owner is no person (promise 1).
        Suspended: the owner says nothing here at present.
        WrongAudience: a choice that nobody could mean for all of one's words at once.
    """
    if not rules.may_author(owner.kind):
        raise NotYours(_("Words are a person's own: a group or an organisation has none."))
    check_may_speak(owner)
    if chosen.open_as in LISTED or chosen.followers_as not in {Reach.SELF, Reach.FOLLOWERS}:
        raise WrongAudience(_("What is brought here cannot be for them."), hint=_("Choose “Only me” first."))


def is_too_long(brought: BroughtPost) -> bool:
    """Whether it is longer than anything may be here."""
    return len(brought.html) > 4 * MAX_ARTICLE or len(brought.source) > MAX_ARTICLE


def key_of(address: str) -> str:
    """What a post is called, short enough to be kept."""
    address = storable(address)
    return address if len(address) <= MAX_KEY else f"sha256:{hashlib.sha256(address.encode()).hexdigest()}"


def brought_before(owner: Actor, keys: Iterable[str]) -> dict[str, int]:
    """Which of these are here already, with the number of what brought each; 0 where it was said here."""
    wanted = [key_of(key) for key in keys]
    said_here = Post.objects.filter(author=owner, uri__in=wanted).values_list("uri", flat=True)
    return dict.fromkeys(said_here, 0) | dict(
        Brought.objects.filter(owner=owner, key__in=wanted).values_list("key", "import_id")
    )


@transaction.atomic
def bring_posts(
    owner: Actor, *, posts: Sequence[tuple[BroughtPost, Sequence[Media]]], chosen: BroughtFor, import_id: int
) -> list[Post]:
    """Put these among the owner's words, each at its time; returns those that were not here yet.

    Each comes with pictures that were added for it. An answer to the owner's own words stands below them, whichever
    comes first; of an answer to somebody else's words the address is kept, and it stands below nothing here.

    Raises:
        NotYours, Suspended, WrongAudience: as `check_may_bring`.
        TooLong: longer than anything may be here.
    """
    check_may_bring(owner, chosen)
    known = brought_before(owner, (post.key for post, _ in posts))
    fresh = {key_of(post.key): (post, media) for post, media in posts if key_of(post.key) not in known}
    ordered = sorted(fresh.values(), key=lambda each: each[0].said_at)
    batch = _Batch(owner, chosen, import_id, known=_answered_by(owner, (post.answers for post, _ in ordered)))
    now = clock.now()
    numbers = _free_numbers([min(post.said_at, now) for post, _ in ordered])
    for number, (post, _media) in zip(numbers, ordered, strict=True):
        _add(batch, post, number)
    Post.objects.bulk_create(batch.posts)
    Brought.objects.bulk_create(batch.rows)
    Tag.objects.bulk_create(batch.tags, ignore_conflicts=True)
    for said, (post, media) in zip(batch.posts, ordered, strict=True):
        search.index(said, is_new=True)
        _show(said, media)
        if post.whole:
            complete(said, post.whole)
    _gather_answers(owner, batch)
    if batch.posts:
        emit(PostsBrought(owner_id=owner.pk, post_ids=tuple(post.pk for post in batch.posts)))
    return batch.posts


def bring_like(actor: Actor, *, post: Post) -> None:
    """That somebody thanked for a post elsewhere, for themselves to find again: its author was told then.

    Raises:
        NotThere: not readable by them.
    """
    check_readable(actor, post)
    uri = f"{settings.SPEAK_URL}/activities/{new_id()}"
    Like.objects.get_or_create(actor=actor, post=post, emoji="", defaults={"uri": uri})


@transaction.atomic
def forget_brought(owner: Actor, *, import_id: int, most: int = 200) -> int:
    """Undo what one import brought, so many posts at a time; returns how many are gone now.

    What somebody answered or passed on, or its author changed since, is taken back as anything said here is.
    """
    rows = list(Brought.objects.filter(owner=owner, import_id=import_id).select_related("post")[:most])
    touched = _touched([row.post for row in rows], import_id)
    gone: list[int] = []
    for row in rows:
        if row.post_id in touched:
            if row.post.withdrawn_at is None:
                take_back(row.post)
        else:
            gone.append(row.post_id)
    tokens = list(Media.objects.filter(post__in=gone).exclude(token="").values_list("token", flat=True))
    for post_id in gone:
        search.forget(post_id)
    Brought.objects.filter(pk__in=[row.pk for row in rows]).delete()
    Post.objects.filter(pk__in=gone).delete()
    transaction.on_commit(lambda: blobs.delete_all(tokens))
    if gone:
        emit(BroughtPostsForgotten(owner_id=owner.pk, post_ids=tuple(gone)))
    return len(rows)


def _touched(posts: Sequence[Post], import_id: int) -> set[int]:
    """Which of these anybody has met since they came."""
    ids = [post.pk for post in posts]
    touched = {post.pk for post in posts if post.withdrawn_at or (post.edited_at or post.said_at) > post.created_at}
    answers = Post.objects.filter(in_reply_to__in=ids).exclude(brought__import_id=import_id)
    touched |= {pk for pk in answers.values_list("in_reply_to_id", flat=True) if pk}
    for kind in (Boost, Like, Pin):
        touched |= set(kind.objects.filter(post__in=ids).values_list("post_id", flat=True))
    return touched | {pk for pk in Quote.objects.filter(quoted__in=ids).values_list("quoted_id", flat=True) if pk}


def _answered_by(owner: Actor, keys: Iterable[str]) -> dict[str, Post]:
    """The owner's own posts among those with these keys; also those that were said here in the first place."""
    wanted = {key_of(key) for key in keys if key}
    rows = Brought.objects.filter(owner=owner, key__in=wanted, post__withdrawn_at=None).select_related("post")
    said_here = Post.objects.filter(author=owner, uri__in=wanted, withdrawn_at=None)
    return {**{post.uri: post for post in said_here}, **{row.key: row.post for row in rows}}


def _add(batch: _Batch, brought: BroughtPost, number: int) -> None:
    if is_too_long(brought):
        raise TooLong(
            ngettext("This holds up to %(most)d character.", "This holds up to %(most)d characters.", MAX_ARTICLE)
            % {"most": MAX_ARTICLE}
        )
    answered = batch.known.get(key_of(brought.answers)) if brought.answers else None
    post, tags = _written(batch, brought, number=number, answered=answered)
    if brought.whole:
        fill(post, brought.whole)
    key = key_of(brought.key)
    batch.posts.append(post)
    row = Brought(owner=batch.owner, key=key, post=post, import_id=batch.import_id)
    row.answers = key_of(brought.answers)
    row.kept = dict(brought.whole.kept) if brought.whole else {}
    batch.rows.append(row)
    batch.tags += [Tag(post=post, name=name[:100]) for name in dict.fromkeys(tags)]
    batch.known[key] = post


def _written(batch: _Batch, brought: BroughtPost, *, number: int, answered: Post | None) -> tuple[Post, Sequence[str]]:
    owner, chosen = batch.owner, batch.chosen
    now = clock.now()
    reach = Reach(rules.reach_brought(brought.was, open_as=chosen.open_as, followers_as=chosen.followers_as))
    title, summary = storable(brought.title)[:MAX_TITLE], storable(brought.summary)[:MAX_SUMMARY]
    kind = PostKind.ARTICLE if title else PostKind.NOTE
    html, source, tags = _worded(brought, is_article=bool(title))
    post = Post(
        id=number,
        uri=f"{settings.SPEAK_URL}/posts/{number}",
        url=f"{settings.SPEAK_URL}{owner.path}/{number}",
        author=owner,
        kind=kind,
        title=title,
        source=source,
        html=html,
        summary=summary,
        is_sensitive=brought.is_sensitive or bool(summary),
        language=storable(brought.language)[:16],
        reach=reach,
        audience_owner=owner,
        audience_at=now,
        in_reply_to=answered,
        in_reply_to_uri=answered.uri if answered else _address(brought.answers),
        answered=owner if answered else None,
        thread_id=answered.thread_id if answered else number,
        said_at=min(brought.said_at, now),
        edited_at=brought.edited_at if brought.edited_at and brought.edited_at <= now else None,
        created_at=now,
    )
    return post, tags


def _address(key: str) -> str:
    """Where what was answered lies, of a key that says so."""
    return storable(key)[:2048] if key.startswith(("https://", "http://")) else ""


def _worded(brought: BroughtPost, *, is_article: bool) -> tuple[str, str, Sequence[str]]:
    """The words as shown, as they can be edited, and their tags."""
    source = storable(brought.source)
    if not brought.html:
        here = {"tag_url": pages_of_tags(), "here": settings.SPEAK_DOMAIN}
        rendered = text.render(source, is_article=is_article, known={}, **here)
        return rendered.html, source, [*rendered.tags, *_tags(brought)]
    html = sanitize(storable(brought.html))
    return html, (source or source_of(html, is_article=is_article))[:MAX_ARTICLE], _tags(brought)


def _tags(brought: BroughtPost) -> list[str]:
    return [name.lower() for name in (storable(tag).removeprefix("#")[:100] for tag in brought.tags) if name]


def _free_numbers(times: Sequence[dt.datetime]) -> list[int]:
    """A number for each time; many places tell it in seconds, so that another post may have the first by chance."""
    numbers = [new_id(at=at) for at in times]
    taken = set(Post.objects.filter(pk__in=numbers).values_list("pk", flat=True))
    while again := [place for place, number in enumerate(numbers) if number in taken]:
        for place in again:
            numbers[place] = new_id(at=times[place])
        taken = set(Post.objects.filter(pk__in=numbers).values_list("pk", flat=True))
    return numbers


def _show(post: Post, media: Sequence[Media]) -> None:
    for position, item in enumerate(media):
        Media.objects.filter(pk=item.pk, owner=post.author, post=None).update(post=post, position=position)


def _gather_answers(owner: Actor, batch: _Batch) -> None:
    """Answers that came before what they answer take their place below it; no conversation runs in a circle."""
    by_key = {row.key: row.post for row in batch.rows}
    early = Brought.objects.filter(owner=owner, answers__in=by_key, post__in_reply_to=None, post__withdrawn_at=None)
    for row in early.select_related("post"):
        answered = Post.objects.get(pk=by_key[row.answers].pk)
        thread_id = Post.objects.values_list("thread_id", flat=True).get(pk=row.post_id)
        if thread_id == answered.thread_id:
            continue
        Post.objects.filter(pk=row.post_id).update(
            in_reply_to=answered, in_reply_to_uri=answered.uri, answered_id=owner.pk
        )
        Post.objects.filter(thread_id=thread_id).update(thread_id=answered.thread_id)
