"""Home: those who wait for an answer, then the place to write, then what is said (promise 13)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from speak.identity.models import Actor
from speak.rooms.queries import asked_to_answer, waiting_for
from speak.voice.queries import home_timeline
from speak.web.forms.box import empty_box
from speak.web.pages.front import front
from speak.web.paging import page_of
from speak.web.shown.people import home_at
from speak.web.shown.posts import shown_entries
from speak.web.shown.waiting import ShownWaiting, shown_waiting
from speak.web.viewer import viewer_of

MOST_WAITING = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One's own home; for a stranger, the door."""
    viewer = viewer_of(request)
    return front(request) if viewer is None else _home(request, viewer)


def _home(request: HttpRequest, viewer: Actor) -> HttpResponse:
    page = page_of(request, lambda window: home_timeline(viewer, window), id_of=lambda entry: entry.id)
    is_first = not page.newer_url
    context = {
        "box": empty_box(request, viewer) if is_first and not viewer.moved_to_uri else "",
        "new_home": home_at(viewer.moved_to_uri) if viewer.moved_to_uri else None,
        "waiting": _waiting(viewer) if is_first else [],
        "posts": shown_entries(viewer, page.items),
        "older_url": page.older_url,
        "newer_url": page.newer_url,
    }
    return render(request, "web/home.html", context)


def _waiting(viewer: Actor) -> list[ShownWaiting]:
    first = asked_to_answer(viewer, limit=MOST_WAITING)
    return shown_waiting(
        viewer, waiting_for(viewer, first=first, limit=MOST_WAITING), first={post.pk for post in first}
    )
