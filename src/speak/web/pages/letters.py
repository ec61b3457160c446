"""Somebody's words by e-mail: asked for by anyone, confirmed by letter, left at any time; without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from speak.clients.api import limits
from speak.federation import tasks
from speak.federation.elsewhere import subscribers
from speak.identity.models import Actor
from speak.identity.queries import actor_called
from speak.kernel.errors import NotFound, Refusal
from speak.web.forms.elsewhere import LettersForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.shown.people import shown_person


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, handle: str) -> HttpResponse:
    """Say at which address; the answer is the same whether it is known or not."""
    author = _author(handle)
    form = LettersForm(request.POST or None)
    context = {"author": shown_person(author), "form": form, "is_asked": False}
    if request.method == "POST":
        limits.count(None, request)
        if form.is_valid():
            try:
                reader = subscribers.ask_for_letters(author, address=form.cleaned_data["address"])
            except Refusal as refusal:
                put_into(form, refusal, field="address")
            else:
                if reader is not None:
                    tasks.ask_reader.enqueue(token=reader.token)
                context["is_asked"] = True
    return render(request, "web/letters/ask.html", context, status=STATUS if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def yes(request: HttpRequest, token: str) -> HttpResponse:
    """Opened from the letter: a button, so that a program which opens every link confirms nothing."""
    reader = subscribers.confirm(token) if request.method == "POST" else subscribers.reader_with(token)
    context = {"author": shown_person(reader.author), "token": token, "is_confirmed": reader.confirmed_at is not None}
    return render(request, "web/letters/yes.html", context)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """One press of a button, or one POST by a mail program (RFC 8058), and the address is forgotten."""
    author = None
    if request.method == "POST":
        subscribers.leave(token)
    else:
        try:
            author = subscribers.reader_with(token).author
        except NotFound:
            author = None
    context = {"author": shown_person(author) if author else None, "token": token}
    return render(request, "web/letters/leave.html", context)


def _author(handle: str) -> Actor:
    author = actor_called(None, handle)
    if not subscribers.sends_letters(author):
        raise NotFound(_("There are no letters to be had here."))
    return author
