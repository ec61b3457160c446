"""Finding people and words. Only what the one who looks may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from speak.federation.discovery import resolve
from speak.identity.models import Actor
from speak.identity.queries import people_found, people_seen, relations_to
from speak.voice.queries import posts_found
from speak.web.paging import page_of
from speak.web.shown.people import follow_state_of, shown_person
from speak.web.shown.posts import shown_posts
from speak.web.viewer import viewer_of

MOST_PEOPLE = 20
LONGEST = 500


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """People by name, handle or address; posts by their words; a post, or a site with a feed, by its address.

    A stranger finds the people here who chose to be seen, and nothing is asked of other servers for them.
    """
    viewer = viewer_of(request)
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    if viewer is None:
        people = _seen_by_strangers(text)
        rows = [{"person": shown_person(actor), "follow_state": ""} for actor in people]
        return render(request, "web/search.html", {"text": text, "people": rows, "posts": []})
    people = people_found(viewer, text, limit=MOST_PEOPLE)
    if _names_a_place(text) and "before" not in request.GET:
        found = resolve(viewer, text)
        if found is not None and not isinstance(found, Actor):
            return redirect(found.path)
        if found is not None:
            people = [found, *(actor for actor in people if actor.pk != found.pk)]
    page = page_of(request, lambda window: posts_found(viewer, text, window), id_of=lambda post: post.pk)
    relations = relations_to(viewer, people)
    rows = [{"person": shown_person(actor), "follow_state": follow_state_of(relations[actor.pk])} for actor in people]
    site = rows.pop(0) if _names_a_place(text) and people and people[0].is_site else None
    context = {
        "text": text,
        "site": site,
        "people": rows,
        "posts": shown_posts(viewer, page.items),
        "older_url": page.older_url,
        "newer_url": page.newer_url,
    }
    return render(request, "web/search.html", context)


def _names_a_place(text: str) -> bool:
    """Whether it is an address: of a page, or somebody's with the server in it."""
    return text.startswith(("https://", "http://")) or ("@" in text.lstrip("@") and " " not in text)


def _seen_by_strangers(text: str) -> list[Actor]:
    words = text.removeprefix("@").casefold()
    if not words:
        return []
    seen = (actor for actor in people_seen(None) if words in f"{actor.handle} {actor.name}".casefold())
    return list(seen)[:MOST_PEOPLE]
