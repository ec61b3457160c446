"""The box to write in as it stands before anything is typed: on every home page, and for most people the same."""

from functools import lru_cache

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from speak.federation.elsewhere.choosing import Offered, places_to_choose
from speak.identity.models import Actor
from speak.rooms.models import Room
from speak.rooms.queries import rooms_to_speak_in
from speak.web.forms.compose import ComposeForm, smallest_sensible
from speak.web.templatetags.remembered import TOKEN, with_token

# Some twenty kilobytes each.
MOST_REMEMBERED = 50


def empty_box(request: HttpRequest, viewer: Actor) -> SafeString:
    """pieces/compose.html with an empty form; remembered by all that differs between people."""
    rooms = tuple((room.pk, room.name) for room in rooms_to_speak_in(viewer))
    own_language = viewer.user.language if viewer.user else ""
    places = places_to_choose(viewer)
    html = _box(rooms, places, smallest_sensible(viewer, None), own_language, shown_in=get_language() or "")
    return with_token(html, get_token(request))


@lru_cache(maxsize=MOST_REMEMBERED)
def _box(  # noqa: PLR0917 - remembered by each of them
    rooms: tuple[tuple[int, str], ...],
    places: tuple[Offered, ...],
    audience: str,
    language: str,
    *,
    shown_in: str,  # noqa: ARG001 - it is the active one
) -> str:
    initial: dict[str, object] = {"audience": audience}
    if language:
        initial["language"] = language
    speaking_in = [Room(pk=pk, name=name) for pk, name in rooms]
    form = ComposeForm(viewer=Actor(), initial=initial, rooms=speaking_in, places=places)
    return render_to_string("web/pieces/compose.html", {"form": form, "labelled": "writing", "csrf_token": TOKEN})
