"""The shelf: a few chosen things that say who one is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from speak.identity import actions
from speak.kernel.errors import Refusal
from speak.web.forms.profile import ThingForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.pages.settings.appearance import bytes_of
from speak.web.shown.people import shelf_of
from speak.web.viewer import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shelf(request: HttpRequest) -> HttpResponse:
    """See one's things, and put another one there."""
    viewer = signed_in(request)
    form = ThingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.put_on_shelf(
                viewer,
                title=given["title"],
                sentence=given["sentence"],
                data=bytes_of(given["picture"]),
                description=given["picture_description"],
            )
        except Refusal as refusal:
            put_into(form, refusal, field="picture" if given["picture"] else None)
        else:
            messages.success(request, _("It stands on your shelf."))
            return redirect("settings_shelf")
    context = {"form": form, "things": shelf_of(viewer)}
    return render(request, "web/settings/shelf.html", context, status=STATUS if form.errors else 200)


@login_required
@require_POST
def take_off_shelf(request: HttpRequest, thing_id: int) -> HttpResponse:
    """Take one of one's own things away."""
    actions.take_off_shelf(signed_in(request), shelf_id=thing_id)
    messages.success(request, _("It is off your shelf."))
    return redirect("settings_shelf")
