"""What somebody here said and passed on, as far as whoever asks may read it."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from speak.federation.render import activities, collections
from speak.federation.views.actors import local_actor
from speak.federation.views.answers import activity, refused, with_refusals
from speak.federation.views.posts import number_in
from speak.federation.views.viewer import viewer_of
from speak.identity.models import FEED, Actor
from speak.kernel.outbound import Ask
from speak.voice import rules
from speak.voice.models import Boost
from speak.voice.queries import Entry, Window, collection_of, posts_of
from speak.voice.reach import OPEN

PAGE_SIZE = 20


@require_safe
@with_refusals
def outbox(request: HttpRequest, actor_id: int, *, ask: Ask) -> HttpResponse:
    """The newest first, a page at a time; their number is that of what the viewer may read."""
    actor = local_actor(actor_id)
    if actor is None or actor.gone_at is not None:
        return refused(404, "Nobody here has that address.")
    viewer = viewer_of(request, ask=ask)
    is_for_one = viewer is not None
    if "page" not in request.GET:
        total = collection_of(viewer, actor).count() + boosts_of(actor).count()
        return activity(collections.paged(actor.outbox_url, total=total), is_for_one=is_for_one)
    before = number_in(request, "before")
    found = posts_of(viewer, actor, Window(before=before or None, limit=PAGE_SIZE))
    query = f"page=true&before={before}" if before else "page=true"
    next_query = f"page=true&before={found[-1].id}" if len(found) == PAGE_SIZE else ""
    passed_on = dict(boosts_of(actor).filter(pk__in=[entry.id for entry in found]).values_list("pk", "uri"))
    shown = [entry for entry in found if rules.leaves_the_server(entry.post.reach) and not entry.post.author.is_site]
    items = [_activity_of(entry, passed_on_uri=passed_on.get(entry.id, "")) for entry in shown]
    page = collections.page(actor.outbox_url, query=query, items=items, next_query=next_query)
    return activity(page, is_for_one=is_for_one)


def boosts_of(actor: Actor) -> QuerySet[Boost]:
    """What somebody passed on that is still there and has a place on other servers; all of it anyone may read."""
    passed_on = Boost.objects.filter(actor=actor, post__reach__in=OPEN, post__withdrawn_at=None)
    return passed_on.exclude(post__uri__startswith=FEED)


def _activity_of(entry: Entry, *, passed_on_uri: str) -> dict[str, object]:
    """The Create or Announce that was sent; its context stands once, at the head of the page."""
    by = entry.boosted_by
    done = activities.announce_of(by, uri=passed_on_uri, post=entry.post) if by else activities.create(entry.post)
    return {name: value for name, value in done.items() if name != "@context"}
