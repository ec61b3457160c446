"""The notes of whoever hosts a meeting, on a phone of their own. They are never on the shared screen."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from speak.kernel.errors import Refusal
from speak.voice.queries import unanswered_in_room
from speak.web.middleware import STATUS
from speak.web.pages.meeting.moments import Moment, controls, moment_of
from speak.web.pages.meeting.parts import Part, answer, part, state_of
from speak.web.shown import meeting as shown
from speak.web.shown.audiences import names_in_words


@login_required
@require_safe
def notes(request: HttpRequest, room_id: int) -> HttpResponse:
    """What whoever hosts should know about the step on the screen, for their eyes; they can go on from here too."""
    return show_notes(request, moment_of(request, room_id))


@login_required
@require_safe
def notes_parts(request: HttpRequest, room_id: int) -> HttpResponse:
    """What has changed in the notes."""
    return answer(request, [_notes_part(request, moment_of(request, room_id))])


def show_notes(request: HttpRequest, moment: Moment, *, refusal: Refusal | None = None) -> HttpResponse:
    """The page; with why a button of it was declined, where one was."""
    note = _notes_part(request, moment)
    context = {**controls(request, moment, refusal), "parts": {note.id: note}, "state": state_of([note])}
    return render(request, "web/meeting/notes.html", context, status=STATUS[refusal.kind] if refusal else 200)


def _notes_part(request: HttpRequest, moment: Moment) -> Part:
    waiting = unanswered_in_room(moment.viewer, moment.room.pk, limit=shown.MOST_UNANSWERED)
    names = dict.fromkeys(post.author.called for post in waiting)
    place = moment.next_place
    context = {
        "room": moment.room,
        "step": shown.shown_step(moment.current) if moment.current else None,
        "following": moment.entries[place].practice if place is not None else None,
        "waiting": names_in_words(list(names)),
    }
    return part(request, "notes", context)
