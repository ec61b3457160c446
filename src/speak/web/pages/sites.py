"""The sites one follows by their feeds: a list that nobody else sees, to take along and to bring."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from speak.federation.sites import lists
from speak.federation.tasks import follow_site
from speak.kernel.errors import Invalid
from speak.web.pages.people import listed
from speak.web.shown.people import follow_state_of
from speak.web.viewer import signed_in


@login_required
@require_safe
def followed_sites(request: HttpRequest) -> HttpResponse:
    """Which sites one follows."""
    return listed(request, lists.sites_followed_by(signed_in(request)), follow_state_of)


@login_required
@require_safe
def as_opml(request: HttpRequest) -> HttpResponse:
    """The same, for any reader of feeds."""
    viewer = signed_in(request)
    response = HttpResponse(b"".join(lists.opml_of(viewer)), content_type="text/x-opml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{viewer.handle}-sites.opml"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Follow the sites of a list; the worker looks for them one after the other."""
    viewer = signed_in(request)
    arrived = request.FILES.get("list")
    if not isinstance(arrived, UploadedFile):
        raise Invalid(_("No file came along."), hint=_("Choose the list first."))
    found = lists.feeds_in(arrived.read(lists.MAX_BYTES + 1))
    for url in found:
        follow_site.enqueue(follower_id=viewer.pk, url=url)
    said = ngettext(
        "One site is being looked for. It stands here once it is found.",
        "%(number)d sites are being looked for. They stand here once they are found.",
        len(found),
    )
    messages.success(request, said % {"number": len(found)})
    return redirect("followed_sites")
