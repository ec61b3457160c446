"""Pictures on their way into a post."""

import datetime as dt
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from speak.identity.models import Actor
from speak.kernel import blobs, clock
from speak.kernel.pictures import prepare_picture
from speak.voice.errors import NotYours
from speak.voice.models import Draft, Media, Post

LONGEST_SIDE = 2048
MAX_DESCRIPTION = 1500
UNUSED_FOR = dt.timedelta(days=2)


@transaction.atomic
def add_picture(owner: Actor, *, data: bytes, description: str = "") -> Media:
    """Keep a picture for a post to come; what it tells of its maker's place and camera is dropped.

    Raises:
        Invalid, TooMuch: not a picture, damaged, or too large.
    """
    picture = prepare_picture(data, longest_side=LONGEST_SIDE)
    token = blobs.put(picture.data, suffix="webp")
    return Media.objects.create(
        owner=owner,
        token=token,
        media_type="image/webp",
        description=description.strip()[:MAX_DESCRIPTION],
        width=picture.width,
        height=picture.height,
        blurhash=picture.blurhash,
    )


def describe(owner: Actor, *, media: Media, description: str) -> None:
    """Say in words what a picture shows."""
    changed = Media.objects.filter(pk=media.pk, owner=owner).update(description=description.strip()[:MAX_DESCRIPTION])
    if not changed:
        raise NotYours(gettext("That picture is not yours."))


def look_at(owner: Actor, *, media: Media, focus: tuple[float, float]) -> None:
    """Say which point of a picture has to be seen when it is cut: x and y from -1 (left, bottom) to 1."""
    changed = Media.objects.filter(pk=media.pk, owner=owner).update(focus_x=focus[0], focus_y=focus[1])
    if not changed:
        raise NotYours(gettext("That picture is not yours."))


@transaction.atomic
def drop_picture(owner: Actor, *, media: Media) -> None:
    """Throw away a picture that stands in no post.

    Raises:
        NotYours: it is somebody else's, or stands in a post.
    """
    deleted, _ = Media.objects.filter(pk=media.pk, owner=owner, post=None).delete()
    if not deleted:
        raise NotYours(
            gettext("That picture is not yours, or stands in a post."), hint=gettext("Take the post back, or edit it.")
        )
    transaction.on_commit(lambda: blobs.delete(media.token))


def take_pictures_out(owner: Actor, *, post: Post) -> None:
    """Take one's own pictures out of a post, for another to come. The caller holds the transaction.

    Whoever knew where they were finds nothing there any more.
    """
    for media in post.media.filter(owner=owner).exclude(token=""):
        known, file = media.token, blobs.path_of(media.token)
        if not file.exists():
            continue
        media.token = blobs.put(file.read_bytes(), suffix=known.rsplit(".", 1)[-1])
        media.post, media.created_at = None, clock.now()
        media.save()
        transaction.on_commit(partial(blobs.delete, known))


def forget_unused_media() -> int:
    """Throw away pictures that stand in no post and no draft for two days; returns how many."""
    in_a_draft = Draft.media.through.objects.filter(media=OuterRef("pk"))
    unused = Media.objects.filter(~Exists(in_a_draft), post=None, created_at__lt=clock.now() - UNUSED_FOR)
    count = 0
    for media in unused:
        media.delete()
        blobs.delete(media.token)
        count += 1
    return count
