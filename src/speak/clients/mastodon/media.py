"""Pictures on their way into a post (docs.joinmastodon.org/methods/media)."""

from typing import Annotated

import msgspec
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from speak.clients.api.endpoints import Call, Nothing, endpoint
from speak.clients.mastodon.entities.statuses import MediaAttachment
from speak.clients.mastodon.shown.media import shown_media
from speak.identity.models import Actor
from speak.kernel.errors import Invalid, TooMuch
from speak.kernel.pictures import MAX_BYTES
from speak.voice import actions
from speak.voice.errors import NotThere
from speak.voice.models import Media
from speak.voice.queries import media_of_mine

Description = Annotated[str, msgspec.Meta(max_length=1_500)]


class Added(msgspec.Struct, kw_only=True):
    """A picture, with words for those who do not see it, and the point to look at: `x,y` between -1 and 1."""

    file: UploadedFile[bytes]
    description: Description = ""
    focus: str = ""
    thumbnail: UploadedFile[bytes] | None = None


class Described(msgspec.Struct, kw_only=True):
    """The same about a picture that is here already; what is not given stays."""

    description: Description | None = None
    focus: str | None = None
    thumbnail: UploadedFile[bytes] | None = None


def _add(call: Call, given: Added) -> MediaAttachment:
    if (given.file.size or 0) > MAX_BYTES:
        raise TooMuch(_("Validation failed: File file size must be less than 16 MB."))
    media = actions.add_picture(call.me, data=given.file.read(), description=given.description)
    if given.focus:
        actions.look_at(call.me, media=media, focus=_point(given.focus))
    return _shown(call.me, media.pk)


@endpoint("POST", "/api/v2/media", "write:media")
def add(call: Call, given: Added) -> MediaAttachment:
    """Add a picture; it is ready at once."""
    return _add(call, given)


@endpoint("POST", "/api/v1/media", "write:media")
def add_as_before(call: Call, given: Added) -> MediaAttachment:
    """The same at its old address."""
    return _add(call, given)


@endpoint("GET", "/api/v1/media/<int:media_id>", "write:media")
def one(call: Call, media_id: int) -> MediaAttachment:
    """One's own picture."""
    return _shown(call.me, media_id)


@endpoint("PUT", "/api/v1/media/<int:media_id>", "write:media")
def describe(call: Call, given: Described, media_id: int) -> MediaAttachment:
    """Say in words what it shows, and where to look."""
    describe_media(call.me, _own(call.me, media_id), description=given.description, focus=given.focus)
    return _shown(call.me, media_id)


@endpoint("DELETE", "/api/v1/media/<int:media_id>", "write:media")
def drop(call: Call, media_id: int) -> Nothing:
    """Throw a picture away that stands in nothing."""
    actions.drop_picture(call.me, media=_own(call.me, media_id))
    return Nothing()


def describe_media(owner: Actor, media: Media, *, description: str | None, focus: str | None) -> None:
    """Say in words what one's own picture shows, and where to look; what is nothing stays.

    Raises:
        Invalid: the point is not two numbers between -1 and 1.
    """
    if description is not None:
        actions.describe(owner, media=media, description=description)
    if focus:
        actions.look_at(owner, media=media, focus=_point(focus))


def _own(owner: Actor, media_id: int) -> Media:
    found = media_of_mine(owner, [media_id])
    if not found:
        raise NotThere(_("There is no such picture of yours."))
    return found[0]


def _shown(owner: Actor, media_id: int) -> MediaAttachment:
    return shown_media(owner, _own(owner, media_id), is_open=False)


def _point(written: str) -> tuple[float, float]:
    try:
        x, y = (float(part) for part in written.split(","))
    except ValueError as error:
        raise Invalid(_("Validation failed: Focus is two numbers between -1 and 1.")) from error
    if not (-1 <= x <= 1 and -1 <= y <= 1):
        raise Invalid(_("Validation failed: Focus is two numbers between -1 and 1."))
    return x, y
