"""What every page answers with: a strict content policy, and refusals in words."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from speak.kernel.errors import Kind, Refusal

Respond = Callable[[HttpRequest], HttpResponse]
STATUS = {
    Kind.INVALID: 422,
    Kind.NOT_FOUND: 404,
    Kind.NOT_ALLOWED: 403,
    Kind.CONFLICT: 409,
    Kind.TOO_MUCH: 429,
}
# Faces and pictures of people on other servers are shown from where they live.
POLICY = (
    "default-src 'self'; img-src 'self' https: data:; media-src 'self' https:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
log = logging.getLogger(__name__)


def content_security_policy(respond: Respond) -> Respond:
    """Say on every answer that nothing but our own files may run."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

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
