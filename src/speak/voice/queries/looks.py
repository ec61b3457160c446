"""Who may look at what is not said yet."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from speak.identity.models import Actor, Block
from speak.voice.errors import NotThere
from speak.voice.models import Draft, Look
from speak.voice.queries.readable import is_apart


def look_for(reader: Actor, look_id: int) -> Look:
    """A draft that somebody shows to `reader`, as it stands now, with what was asked.

    Raises:
        NotThere: it was said, dropped or taken back; or is for somebody else.
    """
    shown = looks_at(reader).prefetch_related("questions", "draft__media").filter(pk=look_id).first()
    if shown is None:
        raise NotThere(_("This is not shown to you any more."))
    return shown


def looks_at(reader: Actor) -> QuerySet[Look]:
    """All that is shown to somebody before it is said."""
    apart = is_apart(reader, "draft__author")
    return Look.objects.filter(reader=reader).exclude(apart).select_related("draft__author", "reader")


def look_at(draft: Draft) -> Look | None:
    """Who looks at a draft, with what they asked; for its author."""
    shown = Look.objects.filter(draft=draft).select_related("reader").prefetch_related("questions")
    return shown.first()


def looks_between(block_id: int) -> list[Look]:
    """The looks that the two whom a block parts have at each other's drafts; for what follows from the block."""
    block = Block.objects.filter(pk=block_id).first()
    if block is None:
        return []
    one, other = block.blocker_id, block.blocked_id
    apart = Q(draft__author=one, reader=other) | Q(draft__author=other, reader=one)
    return list(Look.objects.filter(apart).select_related("draft"))
