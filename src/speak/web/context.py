"""What every page may say about the place it is on."""

from django.conf import settings
from django.http import HttpRequest


def the_place(request: HttpRequest) -> dict[str, object]:
    """The server's name and whether people may join it by themselves."""
    return {"place_name": settings.SPEAK_NAME, "place_is_open": settings.SPEAK_OPEN}
