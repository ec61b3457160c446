"""Where other sites say that they link to something here: W3C Webmention, 3.2."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from speak.federation.webmention.receiving import take
from speak.kernel.errors import Kind, Refusal

TAKEN = "Taken. The page is read soon; what it says waits for whoever it is for.\n"


@csrf_exempt
@require_POST
def webmention(request: HttpRequest) -> HttpResponse:
    """Take a claim that one page links to another: 202 to be checked, 400 where it cannot be right, 429 too many."""
    try:
        take(request.POST.get("source", "").strip(), request.POST.get("target", "").strip())
    except Refusal as refusal:
        status = 429 if refusal.kind == Kind.TOO_MUCH else 400
        return HttpResponse(f"{refusal.sentence} {refusal.hint}\n", status=status, content_type="text/plain")
    return HttpResponse(TAKEN, status=202, content_type="text/plain")


def advertise(response: HttpResponse) -> None:
    """Say in the head of an answer where webmentions are taken (RFC 8288)."""
    said = f'<{settings.SPEAK_URL}/webmention>; rel="webmention"'
    response.headers["Link"] = f"{response.headers['Link']}, {said}" if "Link" in response.headers else said
