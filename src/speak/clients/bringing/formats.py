"""The formats that are known, in the order in which they are looked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from speak.clients.bringing.documents import NotKnown
from speak.clients.bringing.notes import Notes
from speak.clients.bringing.readers import mastodon
from speak.clients.bringing.ties import Tie
from speak.mirror.archives.containers import Container
from speak.voice.actions import BroughtPost


@dataclass(frozen=True)
class Format:
    """One format: how it is recognized, and how it is read. `says` tells people what to bring."""

    name: str
    says: Promise
    recognizes: Callable[[Container], bool]
    read: Callable[[Container, Notes], Iterator[BroughtPost | Tie]]


# The surest signs come first.
FORMATS = (Format("mastodon", _("A Mastodon archive"), mastodon.recognizes, mastodon.read),)


def format_of(container: Container) -> Format:
    """Which format it is.

    Raises:
        NotKnown: none of them.
    """
    for known in FORMATS:
        if known.recognizes(container):
            return known
    raise NotKnown(
        "This is no file that is known here. Nothing was brought.",
        hint="Bring it as it was given to you, without unpacking it.",
    )
