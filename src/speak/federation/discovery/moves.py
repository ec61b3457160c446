"""Moving: whether somebody elsewhere really has, and whether somebody here may. Each home has to name the other."""

from django.utils.translation import gettext as _

from speak.federation.discovery.actors import refresh_actor
from speak.federation.discovery.resolving import resolve
from speak.federation.ours import is_ours
from speak.identity.actions import lead_followers, may_move_to
from speak.identity.errors import NoSuchActor, NotYourself
from speak.identity.models import Actor
from speak.identity.queries import actor_by_uri
from speak.kernel.errors import Conflict, Failure, Refusal
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask


def follow_a_move(old: Actor, *, target_uri: str, ask: Ask = real_ask) -> int:
    """Lead those here who follow `old` to where they say they live; returns how many.

    Both documents are fetched anew: the old has to say `movedTo`, the new `alsoKnownAs`, and not
    have moved on itself. Somebody who moved here is asked nothing: their own settings say it.

    Raises:
        NobodyThere, Gone, Malformed, OutboundFailure: one of the two cannot be had.
    """
    old = refresh_actor(old.uri, ask=ask)
    if old.moved_to_uri != target_uri:
        return 0
    new = actor_by_uri(target_uri) if is_ours(target_uri) else refresh_actor(target_uri, ask=ask)
    if new is None or new == old or old.uri not in new.also_known_as or new.moved_to_uri:
        return 0
    return lead_followers(old, new=new)


def find_home(mover: Actor, text: str, *, ask: Ask = real_ask) -> Actor:
    """Another home of somebody here, by its address; one on another server is asked for now.

    Raises:
        NoSuchActor: nobody is there, or their server does not answer.
        NotYourself: it is this home.
    """
    found = resolve(mover, text, ask=ask)
    if not isinstance(found, Actor):
        raise NoSuchActor(
            _("Nobody was found at “%(address)s”.") % {"address": text.strip()[:100]},
            hint=_("It looks like @name@server.example. If it is right, that server may not answer now; try later."),
        )
    if found == mover:
        raise NotYourself(_("That is this home."), hint=_("Write the address of your other one."))
    try:
        return found if found.is_local else refresh_actor(found.uri, ask=ask)
    except (Refusal, Failure) as reason:
        raise NoSuchActor(
            _("The server of %(address)s does not answer.") % {"address": found.address}, hint=_("Try again later.")
        ) from reason


def find_new_home(mover: Actor, text: str, *, ask: Ask = real_ask) -> Actor:
    """The home that somebody here wants to move to, which has to name this one; it is asked anew.

    Raises:
        NoSuchActor, NotYourself: as `find_home`.
        Conflict: it does not name this home, or has moved on itself; the sentence says what to do there.
    """
    new = find_home(mover, text, ask=ask)
    if new.moved_to_uri:
        raise Conflict(
            _("%(address)s has moved on to another home itself.") % {"address": new.address},
            hint=_("Write the address of the last one."),
        )
    if not may_move_to(mover, new):
        raise Conflict(
            _("%(new)s does not say yet that it is you.") % {"new": new.address},
            hint=_(
                "Sign in there, and name %(old)s as your old account. On Mastodon: Preferences, Account, “Moving "
                "from a different account”. On a server like this one: Settings, Moving. Then come back."
            )
            % {"old": mover.address},
        )
    return new
