"""What follows, for people, from what is said."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from speak.identity.actions import Occasion, forget_about_post, notify
from speak.identity.events import ActorBlocked, ActorGone, PersonLeft
from speak.identity.models import Actor, Follow, FollowState, Notification, NotificationKind
from speak.kernel import clock
from speak.kernel.events import on
from speak.kernel.prepared import Prepared
from speak.voice.actions.ending import forget_everything_of
from speak.voice.actions.looks import end_look
from speak.voice.actions.receiving import forget_words_of
from speak.voice.events import (
    BoostWithdrawn,
    LikeWithdrawn,
    PollEnded,
    PostBoosted,
    PostEdited,
    PostLiked,
    PostPublished,
    PostReceived,
    PostWithdrawn,
    QuoteAgreed,
    QuoteAsked,
    QuoteRefused,
    QuoteTakenBack,
)
from speak.voice.models import Boost, Like, Mention, Post, Quote
from speak.voice.queries.choices import is_hushed_by
from speak.voice.queries.looks import looks_between
from speak.voice.queries.polls import choosers_here
from speak.voice.queries.quotes import quote_of_event
from speak.voice.queries.readable import post_of_event, readable_by
from speak.voice.reach import Reach

# Most of what arrives speaks to nobody here in particular: one question tells.
SPEAKS_TO_SOMEBODY = Prepared(
    lambda post_id: (
        Post.objects.filter(pk=post_id)
        .filter(
            Q(reach=Reach.NAMED.value)
            | Q(answered__domain="")
            | Exists(Mention.objects.filter(post=OuterRef("pk"), actor__domain=""))
        )
        .values_list("pk")
    )
)
WANTS_EACH: Prepared[Follow] = Prepared(
    lambda post_id: Follow.objects.filter(
        target__in=Post.objects.filter(pk=post_id).values("author"), state=FollowState.ACCEPTED, tells_of_each=True
    ).select_related("follower")
)
# What was said longer ago and only arrives now is nothing new.
NEW_FOR = dt.timedelta(days=1)
MENTIONS_HERE: Prepared[Mention] = Prepared(
    lambda post_id: Mention.objects.filter(post=post_id, actor__domain="").select_related("actor")
)


@on(PostPublished, PostReceived, PostEdited)
def tell_those_it_speaks_to(event: PostPublished | PostReceived | PostEdited) -> None:
    """Whoever is answered, called by name or among the few readers hears of it, if they may read it."""
    if not SPEAKS_TO_SOMEBODY.exists(event.post_id):
        return
    post = post_of_event(event.post_id)
    told: set[int] = {post.author_id}
    if post.answered and post.answered.is_local:
        _tell(post, post.answered, kind=NotificationKind.REPLY, told=told)
    for mention in MENTIONS_HERE.all(post.pk):
        _tell(post, mention.actor, kind=NotificationKind.MENTION, told=told)
    if post.reach == Reach.NAMED:
        for reader in post.readers.filter(actor__domain="").select_related("actor"):
            _tell(post, reader.actor, kind=NotificationKind.MENTION, told=told)


@on(PostPublished, PostReceived)
def tell_those_who_want_each(event: PostPublished | PostReceived) -> None:
    """Those who want to be told of each post of somebody hear of this one; not of answers, and not of what is old."""
    rows = WANTS_EACH.all(event.post_id)
    if not rows:
        return
    post = post_of_event(event.post_id)
    is_answer = bool(post.in_reply_to_uri) and post.answered_id != post.author_id
    if is_answer or post.said_at < clock.now() - NEW_FOR:
        return
    told = set(Notification.objects.filter(post_id=post.pk).values_list("recipient", flat=True))
    for row in rows:
        _tell(post, row.follower, kind=NotificationKind.SAID, told=told)


@on(PostWithdrawn)
def forget_what_was_told(event: PostWithdrawn) -> None:
    """Nobody is told of what was taken back."""
    forget_about_post(event.post_id)


@on(PostBoosted)
def tell_of_a_boost(event: PostBoosted) -> None:
    """The author hears that somebody passed their words on."""
    boost = Boost.objects.select_related("actor", "post__author").get(pk=event.boost_id)
    notify(boost.post.author, kind=NotificationKind.BOOST, about=boost.actor, occasion=Occasion(post_id=boost.post_id))


@on(BoostWithdrawn)
def forget_a_boost(event: BoostWithdrawn) -> None:
    """It is not passed on any more."""
    actor = Actor.objects.get(pk=event.actor_id)
    forget_about_post(event.post_id, kind=NotificationKind.BOOST, about=actor)


@on(PostLiked)
def tell_of_a_like(event: PostLiked) -> None:
    """The author hears that somebody thanked them."""
    like = Like.objects.select_related("actor", "post__author").get(pk=event.like_id)
    notify(like.post.author, kind=NotificationKind.LIKE, about=like.actor, occasion=Occasion(post_id=like.post_id))


@on(LikeWithdrawn)
def forget_a_like(event: LikeWithdrawn) -> None:
    """The like was taken back, and no other of theirs is left."""
    actor = Actor.objects.get(pk=event.actor_id)
    if not Like.objects.filter(actor=actor, post=event.post_id).exists():
        forget_about_post(event.post_id, kind=NotificationKind.LIKE, about=actor)


@on(QuoteAsked)
def ask_whoever_is_quoted(event: QuoteAsked) -> None:
    """Somebody here is asked whether their words may be shown inside those of somebody else."""
    _tell_quoted(quote_of_event(event.quote_id), kind=NotificationKind.QUOTE_ASKED)


@on(QuoteAgreed)
def tell_whoever_is_quoted(event: QuoteAgreed) -> None:
    """Somebody here hears where their words are shown; the request has been answered."""
    quote = quote_of_event(event.quote_id)
    forget_about_post(quote.post_id, kind=NotificationKind.QUOTE_ASKED)
    _tell_quoted(quote, kind=NotificationKind.QUOTED)


@on(QuoteRefused, QuoteTakenBack)
def forget_a_quote(event: QuoteRefused | QuoteTakenBack) -> None:
    """Nothing awaits them any more."""
    quote = quote_of_event(event.quote_id)
    for kind in (NotificationKind.QUOTE_ASKED, NotificationKind.QUOTED):
        forget_about_post(quote.post_id, kind=kind)


@on(PollEnded)
def tell_that_a_poll_is_over(event: PollEnded) -> None:
    """Whoever asked here, or chose here, can see now what was chosen."""
    post = post_of_event(event.post_id)
    told: set[int] = set()
    for recipient in [post.author, *choosers_here(post.pk)]:
        _tell(post, recipient, kind=NotificationKind.POLL_OVER, told=told)


@on(ActorGone)
def forget_their_words(event: ActorGone) -> None:
    """An actor who is gone elsewhere takes their words along."""
    forget_words_of(Actor.objects.get(pk=event.actor_id))


@on(PersonLeft)
def forget_everything(event: PersonLeft) -> None:
    """Somebody here who left takes along all they said, and all they kept."""
    forget_everything_of(Actor.objects.get(pk=event.actor_id))


def _tell_quoted(quote: Quote, *, kind: NotificationKind) -> None:
    """Whoever is quoted hears of it, if they may read the words around theirs."""
    if quote.quoted is not None and quote.quoted.is_local:
        _tell(quote.post, quote.quoted.author, kind=kind, told=set())


def _tell(post: Post, recipient: Actor, *, kind: NotificationKind, told: set[int]) -> None:
    if recipient.pk in told or not readable_by(recipient).filter(pk=post.pk).exists() or is_hushed_by(recipient, post):
        return
    told.add(recipient.pk)
    notify(recipient, kind=kind, about=post.author, occasion=Occasion(post.pk, is_private=post.reach == Reach.NAMED))


@on(ActorBlocked)
def end_looks_between(event: ActorBlocked) -> None:
    """Neither looks at a draft of the other any more, also when the block is taken back."""
    for look in looks_between(event.block_id):
        end_look(look.draft)
