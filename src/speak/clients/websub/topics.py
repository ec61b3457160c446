"""What can be subscribed to: the feeds of this server, by their full address."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

FEEDS = frozenset({"person_feed", "tag_feed", "thread_feed", "window_feed", "organisation_feed"})
OK = 200


@dataclass(frozen=True, slots=True)
class Content:
    """A feed as anyone gets it now; `links` names the hub and the topic."""

    body: bytes
    media_type: str
    links: str


def content_at(topic: str) -> Content | None:
    """What stands at a topic; nothing where it is no feed of ours, or is not there any more."""
    if not topic.startswith(f"{settings.SPEAK_URL}/"):
        return None
    path = topic.removeprefix(settings.SPEAK_URL)
    try:
        match = resolve(path)
        if match.url_name not in FEEDS:
            return None
        response: HttpResponse = match.func(_asked_by_a_stranger(path), **match.kwargs)
    except (Resolver404, Http404):
        return None
    if response.status_code != OK or f'<{topic}>; rel="self"' not in response["Link"]:
        return None
    return Content(response.content, response["Content-Type"], response["Link"])


def _asked_by_a_stranger(path: str) -> HttpRequest:
    request = HttpRequest()
    request.method, request.path = "GET", path
    return request
