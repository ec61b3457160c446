"""What follows, for people, from what happens between them."""

from speak.identity.actions.links import page_of_link
from speak.identity.actions.notifications import forget_about_page, notify, tell_anew
from speak.identity.actions.people import server_actor
from speak.identity.events import (
    DomainLost,
    DomainProven,
    FollowAccepted,
    FollowAsked,
    FollowEnded,
    FollowRefused,
    LinkLost,
    LinkVerified,
)
from speak.identity.models import Actor, Follow, Notification, NotificationKind
from speak.kernel.events import on


@on(FollowAsked)
def tell_of_a_request(event: FollowAsked) -> None:
    """Whoever approves followers hears that somebody asks."""
    follow = Follow.objects.select_related("follower", "target").get(pk=event.follow_id)
    notify(follow.target, kind=NotificationKind.FOLLOW_ASKED, about=follow.follower)


@on(FollowAccepted)
def tell_of_a_follower(event: FollowAccepted) -> None:
    """Whoever is followed hears it; the request has been answered."""
    follow = Follow.objects.select_related("follower", "target").get(pk=event.follow_id)
    Notification.objects.filter(
        recipient=follow.target, about=follow.follower, kind=NotificationKind.FOLLOW_ASKED
    ).delete()
    notify(follow.target, kind=NotificationKind.FOLLOW, about=follow.follower)


@on(FollowEnded, FollowRefused)
def forget_the_request(event: FollowEnded | FollowRefused) -> None:
    """A request that was taken back or refused awaits nobody."""
    Notification.objects.filter(
        recipient_id=event.target_id,
        about_id=event.follower_id,
        kind__in=[NotificationKind.FOLLOW_ASKED, NotificationKind.FOLLOW],
    ).delete()


@on(DomainProven)
def tell_of_a_found_domain(event: DomainProven) -> None:
    """Whoever brought a domain hears that it was found to be theirs."""
    tell_anew(Actor.objects.get(pk=event.actor_id), kind=NotificationKind.DOMAIN_FOUND, about=server_actor())


@on(DomainLost)
def tell_of_a_lost_domain(event: DomainLost) -> None:
    """Whoever had it hears that it does not hold any more, and finds on the page what to do."""
    tell_anew(Actor.objects.get(pk=event.actor_id), kind=NotificationKind.DOMAIN_LOST, about=server_actor())


@on(LinkVerified, LinkLost)
def tell_of_a_link(event: LinkVerified | LinkLost) -> None:
    """A person here hears that another place of theirs points back now, or no longer; the latest alone stands."""
    actor = Actor.objects.get(pk=event.actor_id)
    if not actor.is_local or actor.user_id is None:
        return
    page = page_of_link(event.link_id)
    forget_about_page(page, recipient=actor)
    kind = NotificationKind.LINK_VERIFIED if isinstance(event, LinkVerified) else NotificationKind.LINK_LOST
    tell_anew(actor, kind=kind, about=server_actor(), leads_to=page)
