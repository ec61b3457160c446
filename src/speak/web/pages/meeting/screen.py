"""The shared screen of a meeting. Only whoever hosts has it, and everybody in the meeting sees it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from speak.kernel.errors import Refusal
from speak.rooms import queries
from speak.rooms.models import Room
from speak.web.middleware import STATUS
from speak.web.pages.meeting.moments import Moment, controls, moment_of, quiet_key, shows_way_in
from speak.web.pages.meeting.parts import Part, answer, part, state_of
from speak.web.shown import meeting as shown


@login_required
@require_safe
def screen(request: HttpRequest, room_id: int) -> HttpResponse:
    """One step at a time, large, with the way in; nothing on it but what everybody in the meeting may see."""
    return show_screen(request, moment_of(request, room_id))


@login_required
@require_safe
def words(request: HttpRequest, room_id: int) -> HttpResponse:
    """What has changed on the screen, for the browser that shows it."""
    moment = moment_of(request, room_id)
    return answer(request, _parts(request, moment, is_way_in=shows_way_in(request, moment)))


def _is_quiet(request: HttpRequest, room: Room) -> bool:
    return bool(request.session.get(quiet_key(room)))


def _parts(request: HttpRequest, moment: Moment, *, is_way_in: bool) -> list[Part]:
    room, step = moment.room, shown.shown_step(moment.current) if moment.current else None
    is_quiet = _is_quiet(request, room)
    stage = {
        "room": room,
        "step": None if is_way_in else step,
        "slug": step.slug if step else "",
        "is_way_in": is_way_in,
        "people": shown.names_of(queries.members_of(room)) if is_way_in else "",
        "groups": [] if is_way_in or step is None else shown.groups_in_words(room, practice=step.slug),
        "has_programme": bool(moment.entries),
    }
    said = {
        "words": [] if is_quiet or is_way_in else shown.words_on_screen(moment.viewer, room),
        "is_quiet": is_quiet,
    }
    return [part(request, "stage", stage), part(request, "words", said)]


def show_screen(request: HttpRequest, moment: Moment, *, refusal: Refusal | None = None) -> HttpResponse:
    """The page; with why a button of it was declined, where one was."""
    is_way_in = shows_way_in(request, moment)
    parts = _parts(request, moment, is_way_in=is_way_in)
    context = {
        **controls(request, moment, refusal),
        "parts": {each.id: each for each in parts},
        "state": state_of(parts),
        "is_way_in": is_way_in,
        "is_quiet": _is_quiet(request, moment.room),
        "way_in": shown.way_in(moment.room),
    }
    return render(request, "web/meeting/screen.html", context, status=STATUS[refusal.kind] if refusal else 200)
