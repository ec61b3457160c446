"""What goes on in a room's meeting: the step on the screen, who was drawn to meet whom, whether people come in."""

from speak.identity.models import Actor
from speak.kernel import clock
from speak.rooms.models import Group, Opening, Room
from speak.rooms.programmes import Entry
from speak.rooms.queries.practices import programme_of


def entries_of(room: Room) -> tuple[Entry, ...]:
    """The steps of a room's programme, in order; none where its host has chosen nothing."""
    programme = programme_of(room)
    return programme.entries if programme else ()


def step_shown_in(room: Room) -> Entry | None:
    """The step on the shared screen; none before the first one was opened."""
    entries = entries_of(room)
    if not room.place < len(entries):
        return None
    entry = entries[room.place]
    return entry if opening_of(room, entry.practice.slug) else None


def opening_of(room: Room, practice: str) -> Opening | None:
    """When a practice was opened to a room, and by whom."""
    return Opening.objects.filter(room=room, practice=practice).first()


def is_meeting(room: Room) -> bool:
    """Whether people can come in by the spoken words now."""
    now = clock.now()
    return bool(room.code and room.code_until and room.code_until > now) and not room.is_over(now)


def groups_in(room: Room, *, practice: str | None = None) -> list[list[Actor]]:
    """The pairs or threes that were drawn last in a room, or last for one practice; everybody in it can see them."""
    drawn = Group.objects.filter(room=room) if practice is None else Group.objects.filter(room=room, practice=practice)
    last = drawn.order_by("-drawing").first()
    if last is None:
        return []
    groups = Group.objects.filter(room=room, drawing=last.drawing).order_by("pk").prefetch_related("actors")
    return [sorted(group.actors.all(), key=lambda actor: actor.called) for group in groups]
