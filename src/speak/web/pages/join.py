"""Joining: by a link that opens once, or by oneself where this place is open; then the first words."""

from allauth.account.forms import LoginForm
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from speak.identity import actions, queries
from speak.identity.errors import HandleTaken, LinkSpent, WrongHandle
from speak.identity.models import Actor
from speak.kernel.errors import Kind, NotAllowed, Refusal, TooMuch
from speak.web.forms.compose import ComposeForm
from speak.web.forms.joining import JoinForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.viewer import signed_in, viewer_of


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str = "") -> HttpResponse:
    """Make a home here; from then on one is signed in. A spent link, or none where one is needed, is refused."""
    if viewer_of(request) is not None:
        return redirect("home")
    if not token and not settings.SPEAK_OPEN:
        raise NotAllowed(_("People join this place by invitation."), hint=_("Ask somebody here for a link."))
    link = queries.join_link(token) if token else None
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _joined(request, form, token) is not None:
        return enter_with(request, form, leads_to=reverse("welcome"))
    context = {"form": form, "link": link, "is_first": bool(link and link.is_for_operator)}
    return render(request, "web/join.html", context, status=STATUS if form.errors else 200)


@login_required
@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """A few words to somebody new, and the place to say their first."""
    viewer = signed_in(request)
    context = {"person": viewer, "form": ComposeForm(viewer=viewer), "is_operator": viewer.runs_this_server}
    return render(request, "web/welcome.html", context)


def _joined(request: HttpRequest, form: JoinForm, token: str) -> Actor | None:
    if not ratelimit.consume(request, action="signup"):
        raise TooMuch(_("Many people are joining right now."), hint=_("Try again in a minute."))
    given = form.cleaned_data
    try:
        return actions.join(token, handle=given["handle"], name=given["name"], password=given["password"])
    except LinkSpent:
        raise
    except (WrongHandle, HandleTaken) as refusal:
        put_into(form, refusal, field="handle")
    except Refusal as refusal:
        put_into(form, refusal, field="password" if refusal.kind == Kind.INVALID else None)
    return None


def enter_with(request: HttpRequest, form: JoinForm, *, leads_to: str) -> HttpResponse:
    """Sign in whoever has just joined, as if they had filled in the page to sign in, too."""
    given = form.cleaned_data
    sign_in = LoginForm({"login": given["handle"].lower(), "password": given["password"]}, request=request)
    if not sign_in.is_valid():
        return redirect("account_login")
    response: HttpResponse = sign_in.login(request, redirect_url=leads_to)
    return response
