"""`/ask/domain`: a reverse proxy asks whether it shall get a certificate for a name (Caddy's on-demand TLS)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from speak.identity.domains.queries import owned_domain
from speak.operations.callers import is_from_here

PLAIN = "text/plain; charset=utf-8"


def may_serve(request: HttpRequest) -> HttpResponse:
    """200 for this server's own name and for domains that people proved to be theirs, else 404.

    Answered to this machine alone: for everybody else there is no such page, so nobody can ask here who has what.
    """
    name = request.GET.get("domain", "").lower()[:253]
    if is_from_here(request) and (name == settings.SPEAK_DOMAIN.partition(":")[0] or owned_domain(name) is not None):
        return HttpResponse("Yes.\n", content_type=PLAIN)
    return HttpResponse("There is nothing here.\n", status=404, content_type=PLAIN)
