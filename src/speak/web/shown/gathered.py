"""People of the organisation whose home is elsewhere, as its pages show them."""

import datetime as dt
from dataclasses import dataclass

from speak.federation.documents.nodes import host_of
from speak.identity.faces import face_url
from speak.identity.models import Finding
from speak.rooms.models import PersonElsewhere


@dataclass(frozen=True, slots=True)
class ShownPersonElsewhere:
    """Somebody at home at `url`, on the site `host`. `path` is what is known of them here, where anything is."""

    id: int
    name: str
    url: str
    host: str
    path: str
    aim: str
    picture_url: str
    picture_description: str
    initial: str
    verified_at: dt.datetime | None
    is_awaited: bool  # it is about to be looked at
    found: str  # what was found there last, as a sentence


def shown_person_elsewhere(person: PersonElsewhere) -> ShownPersonElsewhere:
    """Named by what their own server says of them, or by the address of their page: by nobody else's words."""
    actor, link = person.actor, person.link
    name = actor.called if actor else link.label
    return ShownPersonElsewhere(
        id=person.pk,
        name=name,
        url=link.url,
        host=host_of(link.url),
        path=actor.path if actor else "",
        aim=actor.aim if actor else "",
        picture_url=face_url(actor) if actor else "",
        picture_description=actor.picture_description if actor else "",
        initial=name[:1].upper(),
        verified_at=link.verified_at,
        is_awaited=link.looked_at is None,
        found=str(Finding(link.finding).label),
    )
