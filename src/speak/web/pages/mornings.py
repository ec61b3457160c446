"""A letter in the morning: asked for in the settings, ended there or by the address in each of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from speak.identity import actions, queries
from speak.web.viewer import signed_in


@login_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Get letters in the morning from now on, or no more."""
    viewer = signed_in(request)
    if request.POST.get("do") == "end":
        actions.end_morning_letters(viewer)
        messages.success(request, _("You get no more letters in the morning."))
    else:
        actions.ask_for_morning_letters(viewer)
        messages.success(request, _("You get a letter on mornings when somebody waits for you."))
    return redirect("settings_hearing")


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """One press of a button, or one POST by a mail program (RFC 8058), and there are no more."""
    if request.method == "POST":
        actions.end_morning_letters_of(token)
    context = {"token": token, "is_ended": not queries.has_morning_letter(token)}
    return render(request, "web/mornings/end.html", context)
