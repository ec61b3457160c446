"""Who may send something large: an address that a page gave to somebody who is signed in, good for a day.

What reads requests from the line knows nobody yet; without this, anyone could fill the disk.
"""

import datetime as dt

from django.conf import settings
from django.core import signing

PREFIX = "/settings/bring/with/"
SALT = "speak.web.admission"
GOOD_FOR = dt.timedelta(days=1)
MB = 1_000_000
# What a form has around a file.
AROUND = 64 * 1024


def admission_of(owner_id: int) -> str:
    """Something that stands in an address, and only this server can have written."""
    return signing.TimestampSigner(salt=SALT).sign(str(owner_id))


def is_admitted(owner_id: int, written: str) -> bool:
    """Whether it was written for them, and not long ago."""
    return _owner_in(written) == str(owner_id)


def admitted(path: str, *, usual: int) -> int:
    """How many bytes a path takes."""
    if path.startswith(PREFIX) and _owner_in(path.removeprefix(PREFIX)):
        return int(settings.SPEAK_IMPORT_MB) * MB + AROUND
    return usual


def _owner_in(written: str) -> str:
    try:
        return signing.TimestampSigner(salt=SALT).unsign(written, max_age=GOOD_FOR)
    except signing.BadSignature:
        return ""
