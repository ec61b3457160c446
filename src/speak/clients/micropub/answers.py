"""What is declined, as Micropub says it (3.8): a JSON object with `error` and `error_description`."""

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from speak.clients.api.refusals import TooOften
from speak.clients.tokens import NoToken, ScopeMissing
from speak.kernel.errors import Invalid, Kind, Refusal


def answer(refusal: Refusal) -> HttpResponse:
    """400 invalid_request, 401 unauthorized, 403 insufficient_scope or forbidden, 429 where it was too often."""
    name, status = "invalid_request", 400
    if isinstance(refusal, NoToken):
        name, status = "unauthorized", 401
    elif isinstance(refusal, ScopeMissing):
        name, status = "insufficient_scope", 403
    elif isinstance(refusal, TooOften):
        name, status = "too_many_requests", 429
    elif refusal.kind == Kind.NOT_ALLOWED:
        name, status = "forbidden", 403
    said = {"error": name, "error_description": f"{refusal.sentence} {refusal.hint}".strip()}
    response = JsonResponse(said, status=status)
    if status == 401:  # noqa: PLR2004 - Unauthorized; RFC 6750, 3 wants the challenge
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def not_offered(what: str) -> Invalid:
    """Something that Micropub knows and this place does not do, said as it is."""
    return Invalid(_("%(what)s is not offered here.") % {"what": what})
