"""Everything one said, as a file to take along (promise 9)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from speak.clients import archive
from speak.web.viewer import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_along(request: HttpRequest) -> HttpResponse:
    """Have it made, and see whether it is."""
    viewer = signed_in(request)
    if request.method == "POST":
        archive.ask(viewer)
        messages.success(request, _("It is being made. Come back in a few minutes."))
        return redirect("settings_leaving" if request.POST.get("next") == "leaving" else "settings_take_along")
    asked = archive.taken_along(viewer)
    context = {
        "asked": asked,
        "is_being_made": asked is not None and archive.is_being_made(asked),
        "kept_until": asked.asked_at + archive.KEPT_FOR if asked and asked.made_at else None,
    }
    return render(request, "web/settings/take_along.html", context)


@login_required
@require_safe
def fetch(request: HttpRequest) -> HttpResponseBase:
    """The file, for whoever asked for it."""
    viewer = signed_in(request)
    path = archive.file_of(viewer)
    response = FileResponse(path.open("rb"), as_attachment=True, filename=f"{viewer.handle}.zip")
    response.headers["Cache-Control"] = "private, no-store"
    return response
