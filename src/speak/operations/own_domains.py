"""Domains of people's own: for which a proxy gets certificates, and what is answered to whoever comes by them.

Whoever comes by a person's domain is a stranger there, whoever they are elsewhere: nothing that says who asks is read,
nothing is taken, no cookie is set. All that is read there can be read here without signing in; signing in is here.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.request import split_domain_port
from django.urls import get_script_prefix, set_script_prefix

from speak.identity.domains.queries import owned_domain
from speak.identity.models import OwnDomain
from speak.operations.callers import is_from_here
from speak.web.arriving import arrive
from speak.web.middleware import POLICY

Respond = Callable[[HttpRequest], HttpResponse]
PLAIN = "text/plain; charset=utf-8"
READING = ("GET", "HEAD")
URLS = "speak.operations.urls_of_own_domains"
# What would say who asks, or that the request came by another name.
UNREAD = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT")
MISDIRECTED = 421


def may_serve(request: HttpRequest) -> HttpResponse:
    """200 for this server's own name and for domains that people proved to be theirs, else 404.

    Answered to this machine alone: for everybody else there is no such page, so nobody can ask here who has what.
    """
    name = request.GET.get("domain", "").lower()[:253]
    if is_from_here(request) and (name == _own_name() or owned_domain(name) is not None):
        return HttpResponse("Yes.\n", content_type=PLAIN)
    return HttpResponse("There is nothing here.\n", status=404, content_type=PLAIN)


def by_own_domains(respond: Respond) -> Respond:
    """Middleware, before all others: whoever comes by a person's domain gets that person's pages, by any other none.

    Whoever comes by this server's own name passes without a look at the database.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        try:
            request.get_host()
        except DisallowedHost:
            return _answer_there(request, respond)
        return respond(request)

    return answer


def _answer_there(request: HttpRequest, respond: Respond) -> HttpResponse:
    name = _asked_for(request)
    owned = owned_domain(name) if name else None
    if owned is None:
        return HttpResponse("Nobody by this name is here.\n", status=MISDIRECTED, content_type=PLAIN)
    if request.method not in READING:
        return HttpResponseNotAllowed(READING, "Here one reads only.\n", content_type=PLAIN)
    _make_a_stranger(request, owned)
    before = get_script_prefix()
    # Addresses that pages make by name lead to this server, where everything else is.
    set_script_prefix(f"{settings.SPEAK_URL}/")
    try:
        response = respond(request)
    finally:
        set_script_prefix(before)
    return _as_theirs(response)


def _make_a_stranger(request: HttpRequest, owned: OwnDomain) -> None:
    """From here on the request came to this server, from nobody, for what `owned` is the address of."""
    for name in UNREAD:
        request.META.pop(name, None)
    request.META["HTTP_HOST"] = settings.SPEAK_DOMAIN
    request.__dict__.pop("headers", None)
    arrive(request, owned)
    request.urlconf = URLS


def _asked_for(request: HttpRequest) -> str:
    """The name by which it came, in lower case; a proxy is believed only where the settings say that there is one."""
    forwarded = request.META.get("HTTP_X_FORWARDED_HOST") if settings.USE_X_FORWARDED_HOST else None
    return split_domain_port(forwarded or request.META.get("HTTP_HOST", ""))[0]


def _as_theirs(response: HttpResponse) -> HttpResponse:
    """Without cookies; pictures may come from this server; and how long a browser insists on TLS is not ours to say."""
    response.cookies.clear()
    del response.headers["Strict-Transport-Security"]
    if response.headers.get("Content-Security-Policy") == POLICY:
        here = settings.SPEAK_URL
        wider = POLICY.replace("img-src 'self'", f"img-src 'self' {here}").replace(
            "media-src 'self'", f"media-src {here}"
        )
        response.headers["Content-Security-Policy"] = wider
    return response


def _own_name() -> str:
    return str(settings.SPEAK_DOMAIN).partition(":")[0]
