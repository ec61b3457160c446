"""What stands at a domain of somebody's own: their page, what they say to anyone, their feeds; all else elsewhere."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from speak.clients.feeds import views as feeds
from speak.federation.views.negotiation import wants_activitypub
from speak.federation.views.wellknown import webfinger_at
from speak.identity.domains.evidence import file_of
from speak.identity.errors import NoDomain
from speak.identity.models import OwnDomain
from speak.web.arriving import arrived_by
from speak.web.pages.posts import post_page
from speak.web.pages.profile import page_of_person


def domain_of_request(request: HttpRequest) -> OwnDomain:
    """The domain by which it came.

    Raises:
        NoDomain: it came by this server's own name.
    """
    owned = arrived_by(request)
    if owned is None:
        raise NoDomain(_("Nobody's own domain leads here."))
    return owned


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Who they are and what they say to anyone; a server that asks is led to the actor's document."""
    actor = domain_of_request(request).actor
    response: HttpResponse
    response = HttpResponseRedirect(actor.uri) if wants_activitypub(request) else page_of_person(request, None, actor)
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def post(request: HttpRequest, handle: str, post_id: int) -> HttpResponse:
    """One thing they said; a server that asks is led to its document, and whoever wants another's words to those."""
    owned = domain_of_request(request)
    if handle.lower() != owned.actor.handle_key:
        return elsewhere(request)
    response: HttpResponse
    if wants_activitypub(request):
        response = HttpResponseRedirect(f"{settings.SPEAK_URL}/posts/{int(post_id)}")
    else:
        response = post_page(request, handle, post_id)
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def person(request: HttpRequest, handle: str) -> HttpResponse:
    """Their name in what they say leads to the beginning of their domain; other names lead elsewhere."""
    if handle.lower() != domain_of_request(request).actor.handle_key:
        return elsewhere(request)
    return HttpResponseRedirect("/")


@require_safe
def feed(request: HttpRequest, kind: str) -> HttpResponse:
    """What they announce."""
    return feeds.person(request, handle=domain_of_request(request).actor.handle, kind=kind)


@require_safe
def proof(request: HttpRequest) -> HttpResponse:
    """That requests for the domain arrive here, and as whose."""
    return HttpResponse(file_of(domain_of_request(request)), content_type="text/plain; charset=utf-8")


@require_safe
def webfinger(request: HttpRequest) -> HttpResponse:
    """That its owner is meant by an address on it."""
    return webfinger_at(request, domain_of_request(request))


@require_safe
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Everything else is at this server's own address."""
    return HttpResponseRedirect(f"{settings.SPEAK_URL}{request.get_full_path()}")
