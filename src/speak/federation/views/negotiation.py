"""The same address for people and for servers: what is asked for is told by the Accept header."""

from django.http import HttpRequest

ACTIVITY_TYPES = (
    "application/activity+json",
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
    "application/ld+json",
)


def wants_a_page(request: HttpRequest) -> bool:
    """Whether a document's own address is asked for by somebody with a browser."""
    return request.get_preferred_type([*ACTIVITY_TYPES, "application/json", "text/html"]) == "text/html"


def wants_activitypub(request: HttpRequest) -> bool:
    """Whether the address of a page is asked for by another server."""
    return request.get_preferred_type(["text/html", *ACTIVITY_TYPES]) in ACTIVITY_TYPES
