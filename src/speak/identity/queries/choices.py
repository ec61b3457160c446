"""What somebody chose for themselves: lists, whom they point at, servers they do not hear of, being counted."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from speak.identity.errors import NoSuchList
from speak.identity.models import Actor, Block, Counting, Endorsement, Follow, FollowState, List, ServerBlock


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


def server_blocks_of(owner: Actor) -> QuerySet[ServerBlock]:
    """The servers that somebody does not want to hear of, in the order of the alphabet."""
    return ServerBlock.objects.filter(owner=owner).order_by("domain")


def counting_of(actor: Actor) -> Counting:
    """Whether, and how, they are counted; unsaved where they asked for nothing."""
    return Counting.objects.filter(actor=actor).first() or Counting(actor=actor)


def objecting() -> QuerySet[Actor]:
    """Those who asked not to be counted; for the counting itself, told to nobody."""
    return Actor.objects.filter(pk__in=Counting.objects.filter(is_counted=False).values("actor"))


def of_one_address() -> QuerySet[Actor]:
    """Those who said that all their confirmed addresses are one person."""
    return Actor.objects.filter(pk__in=Counting.objects.filter(addresses_are_one=True).values("actor"))
