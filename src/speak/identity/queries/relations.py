"""How people stand to each other: follows, blocks, mutes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from speak.identity.models import Actor, Block, Endorsement, Follow, FollowState, Mute, Note
from speak.identity.queries.choices import server_blocks_of
from speak.kernel import clock


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


def those_blocked_by(blocker: Actor) -> QuerySet[Actor]:
    """Whom somebody has blocked."""
    return Actor.objects.filter(blocked_by__blocker=blocker).order_by("handle_key", "domain")


def those_muted_by(muter: Actor) -> QuerySet[Actor]:
    """Whom somebody does not want to hear now."""
    return Actor.objects.filter(muted_by__in=live_mutes(muter)).order_by("handle_key", "domain")
