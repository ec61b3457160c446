"""The way in for those who sit in the meeting: the words on the screen, a name, and one is in the room."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from speak.identity.models import Actor
from speak.kernel.callers import address_of
from speak.kernel.errors import Refusal, TooMuch
from speak.rooms import actions, queries
from speak.rooms.errors import NotInRoom, RoomFull
from speak.rooms.models import Room
from speak.web import middleware
from speak.web.forms.meeting import ComeInForm, SpokenWordsForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.shown.meeting import names_of
from speak.web.shown.people import shown_person
from speak.web.viewer import viewer_of

NOT_FOUND = middleware.STATUS[NotInRoom.kind]
# Only wrong words count. Everybody in a meeting has one address, and may mistype a few times.
MOST_WRONG, SECONDS = 60, 600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest) -> HttpResponse:
    """Type the words that stand on the screen."""
    form = SpokenWordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("here_code", _room(request, form.cleaned_data["spoken"]).code)
        except NotInRoom as refusal:
            put_into(form, refusal, field="spoken")
    return render(request, "web/meeting/here.html", {"form": form}, status=STATUS if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def here_code(request: HttpRequest, code: str) -> HttpResponse:
    """What one comes into: whose room, what for, who is in it. Then a name, and one is signed in."""
    viewer = viewer_of(request)
    try:
        room = _room(request, code)
    except NotInRoom as refusal:
        context = {"form": SpokenWordsForm(), "refusal": refusal}
        return render(request, "web/meeting/here.html", context, status=NOT_FOUND)
    members = queries.members_of(room)
    if viewer is not None and viewer in members:
        return redirect("room_now", room.pk)
    form = ComeInForm(request.POST or None, is_known=viewer is not None)
    if request.method == "POST" and form.is_valid():
        response = _come_in(request, room, form=form, viewer=viewer)
        if response is not None:
            return response
    return _page(request, room, form=form, members=members)


def _room(request: HttpRequest, spoken: str) -> Room:
    """The room that these words open.

    Raises:
        NotInRoom: none; that counts as a guess.
        TooMuch: many wrong words came from this address.
    """
    counted_at = _counted_at(request)
    if settings.SPEAK_RATE_LIMITS and cache.get(counted_at, 0) >= MOST_WRONG:
        raise TooMuch(_("Wrong words came from here many times."), hint=_("Wait ten minutes, then look at the screen."))
    try:
        return queries.room_by_code(spoken)
    except NotInRoom:
        cache.add(counted_at, 0, SECONDS)
        cache.incr(counted_at)
        raise


def _counted_at(request: HttpRequest) -> str:
    """Where the wrong words of an address are counted, for ten minutes from the first."""
    return f"wrong-words:{address_of(request)}"


def _come_in(request: HttpRequest, room: Room, *, form: ComeInForm, viewer: Actor | None) -> HttpResponse | None:
    given = form.cleaned_data
    if viewer is None and not ratelimit.consume(request, action="signup"):
        raise TooMuch(_("Many people are joining right now."), hint=_("Try again in a minute."))
    try:
        actor = actions.join_meeting(room.code, name=given.get("name", ""), is_shown=given["is_shown"], actor=viewer)
    except Refusal as refusal:
        put_into(form, refusal)
        return None
    if viewer is None:
        get_adapter(request).login(request, actor.user)
    return redirect("room_now", room.pk)


def _page(request: HttpRequest, room: Room, *, form: ComeInForm, members: list[Actor]) -> HttpResponse:
    is_full = len(members) >= room.cap and not queries.has_place(room)
    context = {
        "room": room,
        "host": shown_person(room.host),
        "people": names_of(members),
        "form": form,
        "viewer": viewer_of(request),
        "is_full": is_full,
    }
    status = middleware.STATUS[RoomFull.kind] if is_full else STATUS if form.errors else 200
    return render(request, "web/meeting/come_in.html", context, status=status)
