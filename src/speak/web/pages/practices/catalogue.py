"""All practices, and what oneself has tried."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from speak.kernel.errors import NotFound
from speak.rooms.catalogue import practices
from speak.rooms.models import StepState
from speak.rooms.programmes import shipped
from speak.rooms.queries import practice_for, steps_of
from speak.web.shown.practices import shown_parts, shown_practice, shown_weeks
from speak.web.viewer import signed_in


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every practice that ships, part by part, and the way for one person alone."""
    context = {"parts": shown_parts(practices().values()), "weeks": shown_weeks(shipped()["alone"])}
    return render(request, "web/practices/catalogue.html", context)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the viewer has begun, tried or set aside; nobody else can ask."""
    viewer = signed_in(request)
    found: dict[str, list[object]] = {state: [] for state in StepState}
    for step in steps_of(viewer):
        try:
            found[step.state].append(shown_practice(practice_for(viewer, step.practice)))
        except NotFound:
            continue  # it was written in a programme that is gone
    context = {"begun": found["begun"], "tried": found["tried"], "set_aside": found["set_aside"]}
    return render(request, "web/practices/mine.html", context)
