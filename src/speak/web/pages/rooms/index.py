"""One's rooms, and opening another."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from speak.kernel import clock
from speak.kernel.errors import Refusal
from speak.rooms.actions import open_room
from speak.rooms.errors import GoFirst
from speak.rooms.queries import invitations_to, is_any_room_open, record_of, rooms_of
from speak.rooms.rules import missing_to_open
from speak.web.forms.refused import STATUS, put_into
from speak.web.forms.rooms import NewRoomForm
from speak.web.shown.rooms import shown_invitation, shown_room
from speak.web.viewer import signed_in


@login_required
@require_safe
def rooms(request: HttpRequest) -> HttpResponse:
    """The rooms the viewer is in, who asks them into others, and the way to open one."""
    viewer = signed_in(request)
    now = clock.now()
    found = list(rooms_of(viewer))
    context = {
        "rooms": [shown_room(viewer, room) for room in found if not room.is_over(now)],
        "over": [shown_room(viewer, room) for room in found if room.is_over(now)],
        "invitations": [shown_invitation(invitation) for invitation in invitations_to(viewer)],
    }
    return render(request, "web/rooms/rooms.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_room(request: HttpRequest) -> HttpResponse:
    """Open a room; whoever has not been in one is told kindly what comes first (promise 2)."""
    viewer = signed_in(request)
    form = NewRoomForm(request.POST or None)
    missing = missing_to_open(record_of(viewer), is_first_room=not is_any_room_open())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            room = open_room(viewer, words=form.words, cap=given["cap"], weeks=given["weeks"])
        except GoFirst:
            raise
        except Refusal as refusal:
            put_into(form, refusal)
        else:
            return redirect("room", room.pk)
    context = {"form": form, "missing": [each.value for each in missing]}
    return render(request, "web/rooms/new.html", context, status=STATUS if form.errors else 200)
