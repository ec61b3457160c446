"""Where an editor may have something said too (3.7.3): the places elsewhere of its person, and who can read there.

What is chosen is chosen for this one post, by `mp-syndicate-to`; an update brings nothing anywhere.
"""

import re
from collections.abc import Iterable

from django.conf import settings

from speak.federation.elsewhere.choosing import places_to_choose
from speak.federation.elsewhere.wording import called, choice_in_words
from speak.identity.models import Actor

UID = re.compile(r"/elsewhere/([0-9]{1,18})")


def targets_of(viewer: Actor) -> list[dict[str, object]]:
    """Each with its uid, and a name that says who can read there."""
    return [
        {
            "uid": _uid(place.id),
            "name": choice_in_words(place.kind, place.name),
            "service": {"name": called(place.kind, place.name)},
        }
        for place in places_to_choose(viewer)
    ]


def chosen_in(uids: Iterable[str]) -> tuple[int, ...]:
    """The places that these uids name, in order; what is no uid of ours goes nowhere.

    Whose they are, and whether it may go there, is asked when they are used.
    """
    named = (UID.fullmatch(uid.removeprefix(settings.SPEAK_URL)) for uid in dict.fromkeys(uids))
    return tuple(int(found[1]) for found in named if found)


def _uid(number: int) -> str:
    return f"{settings.SPEAK_URL}/elsewhere/{number}"
