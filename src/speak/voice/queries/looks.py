"""Who may look at what is not said yet."""

from django.db.models import QuerySet

from speak.identity.models import Actor
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
        raise NotThere("This is not shown to you any more.")
    return shown


def looks_at(reader: Actor) -> QuerySet[Look]:
    """All that is shown to somebody before it is said."""
    apart = is_apart(reader, "draft__author")
    return Look.objects.filter(reader=reader).exclude(apart).select_related("draft__author", "reader")


def look_at(draft: Draft) -> Look | None:
    """Who looks at a draft, with what they asked; for its author."""
    shown = Look.objects.filter(draft=draft).select_related("reader").prefetch_related("questions")
    return shown.first()
