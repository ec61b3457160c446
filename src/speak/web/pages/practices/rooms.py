"""The programme of a room: what is open in it, and what its host can do about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from speak.identity.models import Actor
from speak.rooms import catalogue
from speak.rooms.actions import change_programme, choose_programme, draw_groups, open_practice
from speak.rooms.models import Room, StepState
from speak.rooms.programmes import ProgrammeText, parse, shipped
from speak.rooms.queries import groups_in, opened_in, programme_for, programme_of, programmes_of, room_for, steps_of
from speak.web.pages.practices.programmes import changed
from speak.web.paging import id_in
from speak.web.shown.people import shown_person
from speak.web.shown.practices import shown_weeks
from speak.web.viewer import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def programme_of_room(request: HttpRequest, room_id: int) -> HttpResponse:
    """What a room goes through, in order. Its host chooses, changes, goes first and opens."""
    viewer = signed_in(request)
    room = room_for(viewer, room_id)
    if request.method == "POST":
        return _done(request, viewer, room)
    is_host = room.host_id == viewer.pk
    text = programme_of(room)
    opened = list(opened_in(room).values_list("practice", flat=True))
    known = {entry.practice.slug for entry in text.entries} if text else set()
    context = {
        "room": room,
        "programme": text,
        "weeks": shown_weeks(text, room_id=room.pk, opened=opened) if text else [],
        "is_host": is_host,
        "tried": set(steps_of(viewer).filter(state=StepState.TRIED).values_list("practice", flat=True))
        if is_host
        else (),
        "groups": [[shown_person(actor) for actor in group] for group in groups_in(room)],
        "shipped": list(shipped().items()) if is_host else [],
        "mine": list(programmes_of(viewer)) if is_host else [],
        "others": [each for each in catalogue.practices().values() if each.slug not in known] if is_host else [],
    }
    return render(request, "web/practices/room.html", context)


def _done(request: HttpRequest, viewer: Actor, room: Room) -> HttpResponse:
    """Every deed of a host; the actions refuse everybody else."""
    do = request.POST.get("do", "")
    if do == "choose":
        _choose(request, viewer, room)
    elif do == "open":
        open_practice(viewer, room=room, practice=request.POST.get("practice", ""))
        messages.success(request, _("It is open to the room."))
    elif do in {"pairs", "threes"}:
        draw_groups(viewer, room=room, size=2 if do == "pairs" else 3, practice=request.POST.get("practice", ""))
    else:
        text = programme_of(room)
        if text is not None:
            change_programme(viewer, room=room, programme=changed(text, request.POST))
    return redirect("programme_of_room", room.pk)


def _choose(request: HttpRequest, viewer: Actor, room: Room) -> None:
    before = room.programme
    choose_programme(viewer, room=room, programme=_chosen(viewer, request.POST.get("programme", "")))
    if before is not None and programmes_of(viewer).filter(pk=before.pk).exists():
        messages.success(
            request,
            _("“%(title)s”, as you had changed it for this room, is kept among your own programmes.")
            % {"title": before.title},
        )


def _chosen(viewer: Actor, name: str) -> ProgrammeText:
    """One that ships, or one of the host's own by its number."""
    if name in shipped():
        return shipped()[name]
    return parse(programme_for(viewer, id_in(name) or 0).source)
