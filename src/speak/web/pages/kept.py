"""What somebody keeps, and what they thanked for; only for their own eyes."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from speak.identity.models import Actor
from speak.voice.queries import Entry, Window, kept_by, liked_by
from speak.web.paging import page_of
from speak.web.shown.posts import shown_entries
from speak.web.viewer import signed_in


@login_required
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """What one keeps to read again, last kept first."""
    return _listed(request, kept_by)


@login_required
@require_safe
def thanked(request: HttpRequest) -> HttpResponse:
    """What one said thank you for, last thanks first."""
    return _listed(request, liked_by)


def _listed(request: HttpRequest, read: Callable[[Actor, Window], list[Entry]]) -> HttpResponse:
    viewer = signed_in(request)
    page = page_of(request, lambda window: read(viewer, window), id_of=lambda entry: entry.id)
    context = {
        "is_thanked": read is liked_by,
        "posts": shown_entries(viewer, page.items),
        "older_url": page.older_url,
        "newer_url": page.newer_url,
    }
    return render(request, "web/kept.html", context)
