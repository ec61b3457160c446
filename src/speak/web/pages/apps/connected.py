"""The apps that a person let in, and how to take that back."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from speak.clients.connected import app_let_in, apps_let_in, take_access_away
from speak.clients.models import App
from speak.clients.scopes import in_words
from speak.web.viewer import signed_in


@dataclass(frozen=True, slots=True)
class ShownApp:
    """An app, and what it may do."""

    id: int
    name: str
    website: str
    sentences: list[str]


@login_required
@require_safe
def connected(request: HttpRequest) -> HttpResponse:
    """Each app once, with all that it may do."""
    rows = [_shown(app, scopes) for app, scopes in apps_let_in(signed_in(request))]
    return render(request, "web/apps/connected.html", {"apps": rows, "domain": settings.SPEAK_DOMAIN})


@login_required
@require_POST
def disconnect(request: HttpRequest, app_id: int) -> HttpResponse:
    """Take an app's access away."""
    viewer = signed_in(request)
    app = app_let_in(viewer, app_id)
    take_access_away(viewer, app=app)
    messages.success(request, _("%(name)s can do nothing in your name any more.") % {"name": app.name})
    return redirect("settings_apps")


def _shown(app: App, scopes: list[str]) -> ShownApp:
    return ShownApp(app.pk, app.name, app.website, in_words(scopes))
