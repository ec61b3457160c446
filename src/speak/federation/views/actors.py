"""Actors whose home is here, and what belongs to them, for other servers."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from speak.federation.documents.nodes import host_of
from speak.federation.render import actor as actor_documents
from speak.federation.render import collections
from speak.federation.render import post as post_documents
from speak.federation.render.context import POST_CONTEXT
from speak.federation.synchronization import followers_at
from speak.federation.views.answers import activity, refused, with_refusals
from speak.federation.views.negotiation import wants_a_page
from speak.federation.views.viewer import viewer_of
from speak.identity.models import Actor
from speak.kernel.outbound import Ask
from speak.voice.queries import pinned_by


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
@with_refusals
def followers_synchronization(request: HttpRequest, actor_id: int, *, ask: Ask) -> HttpResponse:
    """To a server that signs: who on it follows somebody here (FEP-8fcf); it knows that already."""
    actor = local_actor(actor_id)
    if actor is None or actor.gone_at is not None:
        return refused(404, "Nobody here has that address.")
    viewer = viewer_of(request, ask=ask)
    if viewer is None:
        return refused(401, "Sign, so that it is known which server asks.")
    items = followers_at(actor, host_of(viewer.uri))
    uri = f"{actor.uri}/followers_synchronization"
    return activity(collections.listed(uri, items), is_for_one=True)


@require_safe
def featured(_request: HttpRequest, actor_id: int) -> HttpResponse:
    """What somebody keeps at the top of their profile: open posts, whole, the newest pin first."""
    actor = local_actor(actor_id)
    if actor is None or actor.gone_at is not None:
        return refused(404, "Nobody here has that address.")
    shown = [] if actor.suspended_at else [post_documents.document(post) for post in pinned_by(None, actor)]
    items = [{name: value for name, value in post.items() if name != "@context"} for post in shown]
    return activity({**collections.whole(actor.featured_url, items), "@context": POST_CONTEXT})


def local_actor(actor_id: int) -> Actor | None:
    """Whoever has, or had, this address here."""
    return Actor.objects.filter(pk=actor_id, domain="").first()


def _closed(actor_id: int, name: str) -> HttpResponse:
    actor = local_actor(actor_id)
    if actor is None or actor.gone_at is not None:
        return refused(404, "Nobody here has that address.")
    return activity(collections.closed(f"{actor.uri}/{name}"))
