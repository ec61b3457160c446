"""One's other places on the web."""

import html

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from speak.identity import actions
from speak.identity.models import Actor
from speak.kernel.errors import NotFound, Refusal
from speak.web.forms.profile import PlaceForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.shown.people import shown_link, shown_profile
from speak.web.viewer import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest) -> HttpResponse:
    """See one's other places, and add one."""
    viewer = signed_in(request)
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = (form.cleaned_data["label"], form.cleaned_data["url"])
        try:
            actions.replace_links(viewer, links=[*_pairs(viewer), added])
        except Refusal as refusal:
            put_into(form, refusal, field="url")
        else:
            messages.success(request, _("Your page points there now."))
            return redirect("settings_places")
    context = {"form": form, "person": shown_profile(viewer)}
    return render(request, "web/settings/places.html", context, status=STATUS if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, link_id: int) -> HttpResponse:
    """See what was found at one of them, and what to put there; have it looked at again."""
    viewer = signed_in(request)
    if request.method == "POST":
        actions.look_at_link(viewer, link_id=link_id)
        return redirect("settings_place", link_id)
    link = viewer.links.exclude(url="").filter(pk=link_id).first()
    if link is None:
        raise NotFound(_("Your page does not point there."))
    context = {
        "link": shown_link(link),
        "home": viewer.home_url,
        "in_sight": f'<a rel="me" href="{viewer.home_url}">{html.escape(viewer.called)}</a>',
        "in_head": f'<link rel="me" href="{viewer.home_url}">',
        "looked_at": link.looked_at,
        "is_awaited": link.due_at is not None and (link.looked_at is None or link.looks_in_vain == 0),
        "away_since": link.away_since,
    }
    return render(request, "web/settings/place.html", context)


@login_required
@require_POST
def remove_place(request: HttpRequest, link_id: int) -> HttpResponse:
    """No longer point at one of them."""
    viewer = signed_in(request)
    if not any(link.pk == link_id for link in viewer.links.all()):
        raise NotFound(_("Your page does not point there."))
    actions.replace_links(viewer, links=_pairs(viewer, without=link_id))
    messages.success(request, _("Your page no longer points there."))
    return redirect("settings_places")


def _pairs(viewer: Actor, *, without: int = 0) -> list[tuple[str, str]]:
    return [(link.label, link.url or link.words) for link in viewer.links.all() if link.pk != without]
