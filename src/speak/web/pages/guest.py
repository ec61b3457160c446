"""Answering as a guest, in the name of a page of one's own elsewhere."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from speak.clients.api import limits
from speak.clients.guests import signing_in
from speak.clients.guests.signing_in import Asked
from speak.federation.webmention.guests import Guest, answer_as_guest, take_guests_answer_back
from speak.kernel.errors import NotAllowed, Refusal
from speak.kernel.outbound import ask
from speak.voice.queries import post_for
from speak.web.forms.refused import STATUS
from speak.web.paging import id_in

ASKED, GUEST = "guest_asked", "guest"
begin = partial(signing_in.begin, ask=ask)
finish = partial(signing_in.finish, ask=ask)


def guest_of(request: HttpRequest) -> Guest | None:
    """The guest in this browser, if there is one and nobody is signed in."""
    known = request.session.get(GUEST)
    return Guest(**known) if isinstance(known, dict) and not request.user.is_authenticated else None


@require_safe
def client(_request: HttpRequest) -> JsonResponse:
    """This server, as it is shown to guests where they are asked."""
    return JsonResponse(signing_in.described())


@require_http_methods(["GET", "HEAD", "POST"])
def come(request: HttpRequest) -> HttpResponse:
    """Say which page is one's own (?post=id to answer); a link leads to where that has one asked."""
    post = post_for(None, id_in(request.GET.get("post", request.POST.get("post", ""))) or 0)
    context = {"post_id": post.pk, "post_url": post.path, "name": post.author.called}
    if request.method != "POST":
        return render(request, "web/guest.html", context)
    limits.count(None, request)
    try:
        asked, url = begin(request.POST.get("page", ""), post_id=post.pk)
    except Refusal as refusal:
        typed = request.POST.get("page", "")[:500]
        return render(request, "web/guest.html", {**context, "refusal": refusal, "typed": typed}, status=STATUS)
    request.session[ASKED] = asked.kept()
    return render(request, "web/guest.html", {**context, "me": asked.me, "url": url})


@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """They come back; from now on they are a guest in this browser."""
    kept = request.session.pop(ASKED, None)
    if not isinstance(kept, dict):
        raise NotAllowed(_("Nothing was asked in this browser."), hint=_("Begin again, at what you want to answer."))
    asked = Asked(**kept)
    guest = finish(asked, request.GET.dict())
    request.session[GUEST] = {"me": guest.me, "name": guest.name}
    return redirect(f"{post_for(None, asked.post_id).path}#guest")


@require_POST
def answer(request: HttpRequest, post_id: int) -> HttpResponse:
    """Answer, take one's answer back, or stop being a guest."""
    guest = guest_of(request)
    if guest is None:
        raise NotAllowed(_("You are no guest in this browser any more."), hint=_("Say first which page is yours."))
    post = post_for(None, post_id)
    act = request.POST.get("act", "")
    if act == "leave":
        del request.session[GUEST]
        messages.success(request, _("You are nobody in particular again."))
    elif act == "take_back":
        take_guests_answer_back(guest, post_id=post_id)
        messages.success(request, _("Taken back."))
    else:
        answer_as_guest(guest, post_id=post_id, words=request.POST.get("words", ""))
        messages.success(
            request, _("%(name)s reads it. Others do when %(name)s shows it.") % {"name": post.author.called}
        )
    return redirect(post.path)
