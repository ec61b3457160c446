"""Sites that speak by a feed, as they describe themselves there. The caller has read it from where it lives."""

import re
from dataclasses import dataclass

from django.db import transaction

from speak.identity.models import FEED, Actor, ActorKind
from speak.kernel import clock

MAX_HANDLE = 100
NO_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class IncomingSite:
    """A site, parsed and checked: plain values only. `about_html` is sanitized."""

    feed_url: str
    domain: str
    url: str
    name: str
    about_html: str = ""
    picture_url: str = ""


@transaction.atomic
def keep_site(incoming: IncomingSite) -> Actor:
    """Know a site, or know it better. Its handle is made once: `feed`, or what tells it from others of its server."""
    values = {
        "url": incoming.url,
        "name": incoming.name,
        "about_html": incoming.about_html,
        "picture_url": incoming.picture_url,
    }
    known = Actor.objects.select_for_update().filter(uri=FEED + incoming.feed_url).first()
    if known is None:
        handle = _free_handle(incoming)
        return Actor.objects.create(
            kind=ActorKind.SERVICE,
            uri=FEED + incoming.feed_url,
            handle=handle,
            handle_key=handle,
            domain=incoming.domain,
            **values,
        )
    if any(getattr(known, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(known, name, value)
        known.changed_at = clock.now()
        known.save(update_fields=[*values, "changed_at"])
    return known


def _free_handle(incoming: IncomingSite) -> str:
    _, _, path = incoming.feed_url.partition("://")[2].partition("/")
    named = "_".join(filter(None, ("feed", NO_LETTERS.sub("_", path.lower()).strip("_"))))[:MAX_HANDLE].strip("_")
    tried = ["feed", named, *(f"{named}_{number}" for number in range(2, 1000))]
    there = Actor.objects.filter(domain=incoming.domain, handle_key__startswith="feed")
    taken = set(there.values_list("handle_key", flat=True))
    return next(handle for handle in tried if handle not in taken)
