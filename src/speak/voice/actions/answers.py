"""Answers without words: passing on, thanking, keeping, letting rest."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from speak.identity.actions import check_lives_here, check_may_speak
from speak.identity.models import Actor
from speak.kernel.errors import TooMuch
from speak.kernel.events import emit
from speak.kernel.ids import new_id
from speak.voice import rules
from speak.voice.errors import NotThere, NotToBePassedOn
from speak.voice.events import BoostWithdrawn, LikeWithdrawn, PostBoosted, PostLiked
from speak.voice.models import Bookmark, Boost, Like, Post, Rest
from speak.voice.policies import leave_to
from speak.voice.queries.readable import readable_by

# In how many ways one actor elsewhere may thank for one post.
MOST_LIKES = 5


@transaction.atomic
def boost(actor: Actor, *, post: Post, uri: str = "") -> Boost:
    """Pass a post on to those who follow one.

    Raises:
        NotThere: not readable by the actor.
        NotToBePassedOn: not for anyone (promise 4).
    """
    check_may_speak(actor)
    check_lives_here(actor)
    check_readable(actor, post)
    if not rules.may_boost(post.reach):
        raise NotToBePassedOn(_("Only what anyone may read can be passed on."))
    if actor.is_local and leave_to(actor, post).boost == rules.Leave.NO:
        raise NotToBePassedOn(_("%(name)s does not want this passed on.") % {"name": post.author.called})
    row, is_new = Boost.objects.get_or_create(actor=actor, post=post, defaults={"uri": uri or _new_uri()})
    if is_new:
        emit(PostBoosted(boost_id=row.pk))
    return row


@transaction.atomic
def unboost(actor: Actor, *, post: Post) -> None:
    """No longer pass a post on."""
    row = Boost.objects.filter(actor=actor, post=post).first()
    if row is None:
        return
    event = BoostWithdrawn(actor_id=actor.pk, post_id=post.pk, boost_id=row.pk, boost_uri=row.uri)
    row.delete()
    emit(event)


@transaction.atomic
def like(actor: Actor, *, post: Post, uri: str = "", emoji: str = "") -> Like:
    """Thank the author of a post; people elsewhere may do so with an emoji, and with a few of them.

    Raises:
        NotThere: not readable by the actor.
        TooMuch: they did so in many ways already.
    """
    check_may_speak(actor)
    check_readable(actor, post)
    if emoji and Like.objects.filter(actor=actor, post=post).exclude(emoji=emoji).count() >= MOST_LIKES:
        raise TooMuch(_("That is enough of a good thing."))
    row, is_new = Like.objects.get_or_create(actor=actor, post=post, emoji=emoji, defaults={"uri": uri or _new_uri()})
    if is_new:
        emit(PostLiked(like_id=row.pk))
    return row


@transaction.atomic
def unlike(actor: Actor, *, post: Post, uri: str = "") -> None:
    """Take a like back: the one with this id, or any."""
    rows = Like.objects.filter(actor=actor, post=post)
    row = (rows.filter(uri=uri) if uri else rows).first()
    if row is None:
        return
    event = LikeWithdrawn(actor_id=actor.pk, post_id=post.pk, like_id=row.pk, like_uri=row.uri)
    row.delete()
    emit(event)


def keep(actor: Actor, *, post: Post) -> None:
    """Keep a post to read it again; nobody is told."""
    check_readable(actor, post)
    Bookmark.objects.get_or_create(actor=actor, post=post)


def let_go(actor: Actor, *, post: Post) -> None:
    """No longer keep a post."""
    Bookmark.objects.filter(actor=actor, post=post).delete()


def let_rest(actor: Actor, *, post: Post) -> None:
    """A post no longer waits for one's answer; nobody is told (promise 11)."""
    check_readable(actor, post)
    Rest.objects.get_or_create(actor=actor, post=post)


def check_readable(actor: Actor, post: Post) -> None:
    """Refuse what the actor may not read, as if it were not there."""
    if not readable_by(actor).filter(pk=post.pk).exists():
        raise NotThere(_("There is nothing here, or nothing for you."))


def _new_uri() -> str:
    return f"{settings.SPEAK_URL}/activities/{new_id()}"
