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
    return MediaAttachment(
        id=str(media.pk),
        type=kind,
        url=address,
        preview_url=address if kind == "image" else None,
        remote_url=media.remote_url or None,
        description=media.description or None,
        blurhash=media.blurhash or None,
        meta={**_sizes(media), "focus": {"x": media.focus_x, "y": media.focus_y}},
    )


def _sizes(media: Media) -> dict[str, dict[str, object]]:
    """How large it is, where that is known."""
    width, height = media.width, media.height
    if not (width and height):
        return {}
    size: dict[str, object] = {
        "width": width,
        "height": height,
        "size": f"{width}x{height}",
        "aspect": round(width / height, 4),
    }
    return {"original": size, "small": size}
