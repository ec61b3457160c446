"""Files that are shown in other documents. Pure."""

import re
from dataclasses import dataclass

from blurhash_rs import BlurhashDecodeError, blurhash_decode

from speak.federation.documents.languages import plain_in
from speak.federation.documents.nodes import Node

MAX_MEDIA = 16
MAX_BLURHASH = 100
PLANE = 2
# RFC 6838, 4.2, with parameters.
MEDIA_TYPE = re.compile(r"[a-z0-9]+/[!-~][ -~]*", re.IGNORECASE | re.ASCII)
SHOWN = ("image/", "video/", "audio/")
BY_KIND = {"Image": "image/*", "Video": "video/*", "Audio": "audio/*"}
BY_SUFFIX = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
}


@dataclass(frozen=True, slots=True)
class MediaDocument:
    """A picture, film or sound and its description; sizes in pixels, 0 where unknown.

    `focus` is the point to look at: x and y from -1 (left, bottom) to 1. `blurhash` are its colors in a few letters.
    """

    url: str
    media_type: str
    description: str = ""
    width: int = 0
    height: int = 0
    blurhash: str = ""
    focus: tuple[float, float] = (0, 0)


def media_in(node: Node, name: str) -> tuple[MediaDocument, ...]:
    """The pictures, films and sounds of a member."""
    found = (media_of(item) for item in node.items(name))
    return tuple(item for item in found if item is not None and item.media_type.startswith(SHOWN))[:MAX_MEDIA]


def picture_in(node: Node, name: str) -> MediaDocument | None:
    """The first picture of a member; the last of a list of sizes is no better known than the first."""
    found = (media_of(item) for item in node.items(name))
    return next((item for item in found if item is not None), None)


def media_of(item: Node) -> MediaDocument | None:
    """One file, from an Image, Video, Audio, Document or Link, or a bare address."""
    if not item.is_object:
        url = item.uri_if_any()
        return MediaDocument(url, _guessed("", url)) if url else None
    links = item.items("url") or item.items("href")
    link = next((each for each in links if each.uri_if_any()), None)
    if link is None:
        return None
    url = link.uri_if_any()
    declared = item.text("mediaType", most=100) or (link.text("mediaType", most=100) if link.is_object else "")
    kind = next((BY_KIND[kind] for kind in item.kinds() if kind in BY_KIND), "")
    return MediaDocument(
        url=url,
        media_type=(declared.lower() if MEDIA_TYPE.fullmatch(declared) else "") or _guessed(kind, url),
        description=plain_in(item, "name", most=5000) or plain_in(item, "summary", most=5000),
        width=item.number("width"),
        height=item.number("height"),
        blurhash=_blurhash_of(item),
        focus=_focus_of(item),
    )


def _blurhash_of(item: Node) -> str:
    """Its colors, where they can be read: an app shows them as they are."""
    written = item.text("blurhash", most=MAX_BLURHASH + 1)
    if not written or len(written) > MAX_BLURHASH:
        return ""
    try:
        blurhash_decode(written, 1, 1)
    except BlurhashDecodeError:
        return ""
    return written


def _focus_of(item: Node) -> tuple[float, float]:
    """The point to look at; the middle where none is told."""
    point = [each.value for each in item.items("focalPoint") if isinstance(each.value, int | float)]
    if len(point) != PLANE or not all(-1 <= float(each) <= 1 for each in point):
        return (0, 0)
    return (float(point[0]), float(point[1]))


def _guessed(kind: str, url: str) -> str:
    suffix = url.split("?", 1)[0].rsplit(".", 1)[-1].lower()
    return BY_SUFFIX.get(suffix, kind)
