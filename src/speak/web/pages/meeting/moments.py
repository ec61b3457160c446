"""A moment of a meeting as whoever hosts it sees it: the room, its programme, and where that stands."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.kernel.errors import Refusal
from speak.rooms import queries
from speak.rooms.errors import HostOnly
from speak.rooms.models import Room, StepState
from speak.rooms.programmes import Entry
from speak.web.paging import id_in
from speak.web.viewer import signed_in

WAY_IN = "way-in"


@dataclass(frozen=True, slots=True)
class Moment:
    """A room, whoever hosts it and looks, and where its programme stands."""

    viewer: Actor
    room: Room
    entries: tuple[Entry, ...]
    current: Entry | None

    @property
    def next_place(self) -> int | None:
        """The step that comes next; none after the last."""
        place = 0 if self.current is None else self.room.place + 1
        return place if place < len(self.entries) else None

    @property
    def earlier_place(self) -> int | None:
        """The step before this one."""
        return self.room.place - 1 if self.current is not None and self.room.place > 0 else None


def moment_of(request: HttpRequest, room_id: int) -> Moment:
    """The moment of a room that the one who looks hosts.

    Raises:
        NotInRoom: they are not even in it.
        HostOnly: somebody else hosts it.
    """
    viewer = signed_in(request)
    room = queries.room_for(viewer, room_id)
    if room.host_id != viewer.pk:
        raise HostOnly(
            _("Only whoever hosts this room holds its screen."), hint=_("Your own page shows the same step.")
        )
    return Moment(viewer, room, queries.entries_of(room), queries.step_shown_in(room))


def shows_way_in(request: HttpRequest, moment: Moment) -> bool:
    """Whether the way in stands on the screen, large: before the first step, and where it is asked for."""
    asked = request.POST.get("view") or request.GET.get("view")
    return queries.is_meeting(moment.room) and (moment.current is None or asked == WAY_IN)


def quiet_key(room: Room) -> str:
    """Where the browser of the screen remembers that words are hidden on it."""
    return f"quiet_{room.pk}"


def place_in(request: HttpRequest) -> int | None:
    """The step that a button names."""
    return id_in(request.POST.get("place", ""))


def controls(request: HttpRequest, moment: Moment, refusal: Refusal | None) -> dict[str, object]:
    """What the buttons need. Where a step waits for its host, they can say that they have done it."""
    tried = set(queries.steps_of(moment.viewer).filter(state=StepState.TRIED).values_list("practice", flat=True))
    opened = set(queries.opened_in(moment.room).values_list("practice", flat=True))
    wanted = _wanted(request, moment) if refusal else None
    untried = wanted is not None and moment.entries[wanted].practice.slug not in tried | opened
    return {
        "room": moment.room,
        "is_meeting": queries.is_meeting(moment.room),
        "has_next": moment.next_place is not None,
        "has_earlier": moment.earlier_place is not None,
        "steps": [
            {
                "place": place,
                "title": entry.practice.title,
                "slug": entry.practice.slug,
                "is_here": entry == moment.current,
                "waits": entry.practice.slug not in tried | opened,
            }
            for place, entry in enumerate(moment.entries)
        ],
        "refusal": refusal,
        "wanted": wanted if untried else None,
        "wanted_title": moment.entries[wanted].practice.title if wanted is not None and untried else "",
    }


def _wanted(request: HttpRequest, moment: Moment) -> int | None:
    """The step that was asked for and declined."""
    asked = request.POST.get("do")
    place = moment.next_place if asked == "next" else moment.earlier_place if asked == "back" else place_in(request)
    return place if place is not None and place < len(moment.entries) else None
