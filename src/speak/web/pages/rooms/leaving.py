"""Leaving a room; what its host can change; handing over and closing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from speak.identity.models import Actor
from speak.kernel.errors import Refusal
from speak.rooms.actions import (
    accept_hosting,
    ask_to_host,
    begin_hand_over,
    carry_on,
    change_room,
    close_room,
    decline_hosting,
    leave_room,
    pause_room,
    resume_room,
)
from speak.rooms.errors import HostOnly
from speak.rooms.models import Room
from speak.rooms.queries import guests_in, members_of, room_for
from speak.web.forms.refused import STATUS, put_into
from speak.web.forms.rooms import AskToHostForm, CarryOnForm, LeaveForm, RoomSettingsForm
from speak.web.shown.people import shown_person
from speak.web.shown.rooms import shown_room
from speak.web.viewer import has_only_a_name, signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, room_id: int) -> HttpResponse:
    """Leave, with one's words or without."""
    viewer = signed_in(request)
    room = room_for(viewer, room_id)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        leave_room(viewer, room=room, takes_words=form.cleaned_data["words"] == "take")
        messages.success(request, _("You have left “%(room)s”.") % {"room": room.name})
        return redirect("claim" if has_only_a_name(request) else "rooms")
    context = {"room": shown_room(viewer, room), "form": form}
    return render(request, "web/rooms/leave.html", context, status=STATUS if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_of_room(request: HttpRequest, room_id: int) -> HttpResponse:
    """Call it something else, make it larger; let it rest, or go on. For whoever hosts."""
    viewer = signed_in(request)
    room = _hosted(viewer, room_id)
    form = RoomSettingsForm(initial={"name": room.name, "purpose": room.purpose, "cap": room.cap})
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do in {"rest", "go_on"}:
            (pause_room if do == "rest" else resume_room)(viewer, room=room)
            return redirect("room", room.pk)
        form = RoomSettingsForm(request.POST)
        if form.is_valid():
            try:
                change_room(viewer, room=room, words=form.words, cap=form.cleaned_data["cap"])
            except Refusal as refusal:
                put_into(form, refusal)
            else:
                return redirect("room", room.pk)
    context = {"room": shown_room(viewer, room), "form": form}
    return render(request, "web/rooms/settings.html", context, status=STATUS if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, room_id: int) -> HttpResponse:
    """The last round, another host, the end: the guide leaves (promise 14)."""
    viewer = signed_in(request)
    room = room_for(viewer, room_id)
    unable = {viewer.pk, *guests_in(room)}
    others = [actor for actor in members_of(room) if actor.pk not in unable]
    if request.method == "POST":
        _do(request, viewer, room=room, others=others)
        return redirect("hand_over", room.pk)
    shown = shown_room(viewer, room)
    may_carry_on = shown.is_host and shown.has_last_round and not shown.is_closed and room.founder_id != viewer.pk
    context = {
        "room": shown,
        "others": others,
        "ask_form": AskToHostForm(members=others),
        "carry_on_form": CarryOnForm(),
        "asked": shown_person(room.asked_to_host) if room.asked_to_host else None,
        "is_asked": room.asked_to_host_id == viewer.pk,
        "may_carry_on": may_carry_on,
    }
    return render(request, "web/rooms/hand_over.html", context)


def _do(request: HttpRequest, viewer: Actor, *, room: Room, others: list[Actor]) -> None:
    match request.POST.get("do", ""):
        case "begin":
            begin_hand_over(viewer, room=room)
        case "close":
            close_room(viewer, room=room)
        case "accept":
            accept_hosting(viewer, room=room)
            messages.success(request, _("You host this room now."))
        case "decline":
            decline_hosting(viewer, room=room)
        case "ask":
            form = AskToHostForm(request.POST, members=others)
            if form.is_valid():
                chosen = int(form.cleaned_data["member"])
                ask_to_host(viewer, room=room, member=next(actor for actor in others if actor.pk == chosen))
        case "carry_on":
            weeks = CarryOnForm(request.POST)
            if weeks.is_valid():
                carry_on(viewer, room=room, weeks=weeks.cleaned_data["weeks"])


def _hosted(viewer: Actor, room_id: int) -> Room:
    room = room_for(viewer, room_id)
    if room.host_id != viewer.pk:
        raise HostOnly(_("Only whoever hosts this room can do that."), hint=_("Ask them; hosts change."))
    return room
