"""Programmes, what is open in a room, and one's own steps."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.kernel.errors import NotFound
from speak.rooms import catalogue
from speak.rooms.models import Opening, Programme, Room, Step
from speak.rooms.practices import Practice
from speak.rooms.programmes import ProgrammeText, parse


def programmes_of(viewer: Actor) -> QuerySet[Programme]:
    """The programmes the viewer made or brought here, without the copies that rooms go through."""
    return Programme.objects.filter(made_by=viewer, rooms=None)


def programme_for(viewer: Actor, programme_id: int) -> Programme:
    """One of them.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    programme = programmes_of(viewer).filter(pk=programme_id).first()
    if programme is None:
        raise NotFound(_("There is no such programme, or it is somebody else's."))
    return programme


def programme_of(room: Room) -> ProgrammeText | None:
    """What a room goes through, in order; nothing where its host has chosen nothing."""
    return parse(room.programme.source) if room.programme else None


def practice_for(viewer: Actor | None, slug: str) -> Practice:
    """A practice that ships, or one written in a programme of the viewer's own or of a room they are in.

    Raises:
        NotFound: there is none of this slug for them.
    """
    if slug in catalogue.practices():
        return catalogue.practice(slug)
    if viewer is not None:
        within = Room.objects.filter(memberships__actor=viewer, memberships__left_at=None).exclude(programme=None)
        known = Programme.objects.filter(Q(made_by=viewer) | Q(pk__in=within.values("programme")))
        for programme in known.order_by("pk"):
            for entry in parse(programme.source).entries:
                if entry.practice.slug == slug:
                    return entry.practice
    raise NotFound(_("There is no such practice."), hint=_("All of them stand under “Practices”."))


def opened_in(room: Room) -> QuerySet[Opening]:
    """What its hosts have opened to a room, in that order."""
    return Opening.objects.filter(room=room)


def steps_of(viewer: Actor) -> QuerySet[Step]:
    """What the viewer has begun, tried or set aside. There is no way to ask for another person's."""
    return Step.objects.filter(actor=viewer)


def step_of(viewer: Actor, practice: str) -> Step | None:
    """The viewer's own step of one practice."""
    return steps_of(viewer).filter(practice=practice).first()
