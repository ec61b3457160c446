"""Pictures of an entry: files that came along, ones that were added before, and ones at other addresses."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.clients.micropub.entries import Photo
from speak.identity.models import Actor
from speak.kernel.errors import Invalid, TooMuch
from speak.kernel.outbound import Ask, Call, OutboundFailure, Purpose
from speak.kernel.pictures import MAX_BYTES
from speak.voice import actions
from speak.voice.actions.speaking import MAX_PICTURES
from speak.voice.models import Media, Post
from speak.voice.queries import media_of_token

OK = 200


def taken_in(owner: Actor, photos: Iterable[Photo], *, ask: Ask, of: Post | None = None) -> list[Media]:
    """The pictures, in order, as files of one's own that stand in no post, or in `of`.

    Raises:
        Invalid: one of them is no picture, cannot be had, or stands in another post.
        TooMuch: more, or larger ones, than a post shows.
    """
    wanted = list(photos)
    if len(wanted) > MAX_PICTURES:
        raise TooMuch(
            ngettext("A post shows up to %(most)d picture.", "A post shows up to %(most)d pictures.", MAX_PICTURES)
            % {"most": MAX_PICTURES}
        )
    return [_taken_in(owner, photo, ask=ask, of=of) for photo in wanted]


def _taken_in(owner: Actor, photo: Photo, *, ask: Ask, of: Post | None) -> Media:
    if photo.file is not None:
        if (photo.file.size or 0) > MAX_BYTES:
            raise TooMuch(_("A picture has up to 16 MB."))
        return actions.add_picture(owner, data=photo.file.read(), description=photo.description or "")
    known = own_at(owner, photo.url)
    if known is None:
        return actions.add_picture(owner, data=_fetched(photo.url, ask), description=photo.description or "")
    # What another post shows is described by changing that post.
    if known.post_id is not None and (of is None or known.post_id != of.pk):
        raise Invalid(_("That picture stands in another post already."), hint=_("Add it here once more."))
    if photo.description is not None:
        actions.describe(owner, media=known, description=photo.description)
    return known


def own_at(owner: Actor, url: str) -> Media | None:
    """One's own file at this address of ours, if it is one."""
    here = f"{settings.SPEAK_URL}/media/"
    return media_of_token(owner, url.removeprefix(here)) if url.startswith(here) else None


def _fetched(url: str, ask: Ask) -> bytes:
    try:
        answer = ask(Call("GET", url, Purpose.MEDIA, {"Accept": "image/*"}))
    except OutboundFailure as failure:
        raise Invalid(_("That picture cannot be fetched."), hint=_("Add it here first.")) from failure
    if answer.status != OK:
        raise Invalid(_("That picture cannot be fetched."), hint=_("Add it here first."))
    return answer.body
