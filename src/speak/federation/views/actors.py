"""Actors whose home is here, and what belongs to them, for other servers."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from speak.federation.render import actor as actor_documents
from speak.federation.render import collections
from speak.federation.views.answers import activity, refused
from speak.federation.views.negotiation import wants_a_page
from speak.identity.models import Actor


@require_safe
def show_actor(request: HttpRequest, actor_id: int) -> HttpResponse:
    """The actor's document; a browser is led to their page.

    It is the same for everybody, so it is served whoever asks and however they sign: a server that
    has to check our signature must be able to fetch our key without our checking theirs first.
    """
    actor = local_actor(actor_id)
    if actor is None:
        return refused(404, "Nobody here has that address.")
    if actor.gone_at is None and actor.user_id is not None and wants_a_page(request):
        response = HttpResponseRedirect(actor.url)
        response["Vary"] = "Accept"
        return response
    return answer_actor(actor)


def answer_actor(actor: Actor) -> HttpResponse:
    """The document, or 410 where somebody was."""
    if actor.gone_at is not None:
        return activity(actor_documents.tombstone(actor), status=410)
    return activity(actor_documents.document(actor))


@require_safe
def followers(_request: HttpRequest, actor_id: int) -> HttpResponse:
    """That there is such a list; not who is on it (docs/decisions)."""
    return _closed(actor_id, "followers")


@require_safe
def following(_request: HttpRequest, actor_id: int) -> HttpResponse:
    """That there is such a list; not who is on it."""
    return _closed(actor_id, "following")


@require_safe
def featured(_request: HttpRequest, actor_id: int) -> HttpResponse:
    """What somebody puts first on their profile: nobody here can, so far."""
    actor = local_actor(actor_id)
    if actor is None or actor.gone_at is not None:
        return refused(404, "Nobody here has that address.")
    return activity(collections.whole(actor.featured_url, []))


def local_actor(actor_id: int) -> Actor | None:
    """Whoever has, or had, this address here."""
    return Actor.objects.filter(pk=actor_id, domain="").first()


def _closed(actor_id: int, name: str) -> HttpResponse:
    actor = local_actor(actor_id)
    if actor is None or actor.gone_at is not None:
        return refused(404, "Nobody here has that address.")
    return activity(collections.closed(f"{actor.uri}/{name}"))
