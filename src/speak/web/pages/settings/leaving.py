"""Ending one's home here, with all that is in it; a last file to take along comes first (promise 9)."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from speak.clients import archive
from speak.identity import actions
from speak.kernel import clock
from speak.kernel.errors import Refusal
from speak.rooms.queries import rooms_of
from speak.web.forms.leaving import LeaveForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.viewer import signed_in


@sensitive_post_parameters("password")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; then it is gone."""
    viewer = signed_in(request)
    form = LeaveForm(request, is_sent=request.method == "POST")
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave(viewer)
        except Refusal as refusal:
            put_into(form, refusal)
        else:
            logout(request)
            messages.success(request, _("Your home here is gone, and all that was in it. Go well."))
            return redirect("home")
    asked = archive.taken_along(viewer)
    context = {
        "form": form,
        "address": viewer.address,
        "asked": asked,
        "is_being_made": asked is not None and archive.is_being_made(asked),
        "hosted": [room for room in rooms_of(viewer) if room.host_id == viewer.pk and not room.is_over(clock.now())],
    }
    return render(request, "web/settings/leaving.html", context, status=STATUS if form.errors else 200)
