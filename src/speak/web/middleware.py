"""What every page answers with: a strict content policy, refusals in words, one's own clock."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from speak.kernel import zones
from speak.kernel.errors import Kind, Refusal
from speak.web.tickets import MAX_BODY, most_at

Respond = Callable[[HttpRequest], HttpResponse]
STATUS = {
    Kind.INVALID: 422,
    Kind.NOT_FOUND: 404,
    Kind.NOT_ALLOWED: 403,
    Kind.CONFLICT: 409,
    Kind.TOO_MUCH: 429,
}
# Faces and pictures of people on other servers are shown from here too (`federation.far_files`): nothing that a
# page shows tells another server who looks.
POLICY = (
    "default-src 'self'; img-src 'self' data:; media-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
FILES = "/media/"
log = logging.getLogger(__name__)


def content_security_policy(respond: Respond) -> Respond:
    """Say on every answer that nothing but our own files may run."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return answer


def bounded_bodies(respond: Respond) -> Respond:
    """Refuse what is announced as larger than any form of ours, before any of it is read and kept on the disk."""

    def answer(request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        length = int(announced[:20]) if announced.isdigit() else 0
        if length > MAX_BODY and length > most_at(request.path):
            return HttpResponse("That is larger than anything this place takes.", content_type="text/plain", status=413)
        return respond(request)

    return answer


def kept_by_nobody_else(respond: Respond) -> Respond:
    """Say of every page that does not say otherwise that only the browser it is for may keep it."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page or "Authorization" in request.headers:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return answer


def by_ones_own_clock(respond: Respond) -> Respond:
    """Say the times on the pages of whoever is signed in by the clock where they are, if they have said where.

    Nobody is asked who they are for a file, nor where no cookie came: those answers are the same for everyone.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path.startswith(FILES):
            return respond(request)
        zone = zones.named(getattr(request.user, "time_zone", ""))
        if zone is None:
            return respond(request)
        with timezone.override(zone):
            return respond(request)

    return answer


class RefusalsBecomePages:
    """Whatever a page's action declines is said on a page, with what one can do."""

    def __init__(self, respond: Respond) -> None:
        """Django hands over what answers the request."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to add to an answer."""
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal is an answer; anything else is a bug and Django's to report."""
        if not isinstance(error, Refusal):
            return None
        context = {"sentence": error.sentence, "hint": error.hint}
        return render(request, "web/refusal.html", context, status=STATUS[error.kind])
