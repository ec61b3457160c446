"""A link by which one person joins; for those who run this server."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from speak.identity import actions
from speak.identity.models import Actor
from speak.kernel.errors import NotAllowed
from speak.web.forms.preferences import InviteForm
from speak.web.forms.refused import STATUS
from speak.web.viewer import signed_in


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Make a link for somebody by name. It is shown once: only its maker and whoever they give it to know it."""
    viewer = _who_runs_this(request)
    form = InviteForm(request.POST or None)
    address = for_whom = ""
    if request.method == "POST" and form.is_valid():
        for_whom = form.cleaned_data["for_whom"]
        address = actions.make_join_link(viewer, for_whom=for_whom)
        form = InviteForm()
    context = {"form": form, "address": address, "for_whom": for_whom}
    return render(request, "web/settings/invite.html", context, status=STATUS if form.errors else 200)


def _who_runs_this(request: HttpRequest) -> Actor:
    viewer = signed_in(request)
    if not viewer.runs_this_server:
        raise NotAllowed(_("Links to join are made by whoever runs this place."), hint=_("Ask them for one."))
    return viewer
