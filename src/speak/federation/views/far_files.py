"""Pictures of other servers, as they are kept here, for those who may see what they belong to."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from speak.federation.far_files import picture_at
from speak.federation.looking_up.asking import picture_url_of
from speak.identity.models import Actor, User
from speak.identity.passes import holder_of
from speak.kernel.errors import NotFound
from speak.kernel.outbound import Ask
from speak.voice.queries import far_media_shown_to

POLICY = "default-src 'none'; sandbox"
NOT_THERE = "There is no such picture, or none for you."


@require_safe
def face(_request: HttpRequest, actor_id: int, *, ask: Ask) -> HttpResponse:
    """Somebody elsewhere, as they show themselves."""
    actor = _shown(actor_id)
    return _answer(actor.picture_url, is_open=True, ask=ask)


@require_safe
def banner(_request: HttpRequest, actor_id: int, *, ask: Ask) -> HttpResponse:
    """What stands above their profile."""
    return _answer(_shown(actor_id).banner_url, is_open=True, ask=ask)


@require_safe
def in_a_post(request: HttpRequest, media_id: int, *, ask: Ask) -> HttpResponse:
    """A picture in what somebody elsewhere said, for those who may read that."""
    media = far_media_shown_to(_viewer(request) or holder_of(request), media_id)
    if media is None or media.post is None or media.owner.hides_media:
        raise Http404(NOT_THERE)
    return _answer(media.remote_url, is_open=media.post.is_open, ask=ask)


@require_safe
def in_a_look(request: HttpRequest, number: int, *, ask: Ask) -> HttpResponse:
    """A picture that one of somebody's own places shows, for whoever looked themselves up."""
    viewer = _viewer(request)
    if viewer is None:
        raise Http404(NOT_THERE)
    try:
        url = picture_url_of(viewer, number)
    except NotFound as refusal:
        raise Http404(NOT_THERE) from refusal
    return _answer(url, is_open=False, ask=ask)


def _viewer(request: HttpRequest) -> Actor | None:
    person = request.user
    return Actor.objects.filter(user=person).first() if isinstance(person, User) else None


def _shown(actor_id: int) -> Actor:
    shown = Actor.objects.exclude(domain="").filter(gone_at=None, suspended_at=None, hides_media=False)
    actor = shown.filter(pk=actor_id).first()
    if actor is None:
        raise Http404(NOT_THERE)
    return actor


def _answer(url: str, *, is_open: bool, ask: Ask) -> HttpResponse:
    data = picture_at(url, ask=ask) if url else None
    if data is None:
        raise Http404(NOT_THERE)
    response = HttpResponse(data, content_type="image/webp")
    response["Cache-Control"] = "public, max-age=86400" if is_open else "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response
