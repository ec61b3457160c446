"""What awaits somebody, and what happened around what they said. In order of time, without numbers."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from speak.identity.actions import mark_seen
from speak.identity.models import Notification, NotificationKind
from speak.identity.queries import filtered_of, notifications_of, requests_to
from speak.voice.queries import Window
from speak.web.paging import page_of
from speak.web.shown.notifications import shown_notifications
from speak.web.shown.people import shown_person
from speak.web.viewer import signed_in

MOST_ASKING = 50


@login_required
@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    """The list; once it has been looked at, nothing in it is new any more."""
    viewer = signed_in(request)
    told = notifications_of(viewer).exclude(kind=NotificationKind.FOLLOW_ASKED)

    def read(window: Window) -> list[Notification]:
        if window.after is not None:
            return list(told.filter(pk__gt=window.after).order_by("pk")[: window.limit])[::-1]
        older = told.filter(pk__lt=window.before) if window.before is not None else told
        return list(older[: window.limit])

    page = page_of(request, read, id_of=lambda row: row.pk)
    context = {
        "asking": [shown_person(follow.follower) for follow in requests_to(viewer)[:MOST_ASKING]],
        "items": shown_notifications(viewer, page.items),
        "something_apart": filtered_of(viewer).exists(),
        "older_url": page.older_url,
        "newer_url": page.newer_url,
    }
    response = render(request, "web/notifications.html", context)
    if request.method == "GET":
        mark_seen(viewer)
    return response
