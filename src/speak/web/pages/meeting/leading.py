"""Leading a meeting: what the buttons of the shared screen and of its host's notes do."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from speak.kernel.errors import Refusal
from speak.rooms import actions
from speak.rooms.errors import Unfit
from speak.rooms.models import StepState
from speak.web.pages.meeting.moments import WAY_IN, Moment, moment_of, place_in, quiet_key
from speak.web.pages.meeting.notes import show_notes
from speak.web.pages.meeting.screen import show_screen


@login_required
@require_POST
def act(request: HttpRequest, room_id: int) -> HttpResponse:
    """Do what a button of the screen or of the notes says; what is declined is said there, kindly."""
    moment = moment_of(request, room_id)
    is_from_notes = request.POST.get("from") == "notes"
    try:
        leads_to = _done(request, moment)
    except Refusal as refusal:
        shows = show_notes if is_from_notes else show_screen
        return shows(request, moment_of(request, room_id), refusal=refusal)
    if is_from_notes:
        return redirect("room_screen_notes", room_id)
    response = redirect("room_screen", room_id)
    response["Location"] += leads_to
    return response


def _done(request: HttpRequest, moment: Moment) -> str:
    """Returns what follows the address of the screen afterwards."""
    host, room = moment.viewer, moment.room
    match request.POST.get("do", ""):
        case "begin":
            actions.begin_meeting(host, room=room)
            return f"?view={WAY_IN}"
        case "end":
            actions.end_meeting(host, room=room)
        case "next":
            _show(moment, moment.room.place if _is_way_in(request, moment) else moment.next_place)
        case "back":
            _show(moment, moment.earlier_place)
        case "show":
            _show(moment, place_in(request))
        case "tried":
            _go_first(moment, place_in(request))
        case "pairs" | "threes" as size:
            slug = moment.current.practice.slug if moment.current else ""
            actions.draw_groups(host, room=room, size=2 if size == "pairs" else 3, practice=slug)
        case "quiet" | "loud" as wanted:
            request.session[quiet_key(room)] = wanted == "quiet"
        case _:
            raise Unfit(_("This button is not known here."))
    return ""


def _is_way_in(request: HttpRequest, moment: Moment) -> bool:
    """Whether the way in is shown large, and a step waits behind it."""
    return request.POST.get("view") == WAY_IN and moment.current is not None


def _show(moment: Moment, place: int | None) -> None:
    if place is None or place >= len(moment.entries):
        raise Unfit(_("There is no further step in this room's programme."))
    actions.show_place(moment.viewer, room=moment.room, place=place)


def _go_first(moment: Moment, place: int | None) -> None:
    """The host says that they have done it themselves; nobody else ever learns of it (promise 2)."""
    if place is None or place >= len(moment.entries):
        raise Unfit(_("There is no such step in this room's programme."))
    practice = moment.entries[place].practice.slug
    actions.set_step(moment.viewer, practice=practice, state=StepState.TRIED)
    actions.show_place(moment.viewer, room=moment.room, place=place)
