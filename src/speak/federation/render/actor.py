"""An actor whose home is here, as other servers read it (interop 3.4; FEP-521a, FEP-2c59, FEP-844e)."""

from html import escape

from django.conf import settings

from speak.federation.documents.nodes import host_of
from speak.federation.render.context import ACTOR_CONTEXT, at
from speak.identity.models import Actor, ActorKind, Key, KeyKind, ShelfObject
from speak.identity.queries import public_keys
from speak.kernel import blobs
from speak.kernel.keys import read_public, write_multikey
from speak.voice.text import render_lines

RFC_9421 = {
    "href": "https://datatracker.ietf.org/doc/html/rfc9421",
    "name": "RFC-9421: HTTP Message Signatures",
}


def document(actor: Actor) -> dict[str, object]:
    """The actor's document, the same for everybody who asks."""
    if actor.suspended_at is not None:
        return _suspended(actor)
    found: dict[str, object] = {
        "@context": ACTOR_CONTEXT,
        "id": actor.uri,
        "type": actor.kind,
        "preferredUsername": actor.handle,
        "webfinger": actor.account,
        "name": actor.called,
        "summary": render_lines(actor.aim),
        "url": actor.url,
        "inbox": actor.inbox_url,
        "outbox": actor.outbox_url,
        "followers": actor.followers_url,
        "following": actor.following_url,
        "featured": actor.featured_url,
        "endpoints": {"sharedInbox": actor.shared_inbox_url},
        "published": at(actor.created_at),
        "updated": at(actor.changed_at),
        "manuallyApprovesFollowers": actor.approves_followers,
        "discoverable": actor.is_listed,
        "indexable": actor.is_listed,
        "attachment": [*_links(actor), *_shelf(actor)],
        "attributionDomains": _sites(actor),
        "alsoKnownAs": actor.also_known_as,
        "generator": {"type": "Application", "implements": [RFC_9421]},
        **_keys(actor),
        **_pictures(actor),
    }
    if actor.kind == ActorKind.APPLICATION:
        found["implements"] = [RFC_9421]
    if actor.moved_to_uri:
        found["movedTo"] = actor.moved_to_uri
    return found


def _suspended(actor: Actor) -> dict[str, object]:
    """That nobody hears them at present; the keys stay, so that what they take back is believed."""
    return {
        "@context": ACTOR_CONTEXT,
        "id": actor.uri,
        "type": actor.kind,
        "preferredUsername": actor.handle,
        "inbox": actor.inbox_url,
        "outbox": actor.outbox_url,
        "suspended": True,
        **_keys(actor),
    }


def tombstone(actor: Actor) -> dict[str, object]:
    """What stands where an actor was."""
    found: dict[str, object] = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": actor.uri,
        "type": "Tombstone",
        "formerType": actor.kind,
    }
    if actor.gone_at:
        found["deleted"] = at(actor.gone_at)
    return found


def _keys(actor: Actor) -> dict[str, object]:
    """RSA as `publicKey`, which everybody reads; both as Multikey in `assertionMethod` (FEP-521a)."""
    keys = public_keys(actor)
    rsa = next((key for key in keys if key.kind == KeyKind.RSA), None)
    found: dict[str, object] = {"assertionMethod": [_multikey(actor, key) for key in keys if key != rsa]}
    if rsa:
        found["publicKey"] = {"id": rsa.key_uri, "owner": actor.uri, "publicKeyPem": rsa.public_pem}
    return found


def _multikey(actor: Actor, key: Key) -> dict[str, object]:
    return {
        "id": key.key_uri,
        "type": "Multikey",
        "controller": actor.uri,
        "publicKeyMultibase": write_multikey(read_public(key.public_pem)),
    }


def _pictures(actor: Actor) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, token, description in (
        ("icon", actor.picture, actor.picture_description),
        ("image", actor.banner, ""),
    ):
        if token:
            found[name] = _image(token, description)
    return found


def _image(token: str, description: str) -> dict[str, object]:
    image: dict[str, object] = {
        "type": "Image",
        "mediaType": blobs.type_of(token),
        "url": blobs.url_of(token),
    }
    return {**image, "name": description, "summary": description} if description else image


def _links(actor: Actor) -> list[dict[str, object]]:
    return [
        {
            "type": "PropertyValue",
            "name": link.label,
            "value": _anchor(link.url) if link.url else escape(link.words),
        }
        for link in actor.links.all()
        if link.is_shown
    ]


def _anchor(url: str) -> str:
    """A link that says whose it is, as verifiers elsewhere look for it."""
    return f'<a href="{escape(url)}" rel="me nofollow noopener noreferrer" target="_blank">{escape(url)}</a>'


def _sites(actor: Actor) -> list[str]:
    """The sites that may name somebody as an author; this one and their own always, whose pages name them."""
    own = [actor.home_domain] if actor.home_domain else []
    return list(dict.fromkeys([host_of(settings.SPEAK_URL), *own, *actor.attribution_domains]))


def _shelf(actor: Actor) -> list[dict[str, object]]:
    return [_thing(thing) for thing in actor.shelf.all()]


def _thing(thing: ShelfObject) -> dict[str, object]:
    """A chosen thing: to those who read only names and values, its title and sentence."""
    found: dict[str, object] = {
        "type": "PropertyValue",
        "name": thing.title,
        "value": escape(thing.sentence) or escape(thing.title),
    }
    if thing.picture:
        found["icon"] = _image(thing.picture, thing.picture_description)
    return found
