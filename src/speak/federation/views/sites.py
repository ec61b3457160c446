"""Where hubs ask back and tell what is new of the sites that are followed here (W3C WebSub, 5.3 and 7)."""

from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from speak.federation.sites import callbacks
from speak.federation.tasks import read_distributed

PLAIN = "text/plain; charset=utf-8"


@csrf_exempt
@require_http_methods(["GET", "POST"])
def told(request: HttpRequest, token: str) -> HttpResponse:
    """GET: a hub verifies what was asked of it, or denies it. POST: it tells."""
    return _taken(request, token) if request.method == "POST" else _verified(request, token)


def _verified(request: HttpRequest, token: str) -> HttpResponse:
    """The challenge alone, as nothing that a browser would run (5.3.1, 8.2); 404 for what was not asked for."""
    challenge = callbacks.verify(token, request.GET.dict())
    if challenge is None:
        return HttpResponse("That was not asked for here.\n", status=404, content_type=PLAIN)
    response = HttpResponse(challenge, content_type="application/octet-stream")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _taken(request: HttpRequest, token: str) -> HttpResponse:
    """202 whether its signature holds or not, and read later (7, 7.1.2); 410 where the subscription is no more."""
    if not callbacks.is_taken_by(token):
        return HttpResponse(status=410)
    try:
        body = request.read(callbacks.MAX_BODY + 1)
    except UnreadablePostError:
        return HttpResponse(status=400)
    if len(body) > callbacks.MAX_BODY:
        return HttpResponse(status=413)
    media_type = request.headers.get("Content-Type", "")
    signature = request.headers.get("X-Hub-Signature", "")
    number = callbacks.take(token, body, media_type=media_type, signature=signature)
    if number is not None:
        read_distributed.enqueue(distributed_id=number)
    return HttpResponse(status=202)
