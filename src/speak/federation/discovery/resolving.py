"""From what somebody typed into the search box to an actor or a post."""

import re

from django.conf import settings

from speak.federation.discovery.actors import actor_of, find_actor, keep_fetched
from speak.federation.discovery.fetching import NobodyThere, fetch
from speak.federation.discovery.posts import keep_fetched_post
from speak.federation.documents import Malformed, is_actor, is_post
from speak.federation.documents.nodes import is_web_address
from speak.federation.ours import is_ours
from speak.federation.sites.asking import NoFeed
from speak.federation.sites.finding import find_site, known_site
from speak.identity import queries
from speak.identity.domains.queries import address_here
from speak.identity.errors import WrongHandle
from speak.identity.handles import read_address
from speak.identity.models import Actor
from speak.kernel.outbound import Ask, OutboundFailure
from speak.kernel.outbound import ask as real_ask
from speak.voice.models import Post
from speak.voice.queries import post_by_uri, readable_by

OUR_PAGE = re.compile(r"/@(?P<handle>[^/@]+(?:@[^/@]+)?)(?:/(?P<post>\d{1,18}))?")


def resolve(viewer: Actor | None, text: str, *, ask: Ask = real_ask) -> Actor | Post | None:
    """Whom or what an address means: @name@server.example, or the address of a profile, a post, or a site with a feed.

    Nothing where it means nobody, cannot be reached, or is not for this viewer.
    """
    words = text.strip()
    try:
        found = _at_url(viewer, words, ask) if is_web_address(words) else find_actor(words, ask=ask)
    except (NobodyThere, Malformed, WrongHandle, OutboundFailure):
        found = None
    if found is None and viewer is not None and is_web_address(words):
        found = _site_at(words, ask)
    if isinstance(found, Post):
        return readable_by(viewer).select_related("author").filter(pk=found.pk).first()
    if found and viewer and queries.is_blocked_between(viewer, found) and found.blocks.filter(blocked=viewer):
        return None
    return found


def _at_url(viewer: Actor | None, url: str, ask: Ask) -> Actor | Post | None:
    url = address_here(url)
    known = _known_at(viewer, url)
    if known is not None or is_ours(url):
        return known
    fetched = fetch(url, ask=ask)
    if is_actor(fetched.node):
        known_actor = queries.actor_by_uri(fetched.uri)
        return actor_of(fetched.uri, ask=ask) if known_actor else keep_fetched(fetched, ask=ask)
    return keep_fetched_post(fetched, ask=ask) if is_post(fetched.node) else None


def _site_at(url: str, ask: Ask) -> Actor | None:
    try:
        return find_site(url, ask=ask)
    except (NoFeed, OutboundFailure):
        return None


def _known_at(viewer: Actor | None, url: str) -> Actor | Post | None:
    """What is known by its id, or here by the address of its page."""
    page = OUR_PAGE.fullmatch(url.removeprefix(settings.SPEAK_URL)) if is_ours(url) else None
    if page is None:
        known = post_by_uri(viewer, url) or Actor.objects.filter(uri=url, gone_at=None).first()
        return known or (known_site(url) if viewer else None)
    if page["post"]:
        return readable_by(viewer).select_related("author").filter(pk=int(page["post"])).first()
    return queries.actor_at(read_address(page["handle"], here=settings.SPEAK_DOMAIN))
