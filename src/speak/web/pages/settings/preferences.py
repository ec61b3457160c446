"""Who may follow, who may see, in which language, by which clock."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from speak.identity import actions
from speak.identity.models import SaidByApps
from speak.web.forms.preferences import PreferencesForm
from speak.web.forms.refused import STATUS
from speak.web.viewer import signed_in

YEAR_IN_SECONDS = 365 * 24 * 60 * 60


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Change how one lives here."""
    viewer = signed_in(request)
    user = viewer.user
    usual = user.said_by_apps if user else SaidByApps.FOLLOWERS
    current = {
        "approves_followers": viewer.approves_followers,
        "is_listed": viewer.is_listed,
        "quoting": viewer.quoting,
        "said_by_apps": usual,
        "veils_pictures": user.veils_pictures if user else False,
        "language": user.language if user else settings.LANGUAGE_CODE,
        "time_zone": user.time_zone if user else "",
    }
    form = PreferencesForm(request.POST or None, initial=current)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.change_preferences(viewer, approves_followers=given["approves_followers"], is_listed=given["is_listed"])
        actions.choose_who_may_quote(viewer, quoting=given["quoting"] or viewer.quoting)
        actions.choose_how_apps_speak(
            viewer,
            said_by_apps=given["said_by_apps"] or usual,
            veils_pictures=given["veils_pictures"],
        )
        actions.choose_language(viewer, language=given["language"])
        actions.choose_time_zone(viewer, time_zone=given["time_zone"])
        messages.success(request, _("Saved."))
        response = redirect("settings_preferences")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            given["language"],
            max_age=YEAR_IN_SECONDS,
            secure=request.is_secure(),
            samesite="Lax",
        )
        return response
    return render(request, "web/settings/preferences.html", {"form": form}, status=STATUS if form.errors else 200)
