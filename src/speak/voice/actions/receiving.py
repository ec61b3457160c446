"""What was said on other servers, as it arrives. The caller has checked who sent it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.events import emit
from speak.kernel.ids import new_id
from speak.kernel.inserted import insert
from speak.kernel.prepared import Prepared
from speak.voice import search
from speak.voice.actions.polls import IncomingPoll, receive_poll
from speak.voice.actions.speaking import take_back
from speak.voice.events import PostEdited, PostReceived
from speak.voice.models import Media, Mention, Post, PostKind, Reader, Revision, Tag
from speak.voice.queries.readable import may_be_answered_by
from speak.voice.reach import LISTED, Reach
from speak.voice.sanitize import sanitize

KNOWN = Prepared(lambda uri: Post.objects.filter(uri=uri).values_list("pk")[:1])
EARLY = Prepared(
    lambda uri, thread_id: (
        Post.objects.filter(in_reply_to_uri=uri).exclude(thread_id=thread_id).values_list("pk", "thread_id")
    )
)

# Some sites change a word at each reading, a date or an advertisement: so many earlier wordings of theirs are kept.
MOST_WORDINGS = 20


@dataclass(frozen=True, slots=True)
class IncomingMedia:
    """A file shown in a post from elsewhere."""

    url: str
    media_type: str
    description: str = ""
    width: int = 0
    height: int = 0
    blurhash: str = ""
    focus: tuple[float, float] = (0, 0)


@dataclass(frozen=True, slots=True)
class IncomingPost:
    """A post from elsewhere, parsed and checked: plain values only. `html` is not sanitized yet."""

    uri: str
    url: str
    html: str
    reach: Reach
    said_at: dt.datetime
    kind: PostKind = PostKind.NOTE
    title: str = ""
    summary: str = ""
    is_sensitive: bool = False
    language: str = ""
    in_reply_to_uri: str = ""
    audience_owner: Actor | None = None
    audience_at: dt.datetime | None = None
    edited_at: dt.datetime | None = None
    forgets_earlier: bool = False
    readers: Sequence[Actor] = ()
    mentioned: Sequence[Actor] = ()
    tags: Sequence[str] = ()
    media: Sequence[IncomingMedia] = field(default=())
    policy: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    poll: IncomingPoll | None = None


@transaction.atomic(savepoint=False)
def receive_post(author: Actor, *, incoming: IncomingPost) -> Post:
    """Keep a post from elsewhere; one that is here already, or was withdrawn, stays as it is.

    It stands or falls with the transaction it is called in.
    """
    if KNOWN.exists(incoming.uri):
        return Post.objects.get(uri=incoming.uri)
    answered = _answered_by(author, incoming.in_reply_to_uri)
    now = clock.now()
    said_at = min(incoming.said_at, now)
    identifier = new_id(at=said_at)
    post = Post(
        id=identifier,
        uri=incoming.uri,
        url=incoming.url,
        author=author,
        kind=incoming.kind,
        title=incoming.title,
        html=sanitize(incoming.html),
        summary=incoming.summary,
        is_sensitive=incoming.is_sensitive or bool(incoming.summary),
        language=incoming.language,
        reach=incoming.reach,
        audience_owner=incoming.audience_owner or author,
        audience_at=incoming.audience_at or now,
        in_reply_to=answered,
        in_reply_to_uri=incoming.in_reply_to_uri,
        answered_id=answered.author_id if answered else None,
        thread_id=answered.thread_id if answered else identifier,
        policy=incoming.policy,
        said_at=said_at,
        edited_at=incoming.edited_at,
        created_at=now,
    )
    insert(post)
    _fill(post, incoming)
    if incoming.poll is not None:
        receive_poll(post, incoming.poll)
    search.index(post, is_new=True)
    _gather_answers(post)
    emit(PostReceived(post_id=post.pk, answered_post_id=post.in_reply_to_id))
    return post


@transaction.atomic
def receive_edit(author: Actor, *, incoming: IncomingPost) -> Post | None:
    """Take over a newer wording of a post from elsewhere.

    An older one, or somebody else's, changes nothing. One that has no time and says the same, or asks the same,
    is no newer wording; what its author lets others do is taken over all the same. Earlier wordings are kept,
    unless it asks to forget them.
    """
    post = Post.objects.select_for_update().filter(uri=incoming.uri, author=author, withdrawn_at=None).first()
    if post is None:
        return None
    _take_policy(post, incoming)
    if incoming.edited_at is None and (incoming.kind == PostKind.QUESTION or _is_the_same(post, incoming)):
        return None
    edited_at = incoming.edited_at or clock.now()
    if edited_at <= (post.edited_at or post.said_at):
        return None
    if incoming.forgets_earlier:
        post.revisions.all().delete()
    else:
        _keep_wording(post, most=MOST_WORDINGS if author.is_site else None)
    post.title, post.html, post.summary = incoming.title, sanitize(incoming.html), incoming.summary
    post.is_sensitive = incoming.is_sensitive or bool(incoming.summary)
    post.kind, post.language, post.edited_at = incoming.kind, incoming.language, edited_at
    post.save()
    post.media.all().delete()
    post.mentions.exclude(actor__in=incoming.mentioned).delete()
    post.tags.exclude(name__in=incoming.tags).delete()
    _fill(post, incoming)
    if incoming.poll is not None:
        receive_poll(post, incoming.poll)
    search.index(post)
    emit(PostEdited(post_id=post.pk))
    return post


def _take_policy(post: Post, incoming: IncomingPost) -> None:
    """What the author lets others do now; some servers say so at the time of the wording that is known."""
    is_older = incoming.edited_at is not None and incoming.edited_at < (post.edited_at or post.said_at)
    if post.policy != incoming.policy and not is_older:
        post.policy = incoming.policy
        post.save(update_fields=["policy"])


def _keep_wording(post: Post, *, most: int | None) -> None:
    said_at = post.edited_at or post.said_at
    Revision.objects.create(post=post, title=post.title, html=post.html, summary=post.summary, said_at=said_at)
    if most is not None:
        kept = list(post.revisions.order_by("-said_at", "-pk").values_list("pk", flat=True)[:most])
        post.revisions.exclude(pk__in=kept).delete()


@transaction.atomic
def receive_withdrawal(author: Actor, *, uri: str) -> bool:
    """Take back a post from elsewhere at its author's word; says whether there was one."""
    post = Post.objects.select_for_update().filter(uri=uri, author=author, withdrawn_at=None).first()
    if post is None:
        return False
    take_back(post)
    return True


@transaction.atomic
def forget_words_of(author: Actor) -> None:
    """An actor of another server is gone, and their words with them."""
    for post in Post.objects.filter(author=author, withdrawn_at=None):
        take_back(post)


def _is_the_same(post: Post, incoming: IncomingPost) -> bool:
    words = (incoming.title, sanitize(incoming.html), incoming.summary)
    return (post.title, post.html, post.summary) == words and len(incoming.media) == post.media.count()


def _answered_by(author: Actor, uri: str) -> Post | None:
    """What it answers, if that is known. Below what was said here stands only who may read it."""
    answered = Post.objects.filter(uri=uri).select_related("author").first() if uri else None
    if answered is None or answered.withdrawn_at or may_be_answered_by(author, uri=uri):
        return answered
    return None


def _fill(post: Post, incoming: IncomingPost) -> None:
    if incoming.reach in {*LISTED, Reach.FOLLOWERS}:
        Reader.objects.bulk_create(
            (Reader(post=post, actor=actor) for actor in incoming.readers if actor.pk != post.author_id),
            ignore_conflicts=True,
        )
    Mention.objects.bulk_create(
        (Mention(post=post, actor=actor) for actor in incoming.mentioned), ignore_conflicts=True
    )
    Tag.objects.bulk_create((Tag(post=post, name=name[:100]) for name in incoming.tags), ignore_conflicts=True)
    Media.objects.bulk_create(
        Media(
            owner=post.author,
            post=post,
            remote_url=item.url,
            media_type=item.media_type,
            description=item.description,
            width=item.width,
            height=item.height,
            blurhash=item.blurhash,
            focus_x=item.focus[0],
            focus_y=item.focus[1],
            position=position,
        )
        for position, item in enumerate(incoming.media)
    )


def _gather_answers(post: Post) -> None:
    """Answers that arrived before what they answer take their place below it.

    What this post itself answers, directly or through others, does not: no conversation runs in a circle.
    """
    early = EARLY.all(post.uri, post.thread_id)
    if not early:
        return
    Post.objects.filter(pk__in=[pk for pk, _ in early]).update(in_reply_to=post, answered=post.author)
    Post.objects.filter(thread_id__in={thread_id for _, thread_id in early}).update(thread_id=post.thread_id)
