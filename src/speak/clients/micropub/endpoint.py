"""Where an editor speaks to: the Micropub endpoint and its media endpoint (3)."""

from collections.abc import Callable, Sequence

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from speak.clients.api import limits
from speak.clients.micropub import answers
from speak.clients.micropub.asking import answer_to
from speak.clients.micropub.changing import delete, own_post, undelete, update
from speak.clients.micropub.creating import Asked, create
from speak.clients.micropub.entries import Photo, Sent, read
from speak.clients.micropub.pictures import taken_in
from speak.clients.tokens import Bearer, NoToken, ScopeMissing, bearer_shown, bearer_with
from speak.identity.models import Actor
from speak.kernel import blobs
from speak.kernel.errors import Invalid, Refusal
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask

# What a token has to reach for each action; the scope of Mastodon's API that says the same does too.
SCOPES = {
    "": ("create", "draft", "write:statuses"),
    "update": ("update", "write:statuses"),
    "delete": ("delete", "write:statuses"),
    "undelete": ("undelete", "create", "write:statuses"),
    "ask": ("create", "draft", "update", "delete", "undelete", "media", "write:statuses"),
    "media": ("media", "create", "write:media"),
}
# Whoever may speak may not read for that what was said to few, nor see whom somebody follows.
READING = {"source": ("update", "read:statuses"), "contact": ("read:follows",)}
THANKING, PASSING_ON = ("create", "write:favourites"), ("create", "write:statuses")
View = Callable[[HttpRequest], HttpResponse]


def endpoints(ask: Ask = real_ask) -> tuple[View, View]:
    """The endpoint and the media endpoint, with the door through which others are asked."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    def micropub(request: HttpRequest) -> HttpResponse:
        """Ask (GET), or say, change, take back and say again (POST)."""
        try:
            if request.method != "POST":
                _asking, viewer = _let_in(request, READING.get(request.GET.get("q", ""), SCOPES["ask"]))
                return JsonResponse(answer_to(viewer, request.GET))
            bearer = _bearer(request)
            sent = read(request)
            if sent.action not in SCOPES or sent.action in {"ask", "media"}:
                raise Invalid(_("There is no such action."), hint=_("Use update, delete or undelete."))
            viewer = _may(bearer, SCOPES[sent.action])
            limits.count(bearer, request)
            return _done(viewer, bearer, sent, key=request.headers.get("Idempotency-Key", ""), ask=ask)
        except Refusal as refusal:
            return answers.answer(refusal)

    @csrf_exempt
    @require_POST
    def media(request: HttpRequest) -> HttpResponse:
        """Add a picture; its address is what a post is said with (3.6)."""
        try:
            bearer, viewer = _let_in(request, SCOPES["media"])
            limits.count(bearer, request)
            file = request.FILES.get("file")
            if not isinstance(file, UploadedFile):
                raise Invalid(_("Send one picture, as a part that is called file."))
            (added,) = taken_in(viewer, [Photo(file=file)], ask=ask)
            return _created(blobs.url_of(added.token))
        except Refusal as refusal:
            return answers.answer(refusal)

    return micropub, media


def _done(viewer: Actor, bearer: Bearer, sent: Sent, *, key: str, ask: Ask) -> HttpResponse:
    if sent.action == "update":
        update(viewer, own_post(viewer, sent.url), sent.change, ask=ask)
        return HttpResponse(status=204)
    if sent.action == "delete":
        delete(viewer, own_post(viewer, sent.url))
        return HttpResponse(status=204)
    if sent.action == "undelete":
        return _created(undelete(viewer, sent.url).url)
    if sent.entry.like_of or sent.entry.repost_of:
        _may(bearer, THANKING if sent.entry.like_of else PASSING_ON)
    only_draft = not any(bearer.reaches(scope) for scope in ("create", "write:statuses"))
    return _created(create(Asked(viewer, ask, key, only_draft), sent.entry))


def _created(url: str) -> HttpResponse:
    response = HttpResponse(status=201)
    response.headers["Location"] = url
    return response


def _let_in(request: HttpRequest, scopes: Sequence[str]) -> tuple[Bearer, Actor]:
    bearer = _bearer(request)
    return bearer, _may(bearer, scopes)


def _bearer(request: HttpRequest) -> Bearer:
    """Whose token it is, shown in the header or in a form (RFC 6750, 2.1 and 2.2), never in both or in the address."""
    in_form = request.POST.get("access_token", "") if request.method == "POST" else ""
    if in_form and "Authorization" in request.headers:
        raise Invalid(_("Show the token once: in the header, or in the form."))
    bearer = bearer_with(in_form) if in_form else bearer_shown(request)
    if bearer is None:
        raise NoToken(_("This needs an access token."))
    return bearer


def _may(bearer: Bearer, scopes: Sequence[str]) -> Actor:
    if bearer.actor is None:
        raise NoToken(_("This needs the token of a person."))
    if not any(bearer.reaches(scope) for scope in scopes):
        raise ScopeMissing(_("This needs the scope %(scope)s.") % {"scope": scopes[0]})
    return bearer.actor
