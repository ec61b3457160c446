"""What is declined, as Mastodon's API says it: a JSON object with `error`, and the status."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from speak.clients.api.parameters import Misread
from speak.clients.tokens import NoToken, ScopeMissing
from speak.kernel.errors import Kind, Refusal

STATUS = {
    Kind.INVALID: 422,
    Kind.NOT_FOUND: 404,
    Kind.NOT_ALLOWED: 403,
    Kind.CONFLICT: 422,
    Kind.TOO_MUCH: 422,
}


class TooOften(Refusal):
    """An app asked more often than it may."""

    kind = Kind.TOO_MUCH


def answer(refusal: Refusal) -> HttpResponse:
    """The refusal in JSON; without a token that opens something also the challenge of RFC 6750, 3."""
    said: dict[str, Any] = {"error": refusal.sentence}
    if refusal.hint:
        said["error_description"] = refusal.hint
    status = STATUS[refusal.kind]
    if isinstance(refusal, NoToken):
        status = 401
    elif isinstance(refusal, TooOften):
        status = 429
    if status == STATUS[Kind.INVALID]:
        said["details"] = _details(refusal)
    response = JsonResponse(said, status=status)
    if isinstance(refusal, NoToken):
        response.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    elif isinstance(refusal, ScopeMissing):
        response.headers["WWW-Authenticate"] = 'Bearer error="insufficient_scope"'
    return response


def _details(refusal: Refusal) -> dict[str, list[dict[str, str]]]:
    """What is wrong with which parameter, as Mastodon's entity ValidationError says it."""
    if not isinstance(refusal, Misread) or not refusal.name:
        return {}
    return {refusal.name: [{"error": "ERR_INVALID", "description": refusal.problem}]}


@csrf_exempt
def no_such_route(_request: HttpRequest) -> HttpResponse:
    """No method of ours has this address: told as apps read it, not as a page."""
    return JsonResponse({"error": "There is no such method here."}, status=404)


def no_such_method(known: Iterable[str]) -> HttpResponse:
    """The route is there, the method is not."""
    response = HttpResponseNotAllowed(known)
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.content = b'{"error":"Method not allowed"}'
    return response
