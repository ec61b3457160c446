"""A domain of one's own: bring it, prove it, use it in one's address, give it up."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from speak.clients.api import limits
from speak.identity import actions
from speak.identity.domains import checking
from speak.identity.domains.queries import domain_of
from speak.identity.models import Actor
from speak.kernel.errors import Refusal
from speak.kernel.outbound import ask, texts_at
from speak.web.buttons import pressed
from speak.web.forms.profile import DomainForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.shown.domains import shown_domain
from speak.web.viewer import signed_in

look_now = partial(checking.look_now, ask=ask, look_up=texts_at)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def domain(request: HttpRequest) -> HttpResponse:
    """What to do next, and how it stands; or the question which domain."""
    viewer = signed_in(request)
    form = DomainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.bring_domain(viewer, name=form.cleaned_data["name"])
        except Refusal as refusal:
            put_into(form, refusal, field="name")
        else:
            return redirect("settings_domain")
    owned = domain_of(viewer)
    context = {"form": form, "address": viewer.address, "domain": shown_domain(owned) if owned else None}
    return render(request, "web/settings/domain.html", context, status=STATUS if form.errors else 200)


@login_required
@require_POST
def act_on_domain(request: HttpRequest) -> HttpResponse:
    """Look now, use it in one's address or no longer, give it up."""
    viewer = signed_in(request)
    act = pressed(request, ACTS)
    messages.success(request, act(viewer, request))
    return redirect("settings_domain")


def _look(viewer: Actor, request: HttpRequest) -> str:
    limits.count(None, request)
    owned = look_now(viewer)
    if owned is None or not owned.is_proven:
        return _("It is not to be seen yet. A record may take an hour to be seen everywhere.")
    return _("It is yours.") if owned.missing_since is None else _("It is not to be seen at present.")


def _use(viewer: Actor, _request: HttpRequest) -> str:
    actions.choose_handle_domain(viewer, is_own=True)
    return _("You are %(address)s now.") % {"address": viewer.address}


def _use_no_longer(viewer: Actor, _request: HttpRequest) -> str:
    actions.choose_handle_domain(viewer, is_own=False)
    return _("You are %(address)s now.") % {"address": viewer.address}


def _give_up(viewer: Actor, _request: HttpRequest) -> str:
    actions.give_up_domain(viewer)
    return _("The domain is not yours here any more. Whoever follows you still does.")


ACTS: dict[str, Callable[[Actor, HttpRequest], str]] = {
    "look": _look,
    "use": _use,
    "use_no_longer": _use_no_longer,
    "give_up": _give_up,
}
