"""What stands at the top of somebody's profile, as they choose it."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.actions import check_may_speak
from speak.identity.models import Actor
from speak.kernel.errors import TooMuch
from speak.kernel.events import emit
from speak.voice import rules
from speak.voice.errors import NotToBePassedOn, NotYours
from speak.voice.events import PostPinned, PostUnpinned
from speak.voice.models import Pin, Post

MAX_PINS = 5


@transaction.atomic
def pin(author: Actor, *, post: Post) -> Pin:
    """Keep an open post of one's own at the top of one's profile.

    Raises:
        NotYours: somebody else said it, or it was taken back.
        NotToBePassedOn: not for anyone (promise 4).
        TooMuch: five stand there already.
    """
    check_may_speak(author)
    if not rules.may_change_words(is_author=post.author_id == author.pk, is_withdrawn=post.withdrawn_at is not None):
        raise NotYours(_("Only your own words stand at the top of your profile."))
    if not rules.may_boost(post.reach):
        raise NotToBePassedOn(_("Only what anyone may read stands at the top of a profile."))
    if Pin.objects.filter(actor=author).exclude(post=post).count() >= MAX_PINS:
        raise TooMuch(
            ngettext(
                "The top of a profile holds %(most)d post.", "The top of a profile holds %(most)d posts.", MAX_PINS
            )
            % {"most": MAX_PINS},
            hint=_("Take another one down first."),
        )
    row, is_new = Pin.objects.get_or_create(post=post, defaults={"actor": author})
    if is_new:
        emit(PostPinned(actor_id=author.pk, post_id=post.pk))
    return row


@transaction.atomic
def unpin(author: Actor, *, post: Post) -> None:
    """It stands among the others again. Nothing happens where it was not at the top."""
    removed, _ = Pin.objects.filter(actor=author, post=post).delete()
    if removed:
        emit(PostUnpinned(actor_id=author.pk, post_id=post.pk))


@transaction.atomic
def receive_pins(author: Actor, *, posts: list[Post]) -> None:
    """What somebody elsewhere keeps at the top at present, the first first; what stood there before does so no more."""
    own = [post for post in posts if post.author_id == author.pk and rules.may_boost(post.reach)][:MAX_PINS]
    Pin.objects.filter(actor=author).delete()
    for post in reversed(own):
        Pin.objects.get_or_create(post=post, defaults={"actor": author})
