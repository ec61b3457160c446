"""Where the page of a hashtag is."""

from urllib.parse import quote

from django.conf import settings


def page_of_tag(name: str) -> str:
    """Its address, written as addresses are (RFC 3986): letters beyond ASCII percent-encoded."""
    return f"{pages_of_tags()}{quote(name.lower(), safe='')}"


def pages_of_tags() -> str:
    """What the address of every such page begins with."""
    return f"{settings.SPEAK_URL}/tags/"
