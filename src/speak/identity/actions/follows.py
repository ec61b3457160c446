"""Following: asked, accepted, refused, ended."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from speak.identity import queries, rules
from speak.identity.actions.limits import check_may_speak
from speak.identity.errors import Blocked, NotYourself
from speak.identity.events import FollowAccepted, FollowAsked, FollowEnded, FollowRefused
from speak.identity.models import Actor, Follow, FollowState, ListMember
from speak.kernel import clock
from speak.kernel.events import emit
from speak.kernel.ids import new_id


@transaction.atomic
def follow(
    follower: Actor,
    *,
    target: Actor,
    uri: str = "",
    shows_boosts: bool | None = None,
    tells_of_each: bool | None = None,
) -> Follow:
    """Ask to follow; it holds at once where the target does not want to be asked.

    Asking again changes nothing but what is given: whether boosts are shown, whether one is told of each post
    (and, from another server, the activity that the answer must name).

    Raises:
        NotYourself: for oneself.
        Blocked: when either has blocked the other, or the target is gone or suspended.
        Suspended: the follower is.
    """
    check_may_speak(follower)
    is_blocked = queries.is_blocked_between(follower, target)
    is_gone = target.gone_at is not None or target.suspended_at is not None
    if not rules.may_follow(is_self=follower == target, is_blocked=is_blocked, is_gone=is_gone):
        if follower == target:
            raise NotYourself(_("You cannot follow yourself."))
        raise Blocked(_("You cannot follow %(name)s.") % {"name": target.called})
    wanted = {"uri": uri or None, "shows_boosts": shows_boosts, "tells_of_each": tells_of_each}
    given = {name: value for name, value in wanted.items() if value is not None}
    row, is_new = Follow.objects.get_or_create(follower=follower, target=target, defaults=given)
    if not is_new:
        if given:
            Follow.objects.filter(pk=row.pk).update(**given)
            row.refresh_from_db()
        if row.state == FollowState.ACCEPTED and uri:
            emit(FollowAccepted(follow_id=row.pk))
        return row
    if not row.uri:
        row.uri = f"{settings.SPEAK_URL}/activities/{new_id()}"
        Follow.objects.filter(pk=row.pk).update(uri=row.uri)
    if rules.follow_needs_asking(
        target_approves_followers=target.approves_followers,
        target_is_local=target.is_local,
        target_is_site=target.is_site,
    ):
        emit(FollowAsked(follow_id=row.pk))
        return row
    return accept_follow(target, follow=row)


@transaction.atomic
def accept_follow(target: Actor, *, follow: Follow) -> Follow:
    """Let the one who asks hear what one says to followers, from now on."""
    if follow.target_id != target.pk:
        raise Blocked(_("That request was made to somebody else."))
    changed = Follow.objects.filter(pk=follow.pk, state=FollowState.ASKED).update(
        state=FollowState.ACCEPTED, accepted_at=clock.now()
    )
    follow.refresh_from_db()
    if changed:
        emit(FollowAccepted(follow_id=follow.pk))
    return follow


@transaction.atomic
def refuse_follow(target: Actor, *, follower: Actor) -> None:
    """Say no to a request, or end a follow that held. Nothing happens where there is none."""
    row = Follow.objects.filter(follower=follower, target=target).first()
    if row is None:
        return
    event = FollowRefused(follower_id=follower.pk, target_id=target.pk, follow_id=row.pk, follow_uri=row.uri)
    _end(row)
    emit(event)


@transaction.atomic
def unfollow(follower: Actor, *, target: Actor) -> None:
    """Stop following, or take the request back. Nothing happens where there is none."""
    row = Follow.objects.filter(follower=follower, target=target).first()
    if row is None:
        return
    event = FollowEnded(follower_id=follower.pk, target_id=target.pk, follow_id=row.pk, follow_uri=row.uri)
    _end(row)
    emit(event)


def _end(row: Follow) -> None:
    """A list holds people who are followed."""
    ListMember.objects.filter(list__owner=row.follower_id, actor=row.target_id).delete()
    row.delete()
