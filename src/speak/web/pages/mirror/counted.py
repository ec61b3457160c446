"""Whether one is counted, and under how many names."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from speak.identity.actions import choose_counting
from speak.identity.queries import counting_of
from speak.mirror.claims import confirmed_addresses
from speak.web.forms.mirror import CountedForm
from speak.web.viewer import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def counted(request: HttpRequest) -> HttpResponse:
    """Say that one is not to be counted, or that one's addresses are one person."""
    viewer = signed_in(request)
    now = counting_of(viewer)
    initial = {"stays_out": not now.is_counted, "addresses_are_one": now.addresses_are_one}
    form = CountedForm(request.POST or None, initial=initial)
    if request.method == "POST":
        form.full_clean()
        stays_out, are_one = "stays_out" in request.POST, "addresses_are_one" in request.POST
        choose_counting(viewer, is_counted=not stays_out, addresses_are_one=are_one)
        messages.success(request, _("Noted. It holds from the next look on."))
        return redirect("mirror_counted")
    return render(request, "web/mirror/counted.html", {"form": form, "addresses": confirmed_addresses(viewer)})
