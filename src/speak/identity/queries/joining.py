"""Links by which somebody joins."""

import hashlib

from django.utils.translation import gettext as _

from speak.identity.errors import LinkSpent
from speak.identity.models import JoinLink
from speak.kernel import clock


def join_link(token: str) -> JoinLink:
    """The unused link with this token.

    Raises:
        LinkSpent: it was used, has expired, or never was.
    """
    link = JoinLink.objects.filter(token_hash=token_hash(token), used_at=None, expires_at__gt=clock.now()).first()
    if link is None:
        raise LinkSpent(
            _("This link has been used already, or is too old."),
            hint=_("Ask whoever gave it to you for another one."),
        )
    return link


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
