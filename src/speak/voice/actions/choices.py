"""What somebody chooses to hear, to show, or not to be told of."""

import re

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.models import Actor
from speak.kernel.errors import Invalid, TooMuch
from speak.voice.models import FollowedTag, Hush, PlaceInThread, Post, ShownTag
from speak.voice.queries import latest_in_thread

MOST_FOLLOWED, MOST_SHOWN, LONGEST = 200, 10, 100
TAG = re.compile(r"(?=.*\w*[^\W\d])\w+")


def follow_tag(actor: Actor, *, name: str) -> str:
    """Hear what is said to anyone with this hashtag; returns it as it is kept.

    Raises:
        Invalid: it is no hashtag.
        TooMuch: two hundred are enough.
    """
    kept = tag_name(name).lower()
    if FollowedTag.objects.filter(actor=actor).count() >= MOST_FOLLOWED:
        raise TooMuch(
            ngettext("You follow %(most)d hashtag.", "You follow %(most)d hashtags.", MOST_FOLLOWED)
            % {"most": MOST_FOLLOWED},
            hint=_("Let one go that you do not read."),
        )
    FollowedTag.objects.get_or_create(actor=actor, name=kept)
    return kept


def unfollow_tag(actor: Actor, *, name: str) -> str:
    """No longer; returns it as it was kept."""
    kept = tag_name(name).lower()
    FollowedTag.objects.filter(actor=actor, name=kept).delete()
    return kept


@transaction.atomic
def show_tag(actor: Actor, *, name: str) -> ShownTag:
    """Show on one's profile that one speaks of this.

    Raises:
        Invalid: it is no hashtag.
        TooMuch: ten are enough.
    """
    written = tag_name(name)
    known = next((tag for tag in actor.shown_tags.all() if tag.name.lower() == written.lower()), None)
    if known is not None:
        return known
    if actor.shown_tags.count() >= MOST_SHOWN:
        raise TooMuch(
            ngettext("Your profile shows %(most)d hashtag.", "Your profile shows %(most)d hashtags.", MOST_SHOWN)
            % {"most": MOST_SHOWN},
            hint=_("Take one off first."),
        )
    return ShownTag.objects.create(actor=actor, name=written)


def take_tag_off(actor: Actor, *, tag_id: int) -> None:
    """No longer show it."""
    ShownTag.objects.filter(actor=actor, pk=tag_id).delete()


def tag_name(name: str) -> str:
    """A hashtag without its sign.

    Raises:
        Invalid: it has other signs than letters, digits and _, is too long, or is a number.
    """
    found = name.strip().removeprefix("#")
    if len(found) > LONGEST or not TAG.fullmatch(found):
        raise Invalid(_("A hashtag is made of letters, digits and _, and not of digits alone."))
    return found


def hush(actor: Actor, *, post: Post) -> None:
    """Be told no more of what is said in the conversation around a post."""
    Hush.objects.get_or_create(actor=actor, thread_id=post.thread_id)


def unhush(actor: Actor, *, post: Post) -> None:
    """Be told of it again."""
    Hush.objects.filter(actor=actor, thread_id=post.thread_id).delete()


def read_conversation(actor: Actor, *, thread_id: int) -> Post:
    """All that was said so far in a conversation among a few has been read; returns the latest of it.

    Raises:
        NotThere: there is none for them.
    """
    latest = latest_in_thread(actor, thread_id)
    _place(actor, thread_id, read_up_to=latest.pk)
    return latest


def put_conversation_away(actor: Actor, *, thread_id: int) -> None:
    """It is listed no more, until somebody goes on with it.

    Raises:
        NotThere: there is none for them.
    """
    _place(actor, thread_id, away_up_to=latest_in_thread(actor, thread_id).pk)


def _place(actor: Actor, thread_id: int, **up_to: int) -> None:
    PlaceInThread.objects.update_or_create(actor=actor, thread_id=thread_id, defaults=up_to)
