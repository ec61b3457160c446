"""Limits on people and on other servers; for those who hear reports or run this server."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from speak.identity.models import Actor
from speak.identity.queries import actor_at_address
from speak.kernel.errors import Refusal
from speak.safety import actions, queries
from speak.web.forms.refused import STATUS, put_into
from speak.web.forms.safety import LimitForm
from speak.web.shown.safety import safety_ways, shown_limit
from speak.web.viewer import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def limits(request: HttpRequest) -> HttpResponse:
    """Those that hold, and setting another."""
    viewer = signed_in(request)
    held = queries.limits_for(viewer)
    form = LimitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_limit(viewer, about=meant_by(form.cleaned_data["about"]), words=form.limit())
        except Refusal as refusal:
            put_into(form, refusal)
        else:
            messages.success(request, _("It holds from now on."))
            return redirect("safety_limits")
    context = {
        "form": form,
        "limits": [shown_limit(limit) for limit in held],
        "ways": safety_ways(viewer, "safety_limits"),
    }
    return render(request, "web/safety/limits.html", context, status=STATUS if form.errors else 200)


@login_required
@require_POST
def lift(request: HttpRequest, limit_id: int) -> HttpResponse:
    """End a limit before its time."""
    actions.lift_limit(signed_in(request), limit_id=limit_id)
    messages.success(request, _("It holds no more."))
    return redirect("safety_limits")


def meant_by(text: str) -> Actor | str:
    """Somebody by their address, or else a server by its name: what has an @ in it is an address."""
    return actor_at_address(text) if "@" in text else text
