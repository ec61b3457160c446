"""Who hears reports here, openly; being asked to, saying yes or no; asking somebody."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from speak.identity.models import Actor
from speak.identity.queries import actor_at_address
from speak.kernel.errors import Refusal
from speak.safety import actions, queries
from speak.safety.models import Handler
from speak.web.buttons import pressed
from speak.web.forms.refused import STATUS, put_into
from speak.web.forms.safety import NameHandlerForm, SentenceForm
from speak.web.shown.people import shown_person
from speak.web.shown.safety import safety_ways
from speak.web.viewer import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Those who hear reports, for everybody signed in; for those concerned also the ways in and out."""
    viewer = signed_in(request)
    naming = NameHandlerForm()
    if request.method == "POST":
        act = pressed(request, ACTS, name="do")
        if act is not _name:
            messages.success(request, act(request, viewer))
            return redirect("safety_people")
        naming = NameHandlerForm(request.POST)
        try:
            messages.success(request, _name(request, viewer))
        except Refusal as refusal:
            if naming.is_valid():
                put_into(naming, refusal, field="address")
        else:
            return redirect("safety_people")
    context = _context(viewer) | {"naming": naming if viewer.runs_this_server else None}
    return render(request, "web/safety/people.html", context, status=STATUS if naming.errors else 200)


def _context(viewer: Actor) -> dict[str, object]:
    own = queries.handling_of(viewer)
    is_operator = viewer.runs_this_server
    return {
        "handlers": [_row(handler) for handler in queries.handlers()],
        "asked": [_row(handler) for handler in queries.handlers_asked()] if is_operator else [],
        "own": own,
        "sentence": SentenceForm(initial={"sentence": own.sentence}) if own else None,
        "is_operator": is_operator,
        "ways": safety_ways(viewer, "safety_people"),
    }


def _row(handler: Handler) -> dict[str, object]:
    return {"person": shown_person(handler.actor), "sentence": handler.sentence, "since": handler.accepted_at}


def _accept(request: HttpRequest, viewer: Actor) -> str:
    actions.accept_handling(viewer, sentence=request.POST.get("sentence", ""))
    return _("You hear reports here, and everybody can see it.")


def _end(_request: HttpRequest, viewer: Actor) -> str:
    actions.end_handling(viewer, actor=viewer)
    return _("You hear no reports. What waited with you waits for somebody else.")


def _remove(request: HttpRequest, viewer: Actor) -> str:
    other = actor_at_address(request.POST.get("address", ""))
    actions.end_handling(viewer, actor=other)
    return _("%(name)s hears no reports any more.") % {"name": other.called}


def _name(request: HttpRequest, viewer: Actor) -> str:
    other = actor_at_address(request.POST.get("address", ""))
    actions.name_handler(viewer, actor=other)
    return _("%(name)s has been asked.") % {"name": other.called}


ACTS: dict[str, Callable[[HttpRequest, Actor], str]] = {
    "accept": _accept,
    "end": _end,
    "remove": _remove,
    "name": _name,
}
