"""Drafts, for their author only."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.voice.errors import NotThere
from speak.voice.models import Draft


def drafts_of(author: Actor) -> QuerySet[Draft]:
    """What somebody has not said yet, last changed first."""
    return Draft.objects.filter(author=author).select_related("in_reply_to__author").prefetch_related("media")


def draft_of(author: Actor, draft_id: int) -> Draft:
    """One of one's own drafts.

    Raises:
        NotThere: there is none, or it is somebody else's.
    """
    draft = drafts_of(author).filter(pk=draft_id).first()
    if draft is None:
        raise NotThere(_("There is no such draft of yours."))
    return draft


def due_drafts(now: dt.datetime) -> QuerySet[Draft]:
    """Held drafts whose time has come, for the worker."""
    return Draft.objects.filter(held_until__lte=now, last_refusal="").order_by("held_until")
