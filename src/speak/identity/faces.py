"""Where somebody's pictures are seen: here, also those of people whose home is elsewhere."""

import zlib

from speak.identity.models import Actor


def face_url(actor: Actor) -> str:
    """Their face, or nothing; a path of this server for people elsewhere."""
    return _seen_here(actor, actor.picture_url, "faces")


def banner_url(actor: Actor) -> str:
    """The wide picture above their profile, likewise."""
    return _seen_here(actor, actor.banner_url, "banners")


def _seen_here(actor: Actor, url: str, kind: str) -> str:
    """The address here of a picture of somebody; another one when the picture is another one."""
    if actor.is_local or not url:
        return url
    return f"/media/far/{kind}/{actor.pk}?of={zlib.crc32(url.encode()):08x}"
