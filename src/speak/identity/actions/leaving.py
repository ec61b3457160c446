"""Ending a home here, with everything in it."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from speak.identity.errors import LastOperator
from speak.identity.events import LeavingBegun, PersonLeft
from speak.identity.models import (
    Actor,
    ActorKind,
    Block,
    Counting,
    Endorsement,
    Follow,
    JoinLink,
    LetThrough,
    List,
    ListMember,
    MorningLetter,
    Mute,
    Note,
    Notification,
    NotificationPolicy,
    OwnDomain,
    ServerBlock,
    User,
)
from speak.identity.queries import people_here
from speak.kernel import blobs, clock
from speak.kernel.errors import NotFound
from speak.kernel.events import emit


@transaction.atomic
def leave(actor: Actor) -> None:
    """Delete somebody here, and all that is theirs, for good. The handle stays taken, so that nobody poses as them.

    What each package holds of them it deletes when it hears of it; what stays, and why, is in docs/guides/leaving.md.
    Keys stay until other servers have been told.

    Raises:
        NotFound: nobody here who can sign in.
        LastOperator: others live here, and nobody else runs this server.
    """
    held = Actor.objects.select_for_update(of=("self",), no_key=True)  # others may still point at them, until `_empty`
    current = held.select_related("user").filter(pk=actor.pk).first()
    if current is None or not current.is_local or current.user is None or current.gone_at is not None:
        raise NotFound(_("Nobody here is called that, or they have left already."))
    _check_others_are_not_left_alone(current, current.user)
    user, tokens = current.user, [current.picture, current.banner, *current.shelf.values_list("picture", flat=True)]
    emit(LeavingBegun(actor_id=current.pk))
    _empty(current)
    emit(PersonLeft(actor_id=current.pk))
    for rows in _around(current):
        rows.delete()
    JoinLink.objects.filter(used_by=current).update(used_by=None)
    user.delete()
    transaction.on_commit(lambda: blobs.delete_all(token for token in tokens if token))
    actor.gone_at, actor.user = current.gone_at, None


def _check_others_are_not_left_alone(actor: Actor, user: User) -> None:
    if not user.is_staff:
        return
    others = people_here().exclude(pk=actor.pk).filter(kind=ActorKind.PERSON, user__is_active=True)
    if others.exists() and not others.filter(user__is_staff=True).exists():
        raise LastOperator(
            _("Nobody else runs this place, and others live here."),
            hint=_("Let somebody else run it first: speak person operator HANDLE."),
        )


def _around(actor: Actor) -> list[QuerySet[Any]]:
    """What was theirs alone, and what was between them and others. Notes of others about them are the others' words."""
    return [
        Follow.objects.filter(Q(follower=actor) | Q(target=actor)),
        Block.objects.filter(Q(blocker=actor) | Q(blocked=actor)),
        Mute.objects.filter(Q(muter=actor) | Q(muted=actor)),
        List.objects.filter(owner=actor),
        ListMember.objects.filter(actor=actor),
        Note.objects.filter(owner=actor),
        ServerBlock.objects.filter(owner=actor),
        Endorsement.objects.filter(Q(owner=actor) | Q(about=actor)),
        LetThrough.objects.filter(Q(owner=actor) | Q(about=actor)),
        NotificationPolicy.objects.filter(actor=actor),
        Notification.objects.filter(Q(recipient=actor) | Q(about=actor)),
        JoinLink.objects.filter(made_by=actor),
        OwnDomain.objects.filter(actor=actor),
        Counting.objects.filter(actor=actor),
        MorningLetter.objects.filter(actor=actor),
    ]


def _empty(actor: Actor) -> None:
    """What is left is a handle and an id that lead to nobody."""
    actor.links.all().delete()
    actor.shelf.all().delete()
    actor.gone_at = actor.changed_at = clock.now()
    actor.name = actor.aim = actor.picture = actor.picture_url = actor.picture_description = ""
    actor.banner = actor.banner_url = actor.moved_to_uri = actor.home_domain = actor.handle_domain = ""
    actor.also_known_as, actor.attribution_domains, actor.is_listed, actor.user = [], [], False, None
    actor.save()
