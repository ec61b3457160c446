"""Lists of people one follows, for oneself alone."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.errors import NoSuchActor, TooLong
from speak.identity.models import Actor, Follow, FollowState, List, ListMember, ListReplies
from speak.kernel.errors import Invalid, TooMuch

MAX_TITLE, MOST_LISTS, MOST_MEMBERS = 200, 50, 1_000


def keep_list(owner: Actor, *, title: str, replies: ListReplies = ListReplies.LIST, known: List | None = None) -> List:
    """Make a list, or change one of one's own.

    Raises:
        Invalid, TooLong: about the title.
        TooMuch: fifty are enough.
    """
    if not title.strip():
        raise Invalid(_("Say what the list is called."))
    if len(title) > MAX_TITLE:
        raise TooLong(
            ngettext(
                "A list's name has up to %(most)d character.", "A list's name has up to %(most)d characters.", MAX_TITLE
            )
            % {"most": MAX_TITLE}
        )
    if known is None and List.objects.filter(owner=owner).count() >= MOST_LISTS:
        raise TooMuch(
            ngettext("You have %(most)d list.", "You have %(most)d lists.", MOST_LISTS) % {"most": MOST_LISTS},
            hint=_("Drop one that you do not read."),
        )
    kept = known or List(owner=owner)
    kept.title, kept.replies = title.strip(), replies
    kept.save()
    return kept


def drop_list(owner: Actor, *, known: List) -> None:
    """Forget a list of one's own; the people in it stay followed."""
    List.objects.filter(pk=known.pk, owner=owner).delete()


@transaction.atomic
def put_into_list(owner: Actor, *, known: List, people: Iterable[Actor]) -> None:
    """Put people whom one follows into a list of one's own.

    Raises:
        NoSuchActor: one of them is not followed.
        TooMuch: a thousand are enough.
    """
    wanted = {person.pk for person in people}
    followed = Follow.objects.filter(follower=owner, target__in=wanted, state=FollowState.ACCEPTED)
    if followed.count() < len(wanted - {owner.pk}):
        raise NoSuchActor(_("A list holds people whom you follow."), hint=_("Follow them first."))
    if known.members.count() + len(wanted) > MOST_MEMBERS:
        raise TooMuch(
            ngettext("A list holds up to %(most)d person.", "A list holds up to %(most)d people.", MOST_MEMBERS)
            % {"most": MOST_MEMBERS}
        )
    ListMember.objects.bulk_create((ListMember(list=known, actor_id=pk) for pk in wanted), ignore_conflicts=True)


def take_out_of_list(owner: Actor, *, known: List, people: Iterable[Actor]) -> None:
    """Take people out of a list of one's own."""
    ListMember.objects.filter(list=known, list__owner=owner, actor__in=[person.pk for person in people]).delete()
