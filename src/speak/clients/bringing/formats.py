"""The formats that are known, in the order in which they are looked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from speak.clients.bringing.documents import NotKnown
from speak.clients.bringing.notes import Notes
from speak.clients.bringing.readers import bluesky, feeds, mastodon, medium, own, spreadsheets, wordpress, x
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
FORMATS = (
    Format("own", _("A file that you took along from a server like this one"), own.recognizes, own.read),
    Format("mastodon", _("A Mastodon archive"), mastodon.recognizes, mastodon.read),
    Format("x", _("An archive of X, or of Twitter"), x.recognizes, x.read),
    Format("bluesky", _("A repository of Bluesky (CAR)"), bluesky.recognizes, bluesky.read),
    Format("medium", _("Medium's export"), medium.recognizes, medium.read),
    Format("wordpress", _("WordPress's export (WXR)"), wordpress.recognizes, wordpress.read),
    Format(
        "feed", _("A feed of what you wrote: Atom, RSS or JSON, also Blogger's export"), feeds.recognizes, feeds.read
    ),
    Format(
        "spreadsheets",
        _("Lists from Mastodon: whom you follow, block, mute, have in lists, which servers you block, what you keep"),
        spreadsheets.recognizes,
        spreadsheets.read,
    ),
)


def format_of(container: Container) -> Format:
    """Which format it is.

    Raises:
        NotKnown: none of them.
    """
    for known in FORMATS:
        if known.recognizes(container):
            return known
    raise NotKnown(
        gettext("This is no file that is known here. Nothing was brought."),
        hint=gettext("Bring it as it was given to you, without unpacking it."),
    )
