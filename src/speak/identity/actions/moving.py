"""Moving between homes: saying where one comes from, going elsewhere, following somebody to a new home."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.actions.follows import follow, unfollow
from speak.identity.actions.limits import check_may_speak
from speak.identity.errors import MovedAway, NotYourself
from speak.identity.events import ActorMoved, ProfileChanged
from speak.identity.models import Actor, Follow
from speak.kernel import clock
from speak.kernel.errors import Conflict, NotFound, Refusal, TooMuch
from speak.kernel.events import emit

# How long after one move another one leads nobody on (Mastodon's measure).
REST = dt.timedelta(days=30)
MAX_OLD_HOMES = 10


@transaction.atomic
def name_old_home(actor: Actor, *, old: Actor) -> None:
    """Say that another account is, or was, the same person: from there one can move here (`alsoKnownAs`).

    Raises:
        NotYourself: it is this one.
        TooMuch: ten are named already.
    """
    current = Actor.objects.select_for_update().get(pk=actor.pk)
    if old.pk == current.pk:
        raise NotYourself(_("That is this home."), hint=_("Write the address of your other one."))
    if old.uri in current.also_known_as:
        return
    if len(current.also_known_as) >= MAX_OLD_HOMES:
        raise TooMuch(
            ngettext("A home names up to %(most)d other.", "A home names up to %(most)d others.", MAX_OLD_HOMES)
            % {"most": MAX_OLD_HOMES},
            hint=_("Remove one that you do not need any more."),
        )
    _names(actor, [*current.also_known_as, old.uri])


@transaction.atomic
def forget_old_home(actor: Actor, *, uri: str) -> None:
    """No longer say so.

    Raises:
        NotFound: it is not named.
    """
    current = Actor.objects.select_for_update().get(pk=actor.pk)
    if uri not in current.also_known_as:
        raise NotFound(_("Your home does not name that one."))
    _names(actor, [each for each in current.also_known_as if each != uri])


@transaction.atomic
def move_out(actor: Actor, *, new: Actor) -> None:
    """Live somewhere else from now on: followers are told to go along, and nothing new is said here.

    The caller has fetched the new home anew, and it names this one (`may_move_to`).

    Raises:
        Conflict: they have moved already, or the new home does not name this one.
        TooMuch: they moved less than thirty days ago.
        Suspended: they say nothing here at present.
    """
    check_may_speak(actor)
    current = Actor.objects.select_for_update().get(pk=actor.pk)
    if current.moved_to_uri:
        raise Conflict(_("You have moved already."), hint=_("Stay here after all, then you can move elsewhere."))
    if not may_move_to(current, new):
        raise Conflict(
            _("%(new)s does not say that it is you.") % {"new": new.address},
            hint=_("Let it name %(old)s first.") % {"old": current.address},
        )
    now = clock.now()
    if current.moved_at is not None and current.moved_at > now - REST:
        until = (current.moved_at + REST).date()
        raise TooMuch(
            _("You moved less than thirty days ago."),
            hint=_("Other servers follow again from %(day)s on.") % {"day": until},
        )
    for each in (current, actor):
        each.moved_to_uri, each.moved_at, each.changed_at = new.uri, now, now
    current.save(update_fields=["moved_to_uri", "moved_at", "changed_at"])
    emit(ProfileChanged(actor_id=actor.pk))
    emit(ActorMoved(actor_id=actor.pk, new_id=new.pk))


@transaction.atomic
def stay(actor: Actor) -> None:
    """Take a move back: speak here again. Who has gone along stays with the new home."""
    actor.moved_to_uri, actor.changed_at = "", clock.now()
    actor.save(update_fields=["moved_to_uri", "changed_at"])
    emit(ProfileChanged(actor_id=actor.pk))


def may_move_to(actor: Actor, new: Actor) -> bool:
    """Whether somebody is at home there too, by what the new home says: it names this one, and has not moved on."""
    is_there = new.gone_at is None and new.suspended_at is None and not new.moved_to_uri
    return is_there and new.pk != actor.pk and actor.uri in new.also_known_as


def check_lives_here(actor: Actor) -> None:
    """Refuse whatever followers would hear of, from somebody here who lives somewhere else by now.

    Raises:
        MovedAway: with what one can do.
    """
    if actor.is_local and actor.moved_to_uri:
        raise MovedAway(
            _("You have moved away, and say nothing new here."),
            hint=_("Speak at your new home, or stay here after all: under “Moving” in your settings."),
        )


@transaction.atomic
def lead_followers(old: Actor, *, new: Actor) -> int:
    """Let those here who follow `old`, an actor elsewhere, follow `new` instead; returns how many.

    The caller has checked that both say they are the same person.
    """
    moved = Actor.objects.select_for_update().get(pk=old.pk)
    if moved.moved_at is not None and moved.moved_at > clock.now() - REST:
        return 0
    Actor.objects.filter(pk=old.pk).update(moved_at=clock.now())
    return lead_on(old, new=new)


@transaction.atomic
def lead_on(old: Actor, *, new: Actor) -> int:
    """The same for anybody, as far as either lets them.

    Whoever may not follow the new one, having been blocked for example, goes on following the old.
    """
    rows = Follow.objects.filter(target=old, follower__domain="").select_related("follower").order_by("pk")
    return sum(_led(row, old, new) for row in rows)


def _led(row: Follow, old: Actor, new: Actor) -> bool:
    try:
        with transaction.atomic():
            if row.follower_id != new.pk and not Follow.objects.filter(follower=row.follower, target=new).exists():
                follow(row.follower, target=new, shows_boosts=row.shows_boosts, tells_of_each=row.tells_of_each)
            unfollow(row.follower, target=old)
    except Refusal:
        return False
    return True


def _names(actor: Actor, uris: list[str]) -> None:
    actor.also_known_as, actor.changed_at = uris, clock.now()
    actor.save(update_fields=["also_known_as", "changed_at"])
    emit(ProfileChanged(actor_id=actor.pk))
