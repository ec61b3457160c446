"""Coming from another home, and going to one: followers come along, words stay where they were said."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from speak.federation.discovery.moves import find_home, find_new_home
from speak.identity import actions
from speak.identity.actions.moving import REST
from speak.identity.models import Actor
from speak.kernel.errors import Refusal
from speak.web.forms.leaving import NewHomeForm, OldHomeForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.shown.people import home_at
from speak.web.viewer import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def moving(request: HttpRequest) -> HttpResponse:
    """See where one comes from and where one went; name another home that one had before."""
    viewer = signed_in(request)
    form = OldHomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            old = find_home(viewer, form.cleaned_data["old"])
            actions.name_old_home(viewer, old=old)
        except Refusal as refusal:
            put_into(form, refusal, field="old")
        else:
            messages.success(request, _("Your home says now that %(address)s is you.") % {"address": old.address})
            return redirect("settings_moving")
    return _page(request, viewer, old_form=form)


@login_required
@require_POST
def forget_old_home(request: HttpRequest) -> HttpResponse:
    """No longer name one of them."""
    actions.forget_old_home(signed_in(request), uri=request.POST.get("uri", ""))
    messages.success(request, _("Your home no longer names it."))
    return redirect("settings_moving")


@sensitive_post_parameters("password")
@login_required
@require_POST
def move_out(request: HttpRequest) -> HttpResponse:
    """Go to another home, which has to name this one."""
    viewer = signed_in(request)
    if viewer.moved_to_uri:
        return redirect("settings_moving")
    form = NewHomeForm(request, is_sent=True)
    if form.is_valid():
        try:
            new = find_new_home(viewer, form.cleaned_data["new"])
            actions.move_out(viewer, new=new)
        except Refusal as refusal:
            put_into(form, refusal, field="new")
        else:
            messages.success(
                request, _("You live at %(address)s now. Those who follow you are told.") % {"address": new.address}
            )
            return redirect("settings_moving")
    return _page(request, viewer, new_form=form)


@login_required
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Take the move back."""
    actions.stay(signed_in(request))
    messages.success(request, _("You live here again, and can speak here."))
    return redirect("settings_moving")


def _page(
    request: HttpRequest, viewer: Actor, *, old_form: OldHomeForm | None = None, new_form: NewHomeForm | None = None
) -> HttpResponse:
    forms = (old_form or OldHomeForm(), new_form or NewHomeForm(request, is_sent=False))
    context = {
        "address": viewer.address,
        "old_homes": [home_at(uri) for uri in viewer.also_known_as],
        "new_home": home_at(viewer.moved_to_uri) if viewer.moved_to_uri else None,
        "old_form": forms[0],
        "new_form": forms[1],
        "rest_days": REST.days,
    }
    wrong = any(form.is_bound and form.errors for form in forms)
    return render(request, "web/settings/moving.html", context, status=STATUS if wrong else 200)
