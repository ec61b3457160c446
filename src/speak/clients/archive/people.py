"""Who somebody is and whom they have to do with, as home.json has it."""

from typing import Any

from speak.clients.archive.posts import media_name
from speak.clients.archive.shape import Followed, KeptList, KeptNote, Muted, Person, Place, Thing
from speak.identity import queries
from speak.identity.models import (
    Actor,
    Counting,
    Endorsement,
    Follow,
    FollowState,
    FormerHandle,
    JoinLink,
    LetThrough,
    Mute,
    Note,
    NotificationPolicy,
    OwnDomain,
)
from speak.rooms.queries import is_gathered

POLICY = ("for_not_following", "for_not_followers", "for_new_accounts", "for_private_mentions", "for_limited_accounts")


def person(owner: Actor) -> Person:
    """Who it is. Passwords, passkeys and keys are this server's, and stay."""
    user, counting = owner.user, Counting.objects.filter(actor=owner).first()
    return Person(
        address=owner.address,
        uri=owner.uri,
        name=owner.name,
        aim=owner.aim,
        picture=media_name(owner.picture) if owner.picture else "",
        picture_description=owner.picture_description,
        banner=media_name(owner.banner) if owner.banner else "",
        approves_followers=owner.approves_followers,
        is_listed=owner.is_listed,
        quoting=owner.quoting,
        language=user.language if user else "",
        time_zone=user.time_zone if user else "",
        email=user.email if user else "",
        said_by_apps=user.said_by_apps if user else "",
        veils_pictures=bool(user and user.veils_pictures),
        also_known_as=owner.also_known_as,
        attribution_domains=owner.attribution_domains,
        moved_to=owner.moved_to_uri,
        former_handles=list(
            FormerHandle.objects.filter(actor=owner).order_by("pk").values_list("handle_key", flat=True)
        ),
        own_domain=OwnDomain.objects.filter(actor=owner).values_list("name", flat=True).first() or "",
        is_gathered=is_gathered(owner),
        is_counted=counting.is_counted if counting else True,
        addresses_are_one=counting.addresses_are_one if counting else False,
        gets_morning_letters=queries.morning_letter_of(owner) is not None,
        since=owner.created_at,
    )


def around(owner: Actor) -> dict[str, Any]:
    """What they show of themselves, and whom they have to do with."""
    return {
        "places": [Place(label=link.label, url=link.url or link.words) for link in owner.links.all()],
        "shelf": [
            Thing(
                title=thing.title,
                sentence=thing.sentence,
                picture=media_name(thing.picture) if thing.picture else "",
                picture_description=thing.picture_description,
            )
            for thing in owner.shelf.all()
        ],
        "follows": _follows(owner),
        "blocks": [actor.address for actor in queries.those_blocked_by(owner)],
        "mutes": [
            Muted(address=mute.muted.address, until=mute.until)
            for mute in Mute.objects.filter(muter=owner).select_related("muted").order_by("pk")
        ],
        "server_blocks": list(queries.server_blocks_of(owner).values_list("domain", flat=True)),
        "lists": [
            KeptList(
                title=known.title,
                replies=known.replies,
                people=[named(member.actor) for member in known.members.order_by("pk").select_related("actor")],
            )
            for known in queries.lists_of(owner)
        ],
        "notes": [
            KeptNote(about=note.about.address, words=note.words)
            for note in Note.objects.filter(owner=owner).select_related("about").order_by("pk")
        ],
        "endorsed": [
            row.about.address for row in Endorsement.objects.filter(owner=owner).select_related("about").order_by("pk")
        ],
        "let_through": [
            row.about.address for row in LetThrough.objects.filter(owner=owner).select_related("about").order_by("pk")
        ],
        "notification_policy": NotificationPolicy.objects.filter(actor=owner).values(*POLICY).first() or {},
        "followers": [
            {"address": row.follower.address, "since": row.accepted_at}
            for row in queries.follows_of(owner).select_related("follower").order_by("pk")
        ],
        "asks_to_follow": [{"address": row.follower.address} for row in queries.requests_to(owner)],
        "asked_to_join": [
            {"for_whom": link.for_whom, "created_at": link.created_at, "used_at": link.used_at}
            for link in JoinLink.objects.filter(made_by=owner).order_by("pk")
        ],
    }


def _follows(owner: Actor) -> list[Followed]:
    rows = Follow.objects.filter(follower=owner, target__gone_at=None).select_related("target").order_by("pk")
    return [
        Followed(
            address=named(row.target),
            shows_boosts=row.shows_boosts,
            tells_of_each=row.tells_of_each,
            is_asked=row.state == FollowState.ASKED,
        )
        for row in rows
    ]


def named(actor: Actor) -> str:
    """How somebody is found again: by their address, a site by that of its feed."""
    return actor.uri if actor.is_site else actor.address
