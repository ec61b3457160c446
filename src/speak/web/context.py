"""What every page may say about the place it is on."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from speak.identity.queries import has_unseen
from speak.web.arriving import arrived_by
from speak.web.viewer import has_only_a_name, viewer_of


def the_place(request: HttpRequest) -> dict[str, object]:
    """The server's name and contact, whether it is invented or open to join; whether something new awaits the viewer.

    `own_domain`: by which somebody's page is read, where it is not this server's.
    `has_only_a_name`: they joined in a meeting and have not made it a home yet.
    """
    return {
        "place_name": settings.SPEAK_NAME,
        "place_contact": settings.SPEAK_CONTACT,
        "place_is_invented": settings.SPEAK_DEMO,
        "place_is_open": settings.SPEAK_OPEN,
        "own_domain": arrived_by(request),
        "something_new": SimpleLazyObject(lambda: _has_something_new(request)),
        "has_only_a_name": SimpleLazyObject(lambda: has_only_a_name(request)),
    }


def _has_something_new(request: HttpRequest) -> bool:
    viewer = viewer_of(request) if hasattr(request, "user") else None
    return viewer is not None and has_unseen(viewer)
