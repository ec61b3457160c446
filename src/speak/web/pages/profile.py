"""The page of a person, here or elsewhere: who they are, and what they say."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from speak.clients.oauth.metadata import advertise_ways_in
from speak.federation.elsewhere.subscribers import sends_letters
from speak.federation.places.looking import want_known
from speak.federation.sites.polling import has_ended
from speak.federation.views import answer_if_activitypub
from speak.federation.views.webmention import advertise
from speak.identity import queries
from speak.identity.models import Actor, ActorKind
from speak.identity.queries import Relation
from speak.rooms.queries import the_organisation
from speak.voice.queries import Entry, pinned_by, posts_of, shown_tags_of
from speak.web.arriving import arrived_by
from speak.web.paging import Page, page_of
from speak.web.shown.people import ShownPerson, follow_state_of, home_at, sentence_about, shown_person, shown_profile
from speak.web.shown.posts import shown_entries, shown_posts
from speak.web.viewer import viewer_of


@require_safe
def profile(request: HttpRequest, address: str) -> HttpResponse:
    """One address for people and programs: a page, or the ActivityPub document where that is asked for.

    `address` is handle or handle@domain; one that somebody had before leads to the one they have now.
    """
    viewer = viewer_of(request)
    actor = queries.actor_called(viewer, address)
    response = answer_if_activitypub(request, actor) or page_of_person(request, viewer, actor)
    patch_vary_headers(response, ["Accept", "Cookie"])
    return response


def page_of_person(request: HttpRequest, viewer: Actor | None, actor: Actor) -> HttpResponse:
    """The page, at its usual address or at the beginning of their own domain."""
    is_at_own = arrived_by(request) is not None
    if actor.is_local and actor.kind == ActorKind.APPLICATION:
        return redirect("home")
    if actor.is_local and actor.kind == ActorKind.ORGANIZATION:
        return redirect("organisation")
    if request.path != ("/" if is_at_own else actor.path):
        return redirect(actor.path)
    if viewer:
        want_known(actor)
    relation = queries.relations_to(viewer, [actor])[actor.pk] if viewer else Relation()
    page: Page[Entry] = Page([], "", "")
    if not relation.is_blocked:
        page = page_of(request, lambda window: posts_of(viewer, actor, window), id_of=lambda entry: entry.id)
    is_first_page = "before" not in request.GET and "after" not in request.GET
    pinned = pinned_by(viewer, actor) if is_first_page and not relation.is_blocked else []
    at_the_top = {post.pk for post in pinned}
    entries = [entry for entry in page.items if entry.post.pk not in at_the_top or entry.boosted_by]
    context = {
        "pinned": shown_posts(viewer, pinned),
        "actor": actor,
        "feed_url": "/feed" if is_at_own else f"{actor.path}/feed",
        "person": shown_profile(actor),
        "new_home": home_at(actor.moved_to_uri) if actor.moved_to_uri else None,
        "sentence": sentence_about(actor),
        "organisation": _organisation_of(actor),
        "tags": [tag.name for tag in shown_tags_of(actor)] if actor.is_local else [],
        "pointed_at": _pointed_at(viewer, actor) if actor.is_local and not relation.is_blocked else [],
        "relation": relation,
        "sends_letters": sends_letters(actor),
        "is_me": relation.is_self,
        "has_ended": has_ended(actor),
        "follow_state": _follow_state(viewer, actor, relation),
        "posts": shown_entries(viewer, entries),
        "older_url": page.older_url,
        "newer_url": page.newer_url,
    }
    response = render(request, "web/profile.html", context, status=410 if actor.gone_at else 200)
    if actor.is_local and actor.user_id is not None:
        advertise(response)
        advertise_ways_in(response)
    return response


def _organisation_of(actor: Actor) -> ShownPerson | None:
    """The organisation whose page shows somebody; then theirs leads there."""
    is_seen = actor.is_local and actor.user_id is not None and actor.is_listed and not actor.is_silenced
    organisation = the_organisation() if is_seen else None
    return shown_person(organisation.actor) if organisation else None


def _pointed_at(viewer: Actor | None, actor: Actor) -> list[tuple[str, str]]:
    """Whom somebody points at: their names, and what follows the first @ in the address of their pages here."""
    rows = queries.endorsements_of(viewer, actor).select_related("about").order_by("-pk")
    return [(row.about.called, row.about.path.removeprefix("/@")) for row in rows]


def _follow_state(viewer: Actor | None, actor: Actor, relation: Relation) -> str:
    """As `follow_state_of`; whoever moved away is followed at their new home."""
    state = follow_state_of(relation) if viewer else ""
    return "" if actor.moved_to_uri and state == "none" else state
