"""An app asks a person to let it in (RFC 6749, 4.1): what it may do, in plain words, and who it says it is."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from oauth2_provider.views import AuthorizationView

from speak.clients.models import App
from speak.clients.oauth.sites import is_site, meet
from speak.clients.oauth.tokens import ProfileForSites
from speak.clients.scopes import OF_SITES, in_words
from speak.kernel.outbound import ask
from speak.web.middleware import POLICY


class Consent(AuthorizationView):  # type: ignore[misc]
    """The page on which a person says yes or no."""

    template_name = "web/apps/consent.html"

    def get(self, request: HttpRequest, *given: object, **named: object) -> HttpResponse:
        """Ask; an app that is known by its address is met first, and asked about what is known here only."""
        client_id = request.GET.get("client_id", "")
        if is_site(client_id):
            meet(client_id, ask=ask)
            wanted = request.GET.copy()
            known = [scope for scope in wanted.get("scope", "").split() if scope in OF_SITES]
            wanted["scope"] = " ".join(known) or OF_SITES[0]
            request.GET = wanted  # type: ignore[assignment]
            request.META["QUERY_STRING"] = wanted.urlencode()
        response: HttpResponse = super().get(request, *given, **named)
        return response

    def render_to_response(self, context: dict[str, Any], **kept: object) -> HttpResponse:
        """The question; or what is wrong with the way the app asks."""
        if "error" in context:
            said = getattr(context["error"], "description", "") or str(context["error"])
            status = int(kept.get("status") or 400)  # type: ignore[call-overload]
            return render(self.request, "web/apps/cannot_ask.html", {"said": said}, status=status)
        app: App = context["application"]
        shown = {
            "form": context["form"],
            "app": app,
            "sentences": in_words(context["scopes"]),
            "viewer": self.request.user.actor.called,
            "place": _place_of(context["redirect_uri"]),
            "address": app.client_id if app.is_site else "",
        }
        response = render(self.request, self.template_name, shown)
        # The answer leads on to the app, which a browser would stop otherwise.
        response.headers["Content-Security-Policy"] = POLICY.replace(
            "form-action 'self'", f"form-action 'self' {_source_of(context['redirect_uri'])}".strip()
        )
        return response

    def redirect(self, redirect_to: str, application: App | None) -> HttpResponse:
        """Lead on to the app; or show the code, for an app that cannot be led to (out of band)."""
        if not redirect_to.startswith(App.OUT_OF_BAND):
            response: HttpResponse = super().redirect(redirect_to, application)
            return response
        answered = parse_qs(urlsplit(redirect_to).query)
        context = {"code": answered.get("code", [""])[0], "app": application}
        return render(self.request, "web/apps/code.html", context)


_asked = csrf_protect(Consent.as_view())
_redeemed = ProfileForSites.as_view()


@csrf_exempt
def consent(request: HttpRequest) -> HttpResponse:
    """The page for a person; and, to a program that brings a code, who it was that agreed (IndieAuth 5.3)."""
    is_program = request.method == "POST" and "grant_type" in request.POST
    response: HttpResponse = _redeemed(request) if is_program else _asked(request)
    return response


def _place_of(address: str) -> str:
    """Where the app is: its host, or nothing where it is on the machine of the person."""
    parts = urlsplit(address)
    return parts.hostname or "" if parts.scheme in {"https", "http"} else ""


def _source_of(address: str) -> str:
    """The address as a policy names it: an origin, or a scheme."""
    parts = urlsplit(address)
    if parts.scheme in {"https", "http"}:
        return f"{parts.scheme}://{parts.netloc}"
    return "" if address.startswith(App.OUT_OF_BAND) else f"{parts.scheme}:"
