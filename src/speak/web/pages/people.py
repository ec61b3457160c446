"""Those one has to do with: followed, following, asking, blocked, muted, kept apart, pointed at."""

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from speak.federation.sites.lists import people_followed_by
from speak.identity import actions, queries
from speak.identity.errors import NoSuchActor
from speak.identity.models import Actor
from speak.identity.queries import Relation
from speak.web.buttons import pressed
from speak.web.shown.notifications import shown_notifications
from speak.web.shown.people import follow_state_of, shown_person
from speak.web.viewer import signed_in

AT_ONCE = 50
WEEK = dt.timedelta(days=7)
Act = Callable[[Actor, Actor], str]


@login_required
@require_safe
def following(request: HttpRequest) -> HttpResponse:
    """Whom one follows."""
    return listed(request, people_followed_by(signed_in(request)), follow_state_of)


@login_required
@require_safe
def followers(request: HttpRequest) -> HttpResponse:
    """Who follows oneself; for one's own eyes."""
    return listed(request, queries.followers_of(signed_in(request)), follow_state_of)


@login_required
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Who asks to follow, and awaits an answer."""
    return listed(request, queries.askers_of(signed_in(request)), lambda _: "asks")


@login_required
@require_safe
def blocked(request: HttpRequest) -> HttpResponse:
    """Whom one has blocked."""
    return listed(request, queries.those_blocked_by(signed_in(request)), lambda _: "")


@login_required
@require_safe
def muted(request: HttpRequest) -> HttpResponse:
    """Whom one does not want to hear now."""
    return listed(request, queries.those_muted_by(signed_in(request)), lambda _: "")


@login_required
@require_safe
def endorsed(request: HttpRequest) -> HttpResponse:
    """Whom one points at on one's page."""
    return listed(request, queries.endorsed_by(signed_in(request)), lambda _: "")


@login_required
@require_safe
def kept_apart(request: HttpRequest) -> HttpResponse:
    """Of whom one would have been told, were it not for what one chose; with what they said last."""
    viewer = signed_in(request)
    page = Paginator(queries.kept_apart_of(viewer), AT_ONCE).get_page(request.GET.get("page"))
    people = list(page.object_list)
    told = shown_notifications(viewer, queries.latest_kept_apart(viewer, about=people))
    latest = {one.about.address: one for one in told}
    shown = [shown_person(actor) for actor in people]
    rows = [{"person": person, "follow_state": "", "latest": latest.get(person.address)} for person in shown]
    return render(request, "web/people/kept_apart.html", {"rows": rows, "page": page})


@login_required
@require_POST
def act_on_person(request: HttpRequest) -> HttpResponse:
    """Follow, stop, let follow, decline, block, mute and their opposites; then back to where one was."""
    viewer = signed_in(request)
    other = queries.actor_at_address(request.POST.get("address", ""))
    act = pressed(request, ACTS)
    messages.success(request, act(viewer, other))
    return redirect(_back(request, other))


def _follow(viewer: Actor, other: Actor) -> str:
    row = actions.follow(viewer, target=other)
    if row.accepted_at:
        return _("You follow %(name)s now.") % {"name": other.called}
    return _("%(name)s has been asked.") % {"name": other.called}


def _unfollow(viewer: Actor, other: Actor) -> str:
    actions.unfollow(viewer, target=other)
    return _("You no longer follow %(name)s.") % {"name": other.called}


def _tell(viewer: Actor, other: Actor) -> str:
    actions.follow(viewer, target=other, tells_of_each=True)
    return _("You are told whenever %(name)s says something new.") % {"name": other.called}


def _tell_no_more(viewer: Actor, other: Actor) -> str:
    actions.follow(viewer, target=other, tells_of_each=False)
    return _("What %(name)s says waits for you at home, and nothing rings.") % {"name": other.called}


def _accept(viewer: Actor, other: Actor) -> str:
    row = queries.follow_between(other, viewer)
    if row is None:
        raise NoSuchActor(_("%(name)s does not ask any more.") % {"name": other.called})
    actions.accept_follow(viewer, follow=row)
    return _("%(name)s follows you now.") % {"name": other.called}


def _refuse(viewer: Actor, other: Actor) -> str:
    actions.refuse_follow(viewer, follower=other)
    return _("%(name)s does not follow you.") % {"name": other.called}


def _block(viewer: Actor, other: Actor) -> str:
    actions.block(viewer, blocked=other)
    return _("You and %(name)s do not hear each other any more.") % {"name": other.called}


def _unblock(viewer: Actor, other: Actor) -> str:
    actions.unblock(viewer, blocked=other)
    return _("%(name)s is not blocked any more. Follow each other again if you like.") % {"name": other.called}


def _mute(viewer: Actor, other: Actor) -> str:
    actions.mute(viewer, muted=other)
    return _("You do not hear %(name)s until you want to. They are not told.") % {"name": other.called}


def _mute_for_a_week(viewer: Actor, other: Actor) -> str:
    actions.mute(viewer, muted=other, lasts=WEEK)
    return _("You do not hear %(name)s for a week. They are not told.") % {"name": other.called}


def _unmute(viewer: Actor, other: Actor) -> str:
    actions.unmute(viewer, muted=other)
    return _("You hear %(name)s again.") % {"name": other.called}


def _endorse(viewer: Actor, other: Actor) -> str:
    actions.endorse(viewer, about=other)
    return _("Your page points at %(name)s now.") % {"name": other.called}


def _endorse_no_more(viewer: Actor, other: Actor) -> str:
    actions.endorse_no_more(viewer, about=other)
    return _("Your page does not point at %(name)s any more.") % {"name": other.called}


def _let_through(viewer: Actor, other: Actor) -> str:
    actions.let_through(viewer, about=other)
    return _("You are told of %(name)s from now on, and of what was kept apart.") % {"name": other.called}


def _forget_apart(viewer: Actor, other: Actor) -> str:
    actions.forget_filtered(viewer, about=other)
    return _("Forgotten. What %(name)s does next is kept apart again.") % {"name": other.called}


ACTS: dict[str, Act] = {
    "follow": _follow,
    "unfollow": _unfollow,
    "tell": _tell,
    "tell_no_more": _tell_no_more,
    "accept": _accept,
    "refuse": _refuse,
    "remove": _refuse,
    "block": _block,
    "unblock": _unblock,
    "mute": _mute,
    "mute_week": _mute_for_a_week,
    "unmute": _unmute,
    "endorse": _endorse,
    "endorse_no_more": _endorse_no_more,
    "let_through": _let_through,
    "forget_apart": _forget_apart,
}


def listed(request: HttpRequest, people: QuerySet[Actor], state_of: Callable[[Relation], str]) -> HttpResponse:
    """One of the lists; which, its address says. `state_of` decides on the button beside each person."""
    page = Paginator(people, AT_ONCE).get_page(request.GET.get("page"))
    relations = queries.relations_to(signed_in(request), page.object_list)
    rows = [
        {"person": shown_person(actor), "follow_state": state_of(relations[actor.pk])} for actor in page.object_list
    ]
    here = request.resolver_match.url_name if request.resolver_match else ""
    return render(request, f"web/people/{here}.html", {"rows": rows, "page": page})


def _back(request: HttpRequest, other: Actor) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else other.path
