"""What other servers are owed and have not taken; for those who run this one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from speak.federation.delivery import operating
from speak.federation.delivery.overview import owed_by_server
from speak.identity.models import Actor
from speak.kernel.errors import Invalid, NotAllowed
from speak.web.shown.deliveries import shown_server
from speak.web.viewer import signed_in


@login_required
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """Each server that something waits for, or was given up for, and why."""
    _who_runs_this(request)
    context = {"servers": [shown_server(owed) for owed in owed_by_server()]}
    return render(request, "web/operators/deliveries.html", context)


@login_required
@require_POST
def act_on_server(request: HttpRequest) -> HttpResponse:
    """Try a server again now, or give up what it is owed."""
    _who_runs_this(request)
    host = request.POST.get("host", "")
    match request.POST.get("act", ""):
        case "retry":
            operating.try_again(host)
            messages.success(request, _("%(host)s is tried again now.") % {"host": host})
        case "give-up":
            operating.give_up(host)
            messages.success(request, _("What waited for %(host)s is given up.") % {"host": host})
        case _:
            raise Invalid(_("There is no such thing to do."))
    return redirect("operators_deliveries")


def _who_runs_this(request: HttpRequest) -> Actor:
    viewer = signed_in(request)
    if not viewer.runs_this_server:
        raise NotAllowed(_("This is for those who run this place."))
    return viewer
