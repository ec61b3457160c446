"""Actor documents. Pure.

Required: id, type, inbox (ActivityPub 4.1), and a handle: preferredUsername, or how the id ends where
there is none. A key counts only if it says that this actor owns it.
"""

import contextlib
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import rsa

from speak.federation.documents.languages import plain_in, words_in
from speak.federation.documents.media import picture_in
from speak.federation.documents.nodes import MAX_ID, Malformed, Node, host_of
from speak.identity.sites import read_site
from speak.kernel.errors import Invalid
from speak.kernel.keys import LONGEST_KEY, PublicKey, read_multikey, read_public, write_public

KINDS = ("Person", "Service", "Group", "Organization", "Application")
HANDLE = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,126}[a-z0-9_])?", re.IGNORECASE | re.ASCII)
MAX_KEYS, MAX_LINKS, MAX_ALIASES, MAX_SITES, MAX_ABOUT, MAX_KEY_TEXT = 10, 50, 20, 100, 20_000, LONGEST_KEY


@dataclass(frozen=True, slots=True)
class KeyDocument:
    """A public key of an actor. `kind` is "rsa" or "ed25519"."""

    uri: str
    kind: str
    public_pem: str


@dataclass(frozen=True, slots=True)
class ActorDocument:
    """An actor as its server describes it. `about_html` and link values are not sanitized.

    `address` is handle@domain in lower case, as it says itself (FEP-2c59); empty where it does not.
    """

    uri: str
    kind: str
    handle: str
    inbox_url: str
    name: str = ""
    about_html: str = ""
    url: str = ""
    shared_inbox_url: str = ""
    outbox_url: str = ""
    followers_url: str = ""
    following_url: str = ""
    featured_url: str = ""
    picture_url: str = ""
    picture_description: str = ""
    banner_url: str = ""
    approves_followers: bool = False
    is_listed: bool = False
    is_suspended: bool = False
    address: str = ""
    moved_to_uri: str = ""
    also_known_as: tuple[str, ...] = ()
    attribution_domains: tuple[str, ...] = ()
    published_at: dt.datetime | None = None
    links: tuple[tuple[str, str], ...] = ()
    keys: tuple[KeyDocument, ...] = ()


def is_actor(node: Node) -> bool:
    """Whether a document describes an actor."""
    return any(kind in KINDS for kind in node.kinds())


def parse_actor(node: Node) -> ActorDocument:
    """An actor from their document.

    Raises:
        Malformed: something required is missing, or stands on another host than the actor.
    """
    kind = next((kind for kind in node.kinds() if kind in KINDS), "")
    if not kind:
        raise Malformed(f"{node.path}.type" if node.path else "type", "is no type of actor")
    uri = node.uri("id")
    handle = node.text("preferredUsername", most=200) if node.has("preferredUsername") else uri.rpartition("/")[2]
    if not HANDLE.fullmatch(handle):
        raise Malformed("preferredUsername", "is not a handle")
    inbox_url = node.uri("inbox")
    endpoints = node.first("endpoints") or Node({})
    icon, image = picture_in(node, "icon"), picture_in(node, "image")
    return ActorDocument(
        uri=uri,
        kind=kind,
        handle=handle,
        inbox_url=_at_home(uri, inbox_url, "inbox"),
        name=plain_in(node, "name", most=200),
        about_html=words_in(node, "summary", most=MAX_ABOUT),
        url=_if_at_home(uri, _page_of(node)) or uri,
        shared_inbox_url=_if_at_home(uri, endpoints.uri_or_none("sharedInbox")),
        outbox_url=_if_at_home(uri, node.uri_or_none("outbox")),
        followers_url=_if_at_home(uri, node.uri_or_none("followers")),
        following_url=_if_at_home(uri, node.uri_or_none("following")),
        featured_url=_if_at_home(uri, node.uri_or_none("featured")),
        picture_url=icon.url if icon else "",
        picture_description=icon.description[:1500] if icon else "",
        banner_url=image.url if image else "",
        approves_followers=node.flag("manuallyApprovesFollowers"),
        is_listed=node.flag("discoverable"),
        is_suspended=node.flag("suspended"),
        address=node.text("webfinger", most=400).removeprefix("acct:").lower(),
        moved_to_uri=node.uri_or_none("movedTo"),
        also_known_as=node.uris("alsoKnownAs")[:MAX_ALIASES],
        attribution_domains=tuple(_sites(node)),
        published_at=node.time("published"),
        links=tuple(_links(node)),
        keys=tuple(_keys(node, uri)[:MAX_KEYS]),
    )


def _at_home(uri: str, other: str, path: str) -> str:
    if host_of(other) != host_of(uri):
        raise Malformed(path, "is on another host than the actor")
    return other


def _if_at_home(uri: str, other: str) -> str:
    return other if host_of(other) == host_of(uri) and len(other.encode()) <= MAX_ID else ""


def _page_of(node: Node) -> str:
    """The first link to a web page, or the first link."""
    found = node.items("url")
    pages = [item for item in found if item.is_object and item.text("mediaType", most=100) == "text/html"]
    return next((uri for item in [*pages, *found] if (uri := item.uri_if_any())), "")


def _links(node: Node) -> list[tuple[str, str]]:
    fields = (item for item in node.items("attachment") if "PropertyValue" in item.kinds())
    found = ((item.text("name", most=255), item.text("value", most=2048)) for item in fields)
    return [(label, value) for label, value in found if label and value][:MAX_LINKS]


def _sites(node: Node) -> list[str]:
    """The sites that may name them as an author; what names no site is passed over."""
    named = (item.value for item in node.items("attributionDomains")[:MAX_SITES])
    return list(dict.fromkeys(site for text in named if isinstance(text, str) and (site := read_site(text[:500]))))


def _keys(node: Node, actor_uri: str) -> list[KeyDocument]:
    """Those that say the actor owns them, on the actor's own host."""
    found: dict[str, KeyDocument] = {}
    for item, key in _usable_keys(node, actor_uri):
        uri = item.uri_or_none("id") if item.is_object else ""
        if host_of(uri) == host_of(actor_uri):
            kind = "rsa" if isinstance(key, rsa.RSAPublicKey) else "ed25519"
            found.setdefault(uri, KeyDocument(uri, kind, write_public(key)))
    return list(found.values())


def _usable_keys(node: Node, actor_uri: str) -> Iterator[tuple[Node, PublicKey]]:
    for name, owner, words, read in (
        ("publicKey", "owner", "publicKeyPem", read_public),
        ("assertionMethod", "controller", "publicKeyMultibase", read_multikey),
    ):
        for item in node.items(name):
            if item.uri_or_none(owner) == actor_uri:
                with contextlib.suppress(Invalid):
                    yield item, read(item.text(words, most=MAX_KEY_TEXT).strip())
