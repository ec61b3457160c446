"""Being called something else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from speak.identity import actions
from speak.kernel.errors import Refusal
from speak.web.forms.profile import HandleForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.viewer import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def handle(request: HttpRequest) -> HttpResponse:
    """Change one's handle; the page says first what that does here and elsewhere."""
    viewer = signed_in(request)
    address = viewer.address
    form = HandleForm(request.POST or None, initial={"handle": viewer.handle})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_handle(viewer, handle=form.cleaned_data["handle"])
        except Refusal as refusal:
            put_into(form, refusal, field="handle")
        else:
            messages.success(request, _("You are %(address)s now.") % {"address": viewer.address})
            return redirect("settings_handle")
    context = {"form": form, "address": address, "host": viewer.host}
    return render(request, "web/settings/handle.html", context, status=STATUS if form.errors else 200)
