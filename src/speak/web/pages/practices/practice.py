"""The page to do a practice on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from speak.kernel.errors import NotAllowed
from speak.rooms.actions import forget_step, set_step
from speak.rooms.models import Room, StepState
from speak.rooms.practices import Practice
from speak.rooms.queries import practice_for, room_for, step_of
from speak.web.forms.refused import STATUS
from speak.web.pages.practices.tools import Bench, take, tool_for
from speak.web.paging import id_in
from speak.web.shown.practices import shown_practice
from speak.web.viewer import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """What to do, and what is needed for it. What somebody does here is seen by nobody else."""
    viewer = viewer_of(request)
    found = practice_for(viewer, slug)
    if viewer is None:
        if request.method == "POST":
            raise NotAllowed(_("This is for people who have a home here."), hint=_("Sign in first."))
        return render(request, "web/practices/practice.html", {"practice": shown_practice(found)})
    number = id_in(request.GET.get("room", "")) or 0
    room = room_for(viewer, number) if number else None
    bench = Bench(viewer, found, room, step_of(viewer, slug))
    status = 200
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do in {"tried", "set_aside", "forget"}:
            return _noted(request, bench, do)
        bench, is_taken = take(bench, request.POST)
        if is_taken:
            messages.success(request, _("Kept. Only you can see it."))
            return redirect(_address(found, room))
        status = STATUS
    context = {
        "practice": shown_practice(found),
        "state": bench.step.state if bench.step else "",
        "room": room,
        "is_host": room is not None and room.host_id == viewer.pk,
        **tool_for(bench),
    }
    return render(request, "web/practices/practice.html", context, status=status)


def _noted(request: HttpRequest, bench: Bench, do: str) -> HttpResponse:
    viewer, found, room = bench.viewer, bench.practice, bench.room
    if do == "forget":
        forget_step(viewer, practice=found.slug)
        messages.success(request, _("Forgotten, with what you wrote here."))
    else:
        set_step(viewer, practice=found.slug, state=StepState.TRIED if do == "tried" else StepState.SET_ASIDE)
        messages.success(request, _("Noted, for you alone."))
    if room is not None and do == "tried":
        return redirect("programme_of_room", room.pk)
    return redirect(_address(found, room))


def _address(found: Practice, room: Room | None) -> str:
    address = reverse("practice", args=[found.slug])
    return f"{address}?room={room.pk}" if room else address
