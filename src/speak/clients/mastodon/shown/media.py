"""Pictures, films and sounds, as an app sees them."""

from typing import Literal

from speak.clients.mastodon.entities.statuses import MediaAttachment
from speak.clients.mastodon.shown.people import whole_address
from speak.identity.models import Actor
from speak.identity.passes import with_pass
from speak.voice.files import url_of
from speak.voice.models import Media

Kind = Literal["image", "video", "audio", "unknown"]
KINDS: dict[str, Kind] = {"image": "image", "video": "video", "audio": "audio"}


def shown_media(viewer: Actor | None, media: Media, *, is_open: bool) -> MediaAttachment:
    """One of them. What is not for anyone gets an address that opens it for the viewer alone."""
    address = whole_address(url_of(media))
    if not is_open and viewer is not None and "/media/" in address:
        address = with_pass(viewer, address)
    kind = KINDS.get(media.media_type.partition("/")[0], "unknown")
    size: dict[str, float | str] = {
        "width": media.width,
        "height": media.height,
        "size": f"{media.width}x{media.height}",
    }
    if media.width and media.height:
        size["aspect"] = round(media.width / media.height, 4)
    return MediaAttachment(
        id=str(media.pk),
        type=kind,
        url=address,
        preview_url=address,
        remote_url=media.remote_url or None,
        description=media.description or None,
        blurhash=media.blurhash or None,
        meta={"original": size, "small": size, "focus": {"x": media.focus_x, "y": media.focus_y}},
    )
