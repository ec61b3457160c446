"""Which addresses are this server's own."""

from django.conf import settings

from speak.federation.documents.nodes import host_of


def is_ours(url: str) -> bool:
    """Whether an address is on this server."""
    return host_of(url) == host_of(settings.SPEAK_URL)
