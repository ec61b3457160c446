"""Every way to read about people. The one who looks comes first."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from speak.identity.domains.queries import owned_domain
from speak.identity.errors import LinkSpent, NoSuchActor, NoSuchList, NoSuchNotification
from speak.identity.handles import Address, read_address
from speak.identity.models import (
    Actor,
    ActorKind,
    Block,
    Counting,
    Endorsement,
    Follow,
    FollowState,
    JoinLink,
    Key,
    KeyKind,
    LetThrough,
    List,
    Mute,
    Note,
    Notification,
    NotificationPolicy,
    OwnDomain,
    ServerBlock,
)
from speak.kernel import clock
from speak.kernel.prepared import Prepared

UNSEEN = Prepared(
    lambda recipient_id: Notification.objects.filter(
        recipient=recipient_id, seen_at=None, is_filtered=False
    ).values_list("pk")[:1]
)


@dataclass(frozen=True, slots=True)
class Relation:
    """How a viewer stands to somebody, as far as the viewer may know: never whether they are blocked themselves."""

    is_self: bool = False
    follows: bool = False
    has_asked: bool = False  # to follow them, and awaits an answer
    is_followed: bool = False
    is_asked: bool = False  # they ask to follow the viewer, and await an answer
    is_blocked: bool = False
    is_muted: bool = False
    is_server_blocked: bool = False
    is_endorsed: bool = False
    note: str = ""  # of the viewer about them
    shows_boosts: bool = False  # of whom the viewer follows
    tells_of_each: bool = False  # of their posts, when the viewer follows them
    muted_until: dt.datetime | None = None


def actor_called(viewer: Actor | None, text: str) -> Actor:
    """The actor of an address or handle as far as this server knows them; old handles resolve too.

    Raises:
        NoSuchActor: unknown here, suspended, or has blocked the viewer.
        WrongHandle: not an address at all.
    """
    address = read_address(text, here=settings.SPEAK_DOMAIN)
    actor = actor_at(address)
    is_shut = actor is not None and actor.suspended_at is not None and actor != viewer
    if actor is None or is_shut or (viewer and Block.objects.filter(blocker=actor, blocked=viewer).exists()):
        raise NoSuchActor(_("Nobody called “%(text)s” is known here.") % {"text": text.strip()[:100]})
    return actor


def actor_with_id(viewer: Actor | None, actor_id: int) -> Actor:
    """Somebody known here, by number.

    Raises:
        NoSuchActor: unknown here, gone, suspended, or has blocked the viewer.
    """
    actor = Actor.objects.filter(pk=actor_id, gone_at=None).first()
    is_shut = actor is not None and actor.suspended_at is not None and actor != viewer
    if actor is None or is_shut or (viewer and Block.objects.filter(blocker=actor, blocked=viewer).exists()):
        raise NoSuchActor(_("There is nobody with this id."))
    return actor


def known_actor(actor_id: int) -> Actor:
    """Somebody known here, by number, also where they have blocked the one who asks: to block or unfollow them.

    Raises:
        NoSuchActor: unknown here.
    """
    actor = Actor.objects.filter(pk=actor_id).first()
    if actor is None:
        raise NoSuchActor(_("There is nobody with this id."))
    return actor


def known_actors(ids: Sequence[int]) -> list[Actor]:
    """Those with these ids, in this order, as far as they are known."""
    found = Actor.objects.in_bulk(ids)
    return [found[actor_id] for actor_id in dict.fromkeys(ids) if actor_id in found]


def actors_shown_to(viewer: Actor | None, ids: Sequence[int]) -> list[Actor]:
    """The same without those who are gone, are suspended, or have blocked the viewer."""
    apart = (
        set(Block.objects.filter(blocked=viewer, blocker__in=ids).values_list("blocker", flat=True)) if viewer else ()
    )
    return [
        actor
        for actor in known_actors(ids)
        if actor.pk not in apart and actor.gone_at is None and (actor.suspended_at is None or actor == viewer)
    ]


def actor_at_address(text: str) -> Actor:
    """Whoever has this address, also where they have blocked the one who asks, or are suspended here.

    To block or unfollow them in turn, or to report them.

    Raises:
        NoSuchActor: unknown here.
        WrongHandle: not an address at all.
    """
    actor = actor_at(read_address(text, here=settings.SPEAK_DOMAIN))
    if actor is None:
        raise NoSuchActor(_("Nobody called “%(text)s” is known here.") % {"text": text.strip()[:100]})
    return actor


def actor_at(address: Address) -> Actor | None:
    """Who has, or once had, this address; whoever here has the domain comes before whoever had it elsewhere."""
    if address.domain:
        return _actor_at_domain(address)
    named = Actor.objects.filter(handle_key=address.handle, domain="").first()
    return named or Actor.objects.filter(former_handles__handle_key=address.handle).first()


def _actor_at_domain(address: Address) -> Actor | None:
    is_elsewhere = Q(domain=address.domain)
    is_here = Q(domain="", handle_domain=address.domain)
    # Nobody's domain comes before all others: whoever is here first.
    named = Actor.objects.filter(is_elsewhere | is_here, handle_key=address.handle).order_by("domain").first()
    return named or owner_called(owned_domain(address.domain), address.handle)


def owner_called(owned: OwnDomain | None, handle: str) -> Actor | None:
    """The owner of a domain, if this is, or was, their handle (in lower case); nobody else has an address there."""
    if owned is None:
        return None
    owner = owned.actor
    is_theirs = owner.handle_key == handle or owner.former_handles.filter(handle_key=handle).exists()
    return owner if is_theirs else None


def actor_by_uri(uri: str) -> Actor | None:
    """The actor with this ActivityPub id, if known."""
    return Actor.objects.filter(uri=uri).first()


def people_here() -> QuerySet[Actor]:
    """Everybody whose home is here and who can sign in."""
    return Actor.objects.filter(domain="", user__isnull=False, gone_at=None)


def people_seen(viewer: Actor | None) -> QuerySet[Actor]:
    """Those here who chose to be seen."""
    seen = people_here().filter(is_listed=True, suspended_at=None, is_silenced=False)
    if viewer:
        seen = seen.exclude(blocks__blocked=viewer)
    return seen.order_by("name", "handle_key")


def people_found(viewer: Actor, text: str, *, limit: int = 20) -> list[Actor]:
    """Known people whose name or handle begins or contains `text`; never those who blocked the viewer.

    Those here who did not choose to be seen are found by their whole handle only.
    """
    words = text.strip().removeprefix("@")[:100]
    if not words:
        return []
    part = Q(handle_key__startswith=words.lower()) | Q(name__icontains=words)
    is_findable = Q(is_listed=True, is_silenced=False) | ~Q(domain="") | Q(pk=viewer.pk) | Q(followers__follower=viewer)
    found = (
        Actor.objects.filter((part & is_findable) | Q(handle_key=words.lower()), gone_at=None, suspended_at=None)
        .exclude(kind=ActorKind.APPLICATION)
        .exclude(blocks__blocked=viewer)
        .distinct()
    )
    return list(found.order_by("domain", "handle_key")[:limit])


def is_blocked_between(one: Actor, other: Actor) -> bool:
    """Whether either has blocked the other."""
    return Block.objects.filter(Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one)).exists()


def is_followed(target: Actor) -> bool:
    """Whether anybody follows somebody."""
    return Follow.objects.filter(target=target, state=FollowState.ACCEPTED).exists()


def is_muted_by(muter: Actor, other: Actor) -> bool:
    """Whether somebody does not want to hear somebody now."""
    return live_mutes(muter).filter(muted=other).exists()


def live_mutes(muter: Actor, *, at: dt.datetime | None = None) -> QuerySet[Mute]:
    """The mutes that hold at some moment, or now."""
    return Mute.objects.filter(Q(until=None) | Q(until__gt=at or clock.now()), muter=muter)


def follow_between(follower: Actor, target: Actor) -> Follow | None:
    """The follow of one by the other, asked or accepted."""
    return Follow.objects.filter(follower=follower, target=target).first()


def following_among(actor_ids: Iterable[int], *, target_id: int) -> set[int]:
    """Those of these actors, by id, who follow one."""
    heard = Follow.objects.filter(follower__in=list(actor_ids), target=target_id, state=FollowState.ACCEPTED)
    return set(heard.values_list("follower", flat=True))


def relations_to(viewer: Actor, others: Iterable[Actor]) -> dict[int, Relation]:
    """How the viewer stands to each of these, by id; as many queries for any number."""
    domains = {other.pk: other.domain for other in others}
    ids = set(domains)
    notes = dict(Note.objects.filter(owner=viewer, about__in=ids).values_list("about", "words"))
    endorsed = set(Endorsement.objects.filter(owner=viewer, about__in=ids).values_list("about", flat=True))
    shut = set(server_blocks_of(viewer).filter(domain__in=set(domains.values())).values_list("domain", flat=True))
    heard = {follow.target_id: follow for follow in Follow.objects.filter(follower=viewer, target__in=ids)}
    hearing = dict(Follow.objects.filter(target=viewer, follower__in=ids).values_list("follower", "state"))
    blocked = set(Block.objects.filter(blocker=viewer, blocked__in=ids).values_list("blocked", flat=True))
    muted = dict(live_mutes(viewer).filter(muted__in=ids).values_list("muted", "until"))
    return {
        pk: Relation(
            is_self=pk == viewer.pk,
            follows=pk in heard and heard[pk].state == FollowState.ACCEPTED,
            has_asked=pk in heard and heard[pk].state == FollowState.ASKED,
            is_followed=hearing.get(pk) == FollowState.ACCEPTED,
            is_asked=hearing.get(pk) == FollowState.ASKED,
            is_blocked=pk in blocked,
            is_muted=pk in muted,
            is_server_blocked=domains[pk] in shut,
            is_endorsed=pk in endorsed,
            note=notes.get(pk, ""),
            shows_boosts=pk in heard and heard[pk].shows_boosts,
            tells_of_each=pk in heard and heard[pk].tells_of_each,
            muted_until=muted.get(pk),
        )
        for pk in ids
    }


def server_blocks_of(owner: Actor) -> QuerySet[ServerBlock]:
    """The servers that somebody does not want to hear of, in the order of the alphabet."""
    return ServerBlock.objects.filter(owner=owner).order_by("domain")


def followers_of(target: Actor) -> QuerySet[Actor]:
    """Whose follow of `target` holds, newest first."""
    return Actor.objects.filter(following__target=target, following__state=FollowState.ACCEPTED, gone_at=None).order_by(
        "-following__id"
    )


def followed_by(follower: Actor) -> QuerySet[Actor]:
    """Whom `follower` follows, newest first."""
    return Actor.objects.filter(
        followers__follower=follower, followers__state=FollowState.ACCEPTED, gone_at=None
    ).order_by("-followers__id")


def requests_to(target: Actor) -> QuerySet[Follow]:
    """Those who ask to follow and await an answer, oldest first."""
    return Follow.objects.filter(target=target, state=FollowState.ASKED).select_related("follower").order_by("id")


def askers_of(target: Actor) -> QuerySet[Actor]:
    """The same people, without their requests."""
    return Actor.objects.filter(following__target=target, following__state=FollowState.ASKED, gone_at=None).order_by(
        "following__id"
    )


def follows_of(target: Actor) -> QuerySet[Follow]:
    """The follows of somebody that hold."""
    return Follow.objects.filter(target=target, state=FollowState.ACCEPTED, follower__gone_at=None)


def follows_by(follower: Actor) -> QuerySet[Follow]:
    """Somebody's own follows that hold."""
    return Follow.objects.filter(follower=follower, state=FollowState.ACCEPTED, target__gone_at=None)


def blocks_by(blocker: Actor) -> QuerySet[Block]:
    """Somebody's blocks."""
    return Block.objects.filter(blocker=blocker)


def blocked_by(blocker: Actor) -> QuerySet[Actor]:
    """Whom somebody has blocked."""
    return Actor.objects.filter(blocked_by__blocker=blocker).order_by("handle_key", "domain")


def muted_by(muter: Actor) -> QuerySet[Actor]:
    """Whom somebody does not want to hear now."""
    return Actor.objects.filter(muted_by__in=live_mutes(muter)).order_by("handle_key", "domain")


def lists_of(owner: Actor) -> QuerySet[List]:
    """Somebody's own lists, in the order of the alphabet."""
    return List.objects.filter(owner=owner)


def list_of(owner: Actor, list_id: int) -> List:
    """One of them.

    Raises:
        NoSuchList: there is none by this number that is theirs.
    """
    known = lists_of(owner).filter(pk=list_id).first()
    if known is None:
        raise NoSuchList(_("There is no such list of yours."))
    return known


def is_on_a_profile(token: str) -> bool:
    """Whether the file of this token is somebody's face, banner or a thing on their shelf: those are for anyone."""
    shown = Q(picture=token) | Q(banner=token) | Q(shelf__picture=token)
    return bool(token) and Actor.objects.filter(shown, domain="").exists()


def notifications_of(recipient: Actor) -> QuerySet[Notification]:
    """What was told to somebody, newest first."""
    told = Notification.objects.filter(recipient=recipient, is_filtered=False)
    return told.select_related("about").order_by("-id")


def notification_counts(recipient: Actor, like: Iterable[Notification]) -> dict[tuple[str, int], int]:
    """How many told the same as each of these, by kind and post; for the person themselves (promise 6)."""
    wanted = {(row.kind, row.post_id) for row in like if row.post_id}
    if not wanted:
        return {}
    rows = Notification.objects.filter(
        recipient=recipient,
        is_filtered=False,
        kind__in={kind for kind, _ in wanted},
        post_id__in={post for _, post in wanted},
    )
    counted = rows.order_by().values_list("kind", "post_id").annotate(how_many=Count("pk"))
    return {(kind, post_id): how_many for kind, post_id, how_many in counted}


def filtered_of(recipient: Actor) -> QuerySet[Notification]:
    """What was kept apart for somebody by their policy, newest first."""
    return Notification.objects.filter(recipient=recipient, is_filtered=True).select_related("about").order_by("-id")


def kept_apart_of(recipient: Actor) -> QuerySet[Actor]:
    """The people of whom something was kept apart, who did so last first."""
    rows = Notification.objects.filter(recipient=recipient, is_filtered=True)
    last = rows.filter(about=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    return Actor.objects.filter(pk__in=rows.values("about")).order_by(Subquery(last).desc())


def latest_kept_apart(recipient: Actor, *, about: Sequence[Actor]) -> list[Notification]:
    """What was kept apart last of each of these."""
    rows = filtered_of(recipient)
    last = rows.filter(about__in=about).order_by().values("about").annotate(last=Max("pk")).values("last")
    return list(rows.filter(pk__in=last))


def policy_of(actor: Actor) -> NotificationPolicy:
    """Of whom somebody wants to be told."""
    return NotificationPolicy.objects.filter(actor=actor).first() or NotificationPolicy(actor=actor)


def is_let_through(owner: Actor, about: Actor) -> bool:
    """Whether somebody wants to be told of this one whatever their policy says."""
    return LetThrough.objects.filter(owner=owner, about=about).exists()


def counting_of(actor: Actor) -> Counting:
    """Whether, and how, they are counted; unsaved where they asked for nothing."""
    return Counting.objects.filter(actor=actor).first() or Counting(actor=actor)


def objecting() -> QuerySet[Actor]:
    """Those who asked not to be counted; for the counting itself, told to nobody."""
    return Actor.objects.filter(pk__in=Counting.objects.filter(is_counted=False).values("actor"))


def of_one_address() -> QuerySet[Actor]:
    """Those who said that all their confirmed addresses are one person."""
    return Actor.objects.filter(pk__in=Counting.objects.filter(addresses_are_one=True).values("actor"))


def endorsements_of(viewer: Actor | None, owner: Actor) -> QuerySet[Endorsement]:
    """Whom somebody points at on their profile, as far as the viewer may see them; those they follow no more rest."""
    followed = Follow.objects.filter(follower=owner, state=FollowState.ACCEPTED).values("target")
    rows = Endorsement.objects.filter(owner=owner, about__in=followed, about__gone_at=None, about__suspended_at=None)
    if viewer is None:
        return rows
    return rows.exclude(about__in=Block.objects.filter(blocked=viewer).values("blocker"))


def endorsed_by(owner: Actor) -> QuerySet[Actor]:
    """The same people, as their owner sees them: whom they pointed at last comes first."""
    rows = Endorsement.objects.filter(owner=owner, about=OuterRef("pk")).values("pk")[:1]
    pointed = endorsements_of(owner, owner).values("about")
    return Actor.objects.filter(pk__in=pointed).order_by(Subquery(rows).desc())


def notification_of(recipient: Actor, notification_id: int) -> Notification:
    """One of what was told to somebody.

    Raises:
        NoSuchNotification: it is not there, or was told to somebody else.
    """
    found = notifications_of(recipient).filter(pk=notification_id).first()
    if found is None:
        raise NoSuchNotification(_("There is no such notification."))
    return found


def has_unseen(recipient: Actor) -> bool:
    """Whether something was told that has not been looked at. Yes or no, not how many."""
    return UNSEEN.exists(recipient.pk)


def join_link(token: str) -> JoinLink:
    """The unused link with this token.

    Raises:
        LinkSpent: it was used, has expired, or never was.
    """
    link = JoinLink.objects.filter(token_hash=token_hash(token), used_at=None, expires_at__gt=clock.now()).first()
    if link is None:
        raise LinkSpent(
            _("This link has been used already, or is too old."),
            hint=_("Ask whoever gave it to you for another one."),
        )
    return link


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def signing_key(actor: Actor, kind: KeyKind = KeyKind.RSA) -> Key:
    """The newest key with which somebody here signs."""
    return Key.objects.filter(actor=actor, kind=kind).exclude(private_pem="").latest("pk")


def own_key(actor: Actor, kind: KeyKind) -> Key | None:
    """The newest key of this kind with which somebody here signs, where they have one."""
    return Key.objects.filter(actor=actor, kind=kind).exclude(private_pem="").order_by("-pk").first()


def public_keys(actor: Actor) -> list[Key]:
    """The keys an actor publishes, RSA first."""
    return sorted(Key.objects.filter(actor=actor), key=lambda key: (key.kind != KeyKind.RSA, key.pk))
