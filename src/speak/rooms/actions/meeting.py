"""A room that begins in the meeting itself: people join on their phones with a name and nothing else."""

import re
import secrets
import unicodedata

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.actions import make_person, rename_handle, set_password
from speak.identity.errors import HandleTaken, WrongHandle
from speak.identity.handles import check_handle
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.events import emit
from speak.rooms import rules
from speak.rooms.actions.held import check_goes_on, held, held_for_host
from speak.rooms.actions.members import check_has_place, enter
from speak.rooms.actions.opening import steps_missing
from speak.rooms.actions.practising import open_practice
from speak.rooms.codes import new_code
from speak.rooms.errors import GoFirst, RoomQuiet, Unfit
from speak.rooms.events import HomeClaimed, RoomChanged
from speak.rooms.models import Guest, Room
from speak.rooms.queries import has_nobody_to_answer, opening_of, programme_of, record_of, room_by_code

MAX_NAME, TRIES = 100, 50


@transaction.atomic
def begin_meeting(host: Actor, *, room: Room) -> Room:
    """Let people in who sit in the same meeting, by a few spoken words, for three hours.

    Raises:
        GoFirst: promise 2: the host has not spoken in a room yet, or not answered.
        RoomQuiet: the room rests, or has ended.
    """
    current = held_for_host(host, room)
    check_goes_on(current)
    if current.paused_at:
        raise RoomQuiet(_("This room rests."), hint=_("Let it go on first."))
    missing = rules.missing_to_invite(record_of(host), is_alone=has_nobody_to_answer(host))
    if missing:
        raise GoFirst(_("Whoever asks others goes first."), hint=steps_missing(missing))
    now = clock.now()
    taken = set(Room.objects.filter(code_until__gt=now).exclude(pk=current.pk).values_list("code", flat=True))
    if not current.code or current.code_until is None or current.code_until <= now:
        current.code = new_code(taken)
    current.code_until = now + rules.MEETING_LASTS
    current.save(update_fields=["code", "code_until"])
    emit(RoomChanged(room_id=current.pk))
    return current


@transaction.atomic
def end_meeting(host: Actor, *, room: Room) -> None:
    """Nobody comes in by the spoken words any more."""
    current = held_for_host(host, room)
    current.code, current.code_until = "", None
    current.save(update_fields=["code", "code_until"])
    emit(RoomChanged(room_id=current.pk))


@transaction.atomic
def show_place(host: Actor, *, room: Room, place: int) -> None:
    """Put one practice of the programme on the shared screen; with that it is open to the room.

    What an earlier host has opened stays open, and whoever hosts now can show it again.

    Raises:
        GoFirst: it is not open yet, and the host has not done it (promise 2).
        Unfit: the programme has no such place.
    """
    current = held_for_host(host, room)
    check_goes_on(current)
    programme = programme_of(current)
    if programme is None or not 0 <= place < len(programme.entries):
        raise Unfit(_("There is no such place in this room's programme."))
    slug = programme.entries[place].practice.slug
    if opening_of(current, slug) is None:
        open_practice(host, room=current, practice=slug)
    current.place = place
    current.save(update_fields=["place"])
    emit(RoomChanged(room_id=current.pk))


@transaction.atomic
def join_meeting(spoken: str, *, name: str, is_shown: bool, actor: Actor | None = None) -> Actor:
    """Come into the room of a meeting by its spoken words, as `actor`, or as somebody new with a name and nothing else.

    Whoever hosts is remembered as having asked (promise 3).

    Raises:
        NotInRoom: no meeting goes on under these words.
        Unfit: without a name, or with too long a one.
        RoomFull: there is no place.
    """
    room = held(room_by_code(spoken))
    if actor is None:
        check_has_place(room)
        called = " ".join(name.split())
        if not called or len(called) > MAX_NAME:
            raise Unfit(
                ngettext(
                    "Say what you are called, in up to %(most)d character.",
                    "Say what you are called, in up to %(most)d characters.",
                    MAX_NAME,
                )
                % {"most": MAX_NAME}
            )
        actor = _newcomer(called)
        Guest.objects.create(actor=actor, room=room)
    enter(actor, room=room, invited_by=None if actor.pk == room.host_id else room.host, is_shown=is_shown)
    return actor


@transaction.atomic
def claim_home(guest: Actor, *, handle: str, password: str) -> Actor:
    """Make a home out of a name: a handle of one's choice, and a password; an empty one where there is a passkey.

    Raises:
        WrongHandle, HandleTaken, Invalid: as `make_person`.
        Unfit: they have claimed it already.
    """
    claimed = Guest.objects.filter(actor=guest, claimed_at=None).update(claimed_at=clock.now())
    if not claimed:
        raise Unfit(_("This is your home already."))
    actor = rename_handle(guest, handle=handle)
    if password:
        set_password(actor, password=password)
    emit(HomeClaimed(actor_id=actor.pk))
    return actor


def _newcomer(name: str) -> Actor:
    """Somebody with a handle made from their name; they choose another when they claim it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:20].strip("_") or "guest"
    for attempt in range(TRIES):
        handle = stem if attempt == 0 else f"{stem}_{secrets.token_hex(2)}"
        try:
            check_handle(handle)
            return make_person(handle, name=name, password="")
        except (HandleTaken, WrongHandle):
            stem = stem if len(stem) > 1 else "guest"
    raise Unfit(_("Choose a longer name."))
