"""People of the organisation whose home is on another server: named by a keeper, shown by their own consent alone."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.actions import look_at_link, point_no_more, point_once_proven
from speak.identity.models import Actor
from speak.kernel.errors import NotAllowed, NotFound, TooMuch
from speak.rooms.errors import Unfit
from speak.rooms.models import Organisation, PersonElsewhere
from speak.rooms.queries.organisation import is_keeper, the_organisation

MOST = 100


@transaction.atomic
def name_person_elsewhere(keeper: Actor, *, url: str, actor: Actor | None = None) -> PersonElsewhere:
    """Ask to show somebody at this address. They are shown to nobody else until their page points back.

    `actor` is them, where they are known here.

    Raises:
        NotAllowed: one neither runs the server nor hosts a room.
        Unfit: there is no organisation, they live here, or they were named already.
        Invalid: it is no address on the web.
        TooMuch: more than a hundred.
    """
    organisation = _kept_by(keeper)
    if actor is not None and actor.is_local:
        raise Unfit(_("They live here."), hint=_("Who lives here chooses in their settings to be seen."))
    named = organisation.people_elsewhere
    if named.filter(link__url=url).exists() or (actor is not None and named.filter(actor=actor).exists()):
        raise Unfit(_("They have been named already."))
    if named.count() >= MOST:
        raise TooMuch(
            ngettext(
                "Up to %(most)d person who lives elsewhere can be named.",
                "Up to %(most)d people who live elsewhere can be named.",
                MOST,
            )
            % {"most": MOST}
        )
    link = point_once_proven(organisation.actor, url=url)
    return named.create(link=link, actor=actor)


@transaction.atomic
def leave_person_out(keeper: Actor, *, person_id: int) -> None:
    """Show somebody no more, or ask no more to; raises as `look_at_person`."""
    point_no_more(_person(keeper, person_id).link)


@transaction.atomic
def look_at_person(keeper: Actor, *, person_id: int) -> None:
    """Have their page looked at soon.

    Raises:
        NotAllowed: one neither runs the server nor hosts a room.
        NotFound: nobody of this number was named.
    """
    person = _person(keeper, person_id)
    look_at_link(person.organisation.actor, link_id=person.link_id)


def _person(keeper: Actor, person_id: int) -> PersonElsewhere:
    person = _kept_by(keeper).people_elsewhere.select_related("link__actor").filter(pk=person_id).first()
    if person is None:
        raise NotFound(_("Nobody like that was named."))
    return person


def _kept_by(keeper: Actor) -> Organisation:
    if not is_keeper(keeper):
        raise NotAllowed(_("Who runs this server or hosts a room does that."))
    organisation = the_organisation()
    if organisation is None:
        raise Unfit(_("This server has no organisation yet."))
    return organisation
