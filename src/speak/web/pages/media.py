"""Files, for those who may see them."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from speak.identity.passes import holder_of
from speak.identity.queries import is_on_a_profile
from speak.kernel import blobs
from speak.kernel.errors import NotFound
from speak.voice.queries import media_shown_to
from speak.web.viewer import viewer_of

# A token never names another file, so nothing has to be asked again; but what is withdrawn is gone
# from the caches of strangers within a day.
OPEN = "public, max-age=86400, immutable"
CLOSED = "private, max-age=3600"
POLICY = "default-src 'none'; sandbox"


@require_safe
def media(request: HttpRequest, token: str) -> HttpResponse:
    """A picture on a profile, for anyone; one in a post, for those who may see it."""
    path = blobs.path_of(token)
    if is_on_a_profile(token):
        is_open = True
    else:
        found = media_shown_to(viewer_of(request) or holder_of(request), token)
        is_limited = found.owner.suspended_at is not None or found.owner.hides_media
        is_open = found.post is not None and found.post.is_open and not is_limited
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(_("There is no such file.")) from error
    response = HttpResponse(data, content_type=blobs.type_of(token))
    response["Cache-Control"] = OPEN if is_open else CLOSED
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response
