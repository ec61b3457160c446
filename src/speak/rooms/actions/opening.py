"""Opening a room, and what its host can change about it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speak.identity.models import Actor, ActorKind
from speak.kernel import clock
from speak.kernel.events import emit
from speak.rooms import rules
from speak.rooms.actions.held import check_goes_on, end_after, held_for_host, home_first
from speak.rooms.actions.members import enter
from speak.rooms.errors import GoFirst, Unfit
from speak.rooms.events import RoomChanged, RoomOpened
from speak.rooms.models import Room
from speak.rooms.queries import is_any_room_open, is_guest, memberships_of, record_of

MAX_NAME, MAX_PURPOSE = 100, 300
STEPS = {
    rules.Missing.PROFILE: gettext_lazy(
        "Say on your profile who you are: a name, and what you are about or a thing on your shelf."
    ),
    rules.Missing.SPOKEN: gettext_lazy("Say something in a room first."),
    rules.Missing.ANSWERED: gettext_lazy("Answer somebody in a room first."),
}


@dataclass(frozen=True, slots=True)
class RoomWords:
    """What a room is called, and what it is for in one sentence."""

    name: str
    purpose: str


def steps_missing(missing: list[rules.Missing]) -> str:
    """What is still to be done, in sentences."""
    return " ".join(str(STEPS[each]) for each in missing)


@transaction.atomic
def open_room(
    founder: Actor, *, words: RoomWords, cap: int = rules.DEFAULT_CAP, weeks: int = rules.DEFAULT_WEEKS
) -> Room:
    """A room with one person in it, who hosts it.

    Raises:
        GoFirst: promise 2, with what is missing.
        Unfit: about the name, the purpose, the cap or the end.
    """
    if founder.kind != ActorKind.PERSON or not founder.is_local or is_guest(founder):
        raise home_first()
    missing = rules.missing_to_open(record_of(founder), is_first_room=not is_any_room_open())
    if missing:
        raise GoFirst(_("Whoever opens a room for others has been in one."), hint=steps_missing(missing))
    _check_cap(cap)
    ends_at = end_after(weeks)
    name, purpose = _checked(words)
    room = Room.objects.create(
        name=name,
        purpose=purpose,
        founder=founder,
        host=founder,
        cap=cap,
        opened_at=clock.now(),
        ends_at=ends_at,
    )
    enter(founder, room=room, invited_by=None)
    emit(RoomOpened(room_id=room.pk))
    return room


@transaction.atomic
def change_room(host: Actor, *, room: Room, words: RoomWords, cap: int | None = None) -> Room:
    """Call it something else, say better what it is for, or make it larger or smaller; without `cap` its size stays.

    Raises:
        Unfit: about the name or the purpose, or a cap below those who are in it.
    """
    current = held_for_host(host, room)
    current.name, current.purpose = _checked(words)
    if cap is not None and cap != current.cap:
        _check_cap(cap)
        if cap < memberships_of(current).count():
            raise Unfit(_("More people are in it than that."), hint=_("Nobody is put out of a room."))
        current.cap = cap
    current.save(update_fields=["name", "purpose", "cap"])
    emit(RoomChanged(room_id=current.pk))
    return current


@transaction.atomic
def pause_room(host: Actor, *, room: Room) -> None:
    """Let a room rest: it stays readable, nothing is said in it, and nobody is asked anything."""
    current = held_for_host(host, room)
    check_goes_on(current)
    current.paused_at = current.paused_at or clock.now()
    current.save(update_fields=["paused_at"])
    emit(RoomChanged(room_id=current.pk))


@transaction.atomic
def resume_room(host: Actor, *, room: Room) -> None:
    """Let a room go on; its end stays where it was."""
    current = held_for_host(host, room)
    check_goes_on(current)
    current.paused_at = None
    current.save(update_fields=["paused_at"])
    emit(RoomChanged(room_id=current.pk))


def _check_cap(cap: int) -> None:
    if not rules.SMALLEST_CAP <= cap <= rules.LARGEST_CAP:
        raise Unfit(
            _("A room is for %(fewest)d to %(most)d people.")
            % {"fewest": rules.SMALLEST_CAP, "most": rules.LARGEST_CAP}
        )


def _checked(words: RoomWords) -> tuple[str, str]:
    name, purpose = words.name.strip(), " ".join(words.purpose.split())
    if not name or not purpose:
        raise Unfit(_("A room has a name, and a sentence that says what it is for."))
    if len(name) > MAX_NAME or len(purpose) > MAX_PURPOSE:
        raise Unfit(
            _("A name has up to %(name)d characters, the sentence up to %(purpose)d.")
            % {"name": MAX_NAME, "purpose": MAX_PURPOSE}
        )
    return name, purpose
