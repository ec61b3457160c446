"""People as templates show them: faces, names, addresses; how the viewer may follow them."""

import datetime as dt
from dataclasses import dataclass, field

from speak.federation.documents.nodes import host_of
from speak.identity.faces import banner_url, face_url
from speak.identity.models import Actor, Finding, Link
from speak.identity.queries import Relation, actor_by_uri
from speak.kernel import blobs
from speak.voice.sanitize import plain_text


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """An author, or somebody in a list. `url` is their page on this server; a site is known by its `place`."""

    name: str
    handle: str
    address: str
    url: str
    picture_url: str
    picture_description: str
    initial: str
    is_local: bool
    aim: str = ""
    is_site: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class ShownThing:
    """A thing on a shelf."""

    id: int
    title: str
    sentence: str
    picture_url: str
    picture_description: str


@dataclass(frozen=True, slots=True)
class ShownLink:
    """Another place of somebody's. `host` is where it leads, as it travels: a label may say anything.

    Of people elsewhere `value_html` is shown, sanitized; of people here `url`, or `words` where there is none.
    """

    id: int
    label: str
    url: str
    host: str
    words: str
    value_html: str
    found: str  # what was found there last, as a sentence
    verified_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ShownProfile:
    """All that a profile shows. `url` is their own home, here, elsewhere, or at a domain of their own (`is_at_own`)."""

    name: str
    handle: str
    address: str
    url: str
    picture_url: str
    picture_description: str
    initial: str
    is_local: bool
    aim: str
    about_html: str
    banner_url: str
    is_at_own: bool = False
    shelf: list[ShownThing] = field(default_factory=list)
    links: list[ShownLink] = field(default_factory=list)
    is_site: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class ShownHome:
    """Another home of somebody's, as far as it is known here. `uri` says which; `url` is to be visited."""

    uri: str
    url: str
    address: str


def home_at(uri: str) -> ShownHome:
    """The home that has this id; one that is not known here is called by it."""
    known = actor_by_uri(uri)
    return ShownHome(uri, known.url or uri, known.address) if known else ShownHome(uri, uri, uri)


def shown_person(actor: Actor) -> ShownPerson:
    """Somebody in a list or beside their words."""
    return ShownPerson(
        name=actor.called,
        handle=actor.handle,
        address=actor.address,
        url=actor.path,
        picture_url=face_url(actor),
        picture_description=actor.picture_description,
        initial=_initial(actor),
        is_local=actor.is_local,
        aim=actor.aim,
        is_site=actor.is_site,
        place=actor.host,
    )


def shown_profile(actor: Actor) -> ShownProfile:
    """Somebody on their own page; two queries, for the shelf and the links."""
    return ShownProfile(
        name=actor.called,
        handle=actor.handle,
        address=actor.address,
        url=actor.home_url or actor.uri,
        is_at_own=bool(actor.home_domain),
        picture_url=face_url(actor),
        picture_description=actor.picture_description,
        initial=_initial(actor),
        is_local=actor.is_local,
        aim=actor.aim,
        about_html=actor.about_html,
        banner_url=banner_url(actor),
        shelf=shelf_of(actor),
        links=[shown_link(link) for link in actor.links.all() if link.is_shown],
        is_site=actor.is_site,
        place=actor.host,
    )


def shown_link(link: Link) -> ShownLink:
    """Another place of somebody's."""
    return ShownLink(
        id=link.pk,
        label=link.label,
        url=link.url,
        host=host_of(link.url),
        words=link.words,
        value_html=link.value_html,
        found=str(Finding(link.finding).label),
        verified_at=link.verified_at,
    )


def shelf_of(actor: Actor) -> list[ShownThing]:
    """What somebody put on their shelf, in their order."""
    return [
        ShownThing(thing.pk, thing.title, thing.sentence, blobs.url_of(thing.picture), thing.picture_description)
        for thing in actor.shelf.all()
    ]


def sentence_about(actor: Actor) -> str:
    """One plain sentence for previews: their aim, or how their own words about themselves begin."""
    return actor.aim or plain_text(actor.about_html)[:200] or f"{actor.called}, {actor.address}"


def follow_state_of(relation: Relation) -> str:
    """The viewer's way to follow somebody, or to stop, as pieces/follow.html reads it; "" where there is none."""
    if relation.is_self or relation.is_blocked:
        return ""
    if relation.follows:
        return "following"
    return "asked" if relation.has_asked else "none"


def _initial(actor: Actor) -> str:
    return actor.called[:1].upper()
