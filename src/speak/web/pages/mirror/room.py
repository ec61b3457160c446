"""A room's mirror: one page, the same for each of its members, and for nobody else."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from speak.identity.queries import objecting
from speak.mirror.of_room import keeping_here, month_before, room_mirror
from speak.rooms.queries import room_for
from speak.web.pages.mirror.looked import looked
from speak.web.shown.mirror import shown_finding
from speak.web.viewer import signed_in


@login_required
@require_safe
def of_room(request: HttpRequest, room_id: int) -> HttpResponse:
    """What the room's last whole month shows, and the record of what was read, shown and left out."""
    viewer = signed_in(request)
    room = room_for(viewer, room_id)
    left_out = frozenset(objecting().values_list("pk", flat=True))
    report = looked(lambda: room_mirror(viewer, room_id, keeping=keeping_here(), objecting=left_out))
    context = {
        "room": room,
        "month": month_before(timezone.now())[0],
        "report": report if report and report.record.read.messages else None,
        "is_quiet": report is not None,
        "findings": [shown_finding(finding) for finding in report.findings] if report else [],
    }
    return render(request, "web/mirror/room.html", context)
