"""How answers to other servers are written."""

import functools
import logging
from collections.abc import Callable, Mapping
from typing import Concatenate, ParamSpec

import msgspec
from django.http import HttpRequest, HttpResponse

from speak.federation.asking_now import SILENCE, NotNow
from speak.federation.verification import KEY_REST, Unproven
from speak.kernel.errors import Kind, Refusal
from speak.kernel.outbound import OutboundFailure

ACTIVITY = "application/activity+json; charset=utf-8"
JRD = "application/jrd+json; charset=utf-8"
STATUS = {
    Kind.INVALID: 400,
    Kind.NOT_FOUND: 404,
    Kind.NOT_ALLOWED: 403,
    Kind.CONFLICT: 202,
    Kind.TOO_MUCH: 429,
}

Asked = ParamSpec("Asked")
log = logging.getLogger(__name__)


def activity(document: Mapping[str, object], *, status: int = 200, is_for_one: bool = False) -> HttpResponse:
    """An ActivityPub document. `is_for_one`: shaped by who asks, so nobody in between keeps it."""
    return activity_bytes(msgspec.json.encode(document), status=status, is_for_one=is_for_one)


def activity_bytes(document: bytes, *, status: int = 200, is_for_one: bool = False) -> HttpResponse:
    """The same for a document that is JSON already."""
    response = HttpResponse(document, status=status, content_type=ACTIVITY)
    response["Vary"] = "Accept, Signature"
    response["Cache-Control"] = "private, no-store" if is_for_one else "public, max-age=60"
    return response


def open_to_all(document: Mapping[str, object], *, content_type: str = JRD) -> HttpResponse:
    """A document that any page on the web may read too (CORS)."""
    response = HttpResponse(msgspec.json.encode(document), content_type=content_type)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def refused(status: int, sentence: str, *, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A refusal, for the log of another server: one sentence as JSON."""
    body = msgspec.json.encode({"error": sentence})
    response = HttpResponse(body, status=status, content_type="application/json", headers=dict(headers or {}))
    response["Vary"] = "Accept, Signature"
    response["Cache-Control"] = "no-store"
    return response


def with_refusals(
    view: Callable[Concatenate[HttpRequest, Asked], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Asked], HttpResponse]:
    """Answer a refusal with its status: 401 without proof, 503 where the key could not be fetched."""

    @functools.wraps(view)
    def answer(request: HttpRequest, /, *args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Unproven as refusal:
            return refused(401, refusal.sentence)
        except Refusal as refusal:
            return refused(STATUS[refusal.kind], refusal.sentence)
        except OutboundFailure as failure:
            log.info("%s: %s", request.path, failure)
            wait = SILENCE if isinstance(failure, NotNow) else KEY_REST
            headers = {"Retry-After": str(int(wait.total_seconds()))}
            return refused(503, "The key could not be fetched. Try again later.", headers=headers)

    return answer
