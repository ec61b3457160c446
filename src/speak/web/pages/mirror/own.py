"""One's own mirror. It opens to whoever is signed in, about themselves; its address has no second name."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from speak.mirror.own import own_mirror
from speak.web.forms.mirror import ClockForm
from speak.web.pages.mirror.looked import looked
from speak.web.shown.own_mirror import shown_own
from speak.web.viewer import signed_in

CLOCK = "speak_clock"
YEAR_IN_SECONDS = 365 * 24 * 60 * 60


@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Whom the viewer talks with, who awaits them, when they write, whom they used to talk with."""
    viewer = signed_in(request)
    given = request.GET.get("clock") or request.COOKIES.get(CLOCK) or "0"
    form = ClockForm({"clock": given})
    zone_minutes = int(form.cleaned_data["clock"]) if form.is_valid() else 0
    found = looked(lambda: own_mirror(viewer, zone_minutes=zone_minutes))
    context = {"mirror": shown_own(viewer, found), "form": ClockForm(initial={"clock": zone_minutes})}
    response = render(request, "web/mirror/own.html", context)
    if "clock" in request.GET:
        secure = request.is_secure()
        response.set_cookie(CLOCK, str(zone_minutes), max_age=YEAR_IN_SECONDS, secure=secure, samesite="Lax")
    response.headers["Cache-Control"] = "private, no-store"
    return response
