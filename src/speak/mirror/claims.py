"""Which names in an archive are proven to be somebody's here: addresses they confirmed, and places that point back."""

import re
from collections.abc import Iterable, Iterator

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from speak.identity.models import Actor

WORDS_IN_A_NAME = 2
# How Mastodon writes a profile, and the actor it belongs to (app/lib/activitypub/tag_manager.rb).
PROFILE = re.compile(r"(https://[^/]+)/@([^/@]+)/?")


def confirmed_addresses(actor: Actor) -> list[str]:
    """The e-mail addresses that somebody confirmed by what was sent to them, in small letters."""
    if actor.user_id is None:
        return []
    found = EmailAddress.objects.filter(user=actor.user_id, verified=True).values_list("email", flat=True)
    return sorted(address.casefold() for address in found)


def proven_names(actor: Actor) -> list[str]:
    """Names that are proven to be somebody's: their addresses, their actor here, places verified both ways."""
    places = actor.links.exclude(verified_at=None).exclude(url="").values_list("url", flat=True)
    actors = (f"{found[1]}/users/{found[2]}" for place in places if (found := PROFILE.fullmatch(place)))
    return sorted({*confirmed_addresses(actor), actor.uri, *places, *actors})


def names_staying_out(objecting: QuerySet[Actor]) -> list[str]:
    """All that those who are not counted may be called, their names of two words or more included."""
    called = ((actor.address, *proven_names(actor), *_full_names(actor.name)) for actor in objecting)
    return sorted({name for names in called for name in names})


def addresses_that_are_one(agreeing: Iterable[Actor]) -> list[list[str]]:
    """For each who said so, the addresses they confirmed."""
    return [found for actor in agreeing if len(found := confirmed_addresses(actor)) > 1]


def _full_names(name: str) -> Iterator[str]:
    if len(name.split()) >= WORDS_IN_A_NAME:
        yield name
