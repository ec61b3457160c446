"""How this server and the people on it are found."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from speak.federation.documents.nodes import host_of
from speak.federation.render import webfinger as documents
from speak.federation.views.answers import open_to_all, refused
from speak.identity import queries
from speak.identity.actions import server_actor
from speak.identity.domains.queries import owned_domain
from speak.identity.errors import WrongHandle
from speak.identity.handles import read_address
from speak.identity.models import Actor, OwnDomain

OPEN_TO_ALL = {"Access-Control-Allow-Origin": "*"}


@require_safe
def webfinger(request: HttpRequest) -> HttpResponse:
    """Who is meant by acct:name@domain, an actor's id or the address of their page (RFC 7033).

    Upper and lower case are the same; handles somebody had before lead to them.
    """
    return _answered(request, _meant)


def webfinger_at(request: HttpRequest, owned: OwnDomain) -> HttpResponse:
    """The same at a domain of somebody's own: its owner, by an address there, or as they are called on this server."""

    def meant(resource: str) -> Actor | None:
        found = _meant(resource)
        return found if found == owned.actor else None

    return _answered(request, meant)


def _answered(request: HttpRequest, meant: Callable[[str], Actor | None]) -> HttpResponse:
    resource = request.GET.get("resource", "").strip()
    if not resource:
        return refused(400, "Say whom you mean with ?resource=acct:name@domain.", headers=OPEN_TO_ALL)
    try:
        actor = meant(resource)
    except WrongHandle as refusal:
        return refused(400, refusal.sentence, headers=OPEN_TO_ALL)
    if actor is None or not actor.is_local:
        return refused(404, "Nobody here is called that.", headers=OPEN_TO_ALL)
    if actor.gone_at is not None:
        return refused(410, "They are gone.", headers=OPEN_TO_ALL)
    found = documents.webfinger(actor)
    wanted = request.GET.getlist("rel")
    links = found["links"]
    if wanted and isinstance(links, list):
        found["links"] = [link for link in links if link["rel"] in wanted]
    return open_to_all(found)


@require_safe
def host_meta(_request: HttpRequest) -> HttpResponse:
    """Where WebFinger is (RFC 6415)."""
    return HttpResponse(documents.host_meta(), content_type="application/xrd+xml; charset=utf-8", headers=OPEN_TO_ALL)


@require_safe
def host_meta_json(_request: HttpRequest) -> HttpResponse:
    """The same as JRD."""
    return open_to_all(documents.host_meta_json())


@require_safe
def nodeinfo_links(_request: HttpRequest) -> HttpResponse:
    """Where NodeInfo is."""
    return open_to_all(documents.nodeinfo_links(server_actor().uri))


@require_safe
def nodeinfo(_request: HttpRequest, schema: str) -> HttpResponse:
    """What this server is (NodeInfo 2.0, 2.1)."""
    profile = f"http://nodeinfo.diaspora.software/ns/schema/{schema}#"
    return open_to_all(documents.nodeinfo(schema), content_type=f'application/json; profile="{profile}"; charset=utf-8')


def _meant(resource: str) -> Actor | None:
    """The actor here, or nobody.

    Raises:
        WrongHandle: it is neither an address nor a URL.
    """
    if "://" not in resource:
        words = resource.removeprefix("acct:").removeprefix("@")
        if "@" not in words:
            raise WrongHandle("An address looks like name@server.example.")
        address = read_address(words, here=settings.SPEAK_DOMAIN)
        return queries.actor_at(address)
    host = host_of(resource)
    if host != host_of(settings.SPEAK_URL):
        owned = owned_domain(host)
        return owned.actor if owned and resource.rstrip("/") == f"https://{host}" else None
    path = resource.split("://", 1)[1].partition("/")[2].rstrip("/")
    if path.startswith("@"):
        address = read_address(path, here=settings.SPEAK_DOMAIN)
        return queries.actor_at(address)
    return queries.actor_by_uri(f"{settings.SPEAK_URL}/{path}")
