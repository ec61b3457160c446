"""The report of an archive: a page that needs nothing else, to be read here or taken along; the figures as JSON."""

import msgspec
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from speak.mirror.brought import report_of
from speak.web.shown.mirror import report_page
from speak.web.viewer import signed_in

# Its style stands in it, and it has no script.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@login_required
@require_safe
def report(request: HttpRequest, token: str) -> HttpResponse:
    """The same file as `speak mirror` writes."""
    response = HttpResponse(report_page(report_of(signed_in(request), token)))
    response.headers["Content-Security-Policy"] = POLICY
    if "take" in request.GET:
        response.headers["Content-Disposition"] = 'attachment; filename="mirror.html"'
    return response


@login_required
@require_safe
def figures(request: HttpRequest, token: str) -> HttpResponse:
    """The figures that may leave, and nothing else."""
    found = msgspec.json.format(msgspec.json.encode(report_of(signed_in(request), token)), indent=2)
    response = HttpResponse(found, content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="mirror.json"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response
