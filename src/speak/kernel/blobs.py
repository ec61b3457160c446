"""Files by token. A token cannot be guessed, and is the file's only name."""

import re
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from speak.kernel.errors import NotFound

TOKEN = re.compile(r"[0-9a-f]{32}\.(?:webp|png|jpg|gif|mp3|ogg|m4a|mp4|webm)")
TYPES = {
    "webp": "image/webp",
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
    "webm": "video/webm",
}


def put(data: bytes, *, suffix: str) -> str:
    """Keep these bytes; returns their token."""
    token = f"{secrets.token_hex(16)}.{suffix}"
    path = path_of(token)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_bytes(data)
    partial.rename(path)
    return token


def path_of(token: str) -> Path:
    """Where the file of this token lies.

    Raises:
        NotFound: when it is not a token at all.
    """
    if not TOKEN.fullmatch(token):
        raise NotFound(_("There is no such file."))
    return Path(settings.MEDIA_ROOT) / token[:2] / token


def type_of(token: str) -> str:
    """The media type, from the token's suffix."""
    return TYPES[token.rsplit(".", 1)[-1]]


def url_of(token: str) -> str:
    """The file's public address, or nothing where there is no file."""
    return f"{settings.SPEAK_URL}/media/{token}" if token else ""


def delete_all(tokens: Iterable[str]) -> None:
    """Forget these files."""
    for token in tokens:
        delete(token)


def delete(token: str) -> None:
    """Forget the file; a second time does nothing."""
    if token:
        path_of(token).unlink(missing_ok=True)
