"""Files, for whoever may read the post they are in."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.voice.errors import NotThere
from speak.voice.models import Draft, Media
from speak.voice.queries.looks import looks_at
from speak.voice.queries.readable import readable_by
from speak.voice.reach import OPEN, Reach

# Copies of these go to other servers, whose people fetch the file without saying who they are:
# for them the token, which cannot be guessed and stands only in the post, is the key.
BY_TOKEN = (*OPEN, Reach.FOLLOWERS, Reach.NAMED)


def unsaid_media(owner: Actor, ids: Iterable[int]) -> list[Media]:
    """Those of one's own files with these ids that stand in no post yet, in the order they came."""
    return list(Media.objects.filter(owner=owner, post=None, pk__in=list(ids)).exclude(token="").order_by("pk"))


def media_of_mine(owner: Actor, ids: Iterable[int]) -> list[Media]:
    """Those of one's own files with these ids, wherever they stand."""
    return list(Media.objects.filter(pk__in=list(ids)[:50], owner=owner))


def media_of_token(owner: Actor, token: str) -> Media | None:
    """One's own file with this token, wherever it stands."""
    return Media.objects.filter(owner=owner, token=token).first() if token else None


def far_media_shown_to(viewer: Actor | None, media_id: int) -> Media | None:
    """A picture of another server in a post, if the viewer may read that post."""
    found = Media.objects.filter(pk=media_id, media_type__startswith="image/", post__in=readable_by(viewer))
    return found.exclude(remote_url="").select_related("post", "owner").first()


def media_shown_to(viewer: Actor | None, token: str) -> Media:
    """The file with this token, if the viewer may see it.

    A file in a post that stays here (only me, a room, everyone here) or in no post yet is shown
    only to those who may read the post, to its owner, and to the one reader of the draft it is in.
    Of somebody who is suspended, or whose pictures are not shown, their owner alone sees any.

    Raises:
        NotThere: there is none, or none for this viewer.
    """
    found = Media.objects.exclude(token="").filter(token=token).select_related("post", "owner")
    shown = Q(post__reach__in=BY_TOKEN, post__withdrawn_at=None)
    if viewer:
        shown |= Q(post__in=readable_by(viewer)) | Q(pk__in=_looked_at_by(viewer))
    shown &= Q(owner__suspended_at=None, owner__hides_media=False)
    if viewer:
        shown |= Q(owner=viewer)
    media = found.filter(shown).first()
    if media is None:
        raise NotThere(_("There is no such file, or none for you."))
    return media


def _looked_at_by(viewer: Actor) -> QuerySet[Media, int]:
    """The pictures of drafts that are shown to the viewer."""
    drafts = looks_at(viewer).values("draft")
    return Media.objects.filter(
        pk__in=Draft.media.through.objects.filter(draft__in=drafts).values("media")
    ).values_list("pk", flat=True)
