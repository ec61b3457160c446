"""Pictures of other servers, kept here for a while: whoever looks at them is seen by nobody elsewhere.

They are fetched when somebody first looks, made anew (smaller, without what a camera adds), and
thrown away when they were not looked at for a month, or when room is needed.
"""

import datetime as dt
import hashlib

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from speak.federation.documents.nodes import host_of, is_web_address
from speak.federation.models import FarFile
from speak.kernel import blobs, clock
from speak.kernel.errors import Invalid, TooMuch
from speak.kernel.outbound import Ask, Call, OutboundFailure, Purpose, places_to_wait
from speak.kernel.pictures import prepare_picture
from speak.safety.queries import is_refused

FRESH_FOR = dt.timedelta(days=7)
# One that could not be had is not asked for again at once.
REST = dt.timedelta(hours=1)
UNUSED_FOR = dt.timedelta(days=30)
TOUCHED_EVERY = dt.timedelta(hours=6)
LONGEST_SIDE = 1600
OK = 200
BATCH = 100
MEGABYTE = 1024 * 1024
# How much room is made at once, so that not every picture makes some.
MADE_FREE = 0.9
# So many requests at most wait for pictures of others; the rest are answered without.
_waiting = places_to_wait()


def picture_at(url: str, *, ask: Ask) -> bytes | None:
    """The picture at this address, as WebP: kept, or fetched now; nothing where it cannot be had."""
    now = clock.now()
    kept = FarFile.objects.filter(digest=_digest(url)).first()
    data = _read(kept.token) if kept and kept.token else None
    if kept is not None and kept.due_at > now:
        if data is not None:
            _touch(kept, now)
            return data
        if not kept.token:
            return None
    if not _waiting.acquire(blocking=False):
        return data
    try:
        fetched = _fetched(url, ask)
    finally:
        _waiting.release()
    if fetched is None and data is not None:
        FarFile.objects.filter(digest=_digest(url)).update(due_at=now + REST, used_at=now)
        return data
    _keep(url, fetched, now)
    return fetched


def served_at(url: str, *, ask: Ask) -> bytes:
    """What is served where a picture should be, as it comes; nothing where it cannot be had."""
    if not is_web_address(url) or is_refused(host_of(url)):
        return b""
    try:
        answer = ask(Call("GET", url, Purpose.MEDIA, {"Accept": "image/*"}))
    except OutboundFailure:
        return b""
    return answer.body if answer.status == OK and not is_refused(host_of(answer.url or url)) else b""


def throw_far_files_away() -> int:
    """Forget pictures nobody has looked at for a month, and the least looked at where they take too much room."""
    now = clock.now()
    count = _throw_away(list(FarFile.objects.filter(used_at__lt=now - UNUSED_FOR)))
    most = settings.SPEAK_MEDIA_CACHE_MB * MEGABYTE
    size = FarFile.objects.aggregate(size=Sum("size"))["size"] or 0
    if size > most:
        count += _throw_away(_least_used(size - int(most * MADE_FREE)))
    return count


def _least_used(size: int) -> list[FarFile]:
    """Those least looked at that take at least so many bytes together."""
    found: list[FarFile] = []
    for file in FarFile.objects.exclude(token="").order_by("used_at", "pk").iterator(BATCH):
        found.append(file)
        size -= file.size
        if size <= 0:
            break
    return found


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def _read(token: str) -> bytes | None:
    try:
        return blobs.path_of(token).read_bytes()
    except FileNotFoundError:
        return None


def _touch(file: FarFile, now: dt.datetime) -> None:
    """That somebody looked; not written down each time."""
    if file.used_at < now - TOUCHED_EVERY:
        FarFile.objects.filter(pk=file.pk).update(used_at=now)


def _fetched(url: str, ask: Ask) -> bytes | None:
    data = served_at(url, ask=ask)
    try:
        return prepare_picture(data, longest_side=LONGEST_SIDE).data if data else None
    except (Invalid, TooMuch):
        return None


@transaction.atomic
def _keep(url: str, data: bytes | None, now: dt.datetime) -> None:
    token = blobs.put(data, suffix="webp") if data is not None else ""
    file, _ = FarFile.objects.select_for_update().get_or_create(digest=_digest(url), defaults={"url": url})
    outdated, file.token, file.size = file.token, token, len(data or b"")
    file.used_at, file.due_at = now, now + (FRESH_FOR if token else REST)
    file.save()
    transaction.on_commit(lambda: blobs.delete(outdated))


def _throw_away(files: list[FarFile]) -> int:
    for file in files:
        file.delete()
        blobs.delete(file.token)
    return len(files)
