"""Where else one writes: which sites may name one as the author of their pages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from speak.identity import actions
from speak.kernel.errors import Refusal
from speak.web.forms.profile import CreditForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.viewer import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def credit(request: HttpRequest) -> HttpResponse:
    """See and say which sites those are; and what to put into a page there."""
    viewer = signed_in(request)
    form = CreditForm(request.POST or None, initial={"sites": "\n".join(viewer.attribution_domains)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_sites_that_credit(viewer, sites=form.cleaned_data["sites"].splitlines())
        except Refusal as refusal:
            put_into(form, refusal, field="sites")
        else:
            messages.success(request, _("Saved."))
            return redirect("settings_credit")
    context = {"form": form, "address": viewer.address}
    return render(request, "web/settings/credit.html", context, status=STATUS if form.errors else 200)
