"""Looking oneself up: what one's places elsewhere say, beside each other, for oneself alone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from speak.federation.looking_up import asking
from speak.federation.looking_up.places import key_of
from speak.identity import actions
from speak.kernel.errors import NotFound, Refusal
from speak.web.forms.look_up import LookUpPlacesForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.shown.look_up import shown_look_up
from speak.web.viewer import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Have one's places read, and see what they say and what does not fit together."""
    viewer = signed_in(request)
    form = LookUpPlacesForm(
        request.POST or None, initial={"addresses": "\n".join(asking.addresses_to_begin_with(viewer))}
    )
    if request.method == "POST" and form.is_valid():
        try:
            asking.look_up(viewer, form.cleaned_data["addresses"].splitlines())
        except Refusal as refusal:
            put_into(form, refusal, field="addresses")
        else:
            messages.success(request, _("Your places are being read, one after the other. It takes a minute or two."))
            return redirect("settings_look_up")
    under_way = asking.under_way(viewer)
    context = {
        "form": form,
        "under_way": under_way,
        "read": len(under_way.places) if under_way else 0,
        "wanted": len(under_way.addresses) if under_way else 0,
        "look": shown_look_up(asking.looks_of(viewer)),
        "home_url": viewer.url or viewer.uri,
    }
    return render(request, "web/settings/look_up.html", context, status=STATUS if form.errors else 200)


@login_required
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Forget all that was found."""
    asking.forget_looks(signed_in(request))
    messages.success(request, _("Everything that was found is forgotten."))
    return redirect("settings_look_up")


@login_required
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Let one's page here point to a place that was looked at."""
    viewer = signed_in(request)
    wanted = key_of(request.POST.get("address", ""))
    looks = asking.looks_of(viewer)[:1]
    place = next((each for look in looks for each in look.places[1:] if key_of(each.address) == wanted), None)
    if place is None:
        raise NotFound(_("That is none of the places you looked at."))
    links = [(link.label, link.url or link.words) for link in viewer.links.all()]
    actions.replace_links(viewer, links=[*links, ("", place.url or place.address)])
    messages.success(request, _("Your page points there now. Where it does not point back yet, that is the next step."))
    return redirect("settings_look_up")
