"""Actors of other servers: found by address or id, checked in both directions, kept, and refreshed."""

import datetime as dt
from urllib.parse import quote

from django.conf import settings

from speak.federation.discovery.fetching import Fetched, Gone, NobodyThere, fetch, get
from speak.federation.documents import (
    ActorDocument,
    Malformed,
    WebFingerDocument,
    decode,
    parse_actor,
    parse_webfinger,
)
from speak.federation.documents.fields import address_alone
from speak.federation.documents.nodes import host_of
from speak.identity import queries
from speak.identity.actions import IncomingActor, IncomingKey, IncomingLink, end_actor, keep_actor
from speak.identity.errors import WrongHandle
from speak.identity.handles import Address, read_address
from speak.identity.models import Actor, ActorKind, KeyKind
from speak.kernel import clock
from speak.kernel.outbound import Ask, OutboundFailure
from speak.kernel.outbound import ask as real_ask
from speak.safety.actions import put_under_limits
from speak.voice.sanitize import sanitize

STALE_AFTER = dt.timedelta(days=1)
WEBFINGER_ACCEPT = "application/jrd+json, application/json"


def find_actor(who: str, *, ask: Ask = real_ask) -> Actor:
    """The actor with this address (@name@server.example) or id; known ones older than a day are asked anew.

    Raises:
        NobodyThere, Gone: there is none.
        WrongHandle: neither an address nor an id.
        Malformed: their server describes them in a way that cannot be trusted.
        OutboundFailure: their server does not answer, and they are not known here.
    """
    if host_of(who):
        return actor_of(who, ask=ask)
    address = read_address(who, here=settings.SPEAK_DOMAIN)
    known = queries.actor_at(address)
    if known and (known.is_local or not _is_stale(known)):
        return _living(known)
    if not address.domain:
        raise NobodyThere("Nobody here is called that.")
    try:
        found = finger(address, ask)
        return _living(refresh_actor(found.actor_uri, ask=ask))
    except OutboundFailure:
        if known:
            return _living(known)
        raise


def actor_of(uri: str, *, ask: Ask = real_ask) -> Actor:
    """The actor with this id, known or fetched; raises as `find_actor`."""
    known = queries.actor_by_uri(uri)
    if known and (known.is_local or not _is_stale(known)):
        return _living(known)
    try:
        return _living(refresh_actor(uri, ask=ask))
    except OutboundFailure:
        if known:
            return _living(known)
        raise


def refresh_actor(uri: str, *, ask: Ask = real_ask) -> Actor:
    """Fetch an actor of another server now, and keep what it says.

    Raises:
        Gone: their server says they are gone; if they were known, they have been ended here.
        NobodyThere, Malformed, OutboundFailure: as `find_actor`.
    """
    try:
        fetched = fetch(uri, ask=ask)
    except Gone:
        known = queries.actor_by_uri(uri)
        if known and not known.is_local and known.gone_at is None:
            end_actor(known)
        raise
    return keep_fetched(fetched, ask=ask)


def is_gone(uri: str, *, ask: Ask = real_ask) -> bool:
    """Whether the server of a known actor says, at the actor's own id, that they are gone; then they have been ended.

    That some address says so, be it the one of a key, proves nothing: anybody can name an address that is gone.

    Raises:
        OutboundFailure: no answer.
    """
    known = queries.actor_by_uri(uri)
    if known is None or known.is_local:
        return False
    try:
        refresh_actor(uri, ask=ask)
    except Gone:
        return True
    except (NobodyThere, Malformed):
        return False
    return False


def keep_fetched(fetched: Fetched, *, ask: Ask) -> Actor:
    """Keep an actor whose document has just been fetched from under its own id."""
    document = parse_actor(fetched.node)
    if document.is_suspended:
        raise Gone("Their server has suspended them.")
    return keep_document(document, domain=_domain_of(document, ask))


def keep_document(document: ActorDocument, *, domain: str) -> Actor:
    """Keep what a checked document says of an actor whose address is @handle@domain; limits of their server hold."""
    actor = keep_actor(
        IncomingActor(
            uri=document.uri,
            handle=document.handle,
            domain=domain,
            inbox_url=document.inbox_url,
            kind=ActorKind(document.kind),
            name=document.name,
            about_html=sanitize(document.about_html),
            url=document.url,
            shared_inbox_url=document.shared_inbox_url,
            outbox_url=document.outbox_url,
            followers_url=document.followers_url,
            following_url=document.following_url,
            featured_url=document.featured_url,
            picture_url=document.picture_url,
            picture_description=document.picture_description,
            banner_url=document.banner_url,
            approves_followers=document.approves_followers,
            is_listed=document.is_listed,
            moved_to_uri=document.moved_to_uri,
            also_known_as=document.also_known_as,
            attribution_domains=document.attribution_domains,
            created_at=document.published_at,
            links=[_link(label, sanitize(value)) for label, value in document.links],
            keys=[IncomingKey(key.uri, KeyKind(key.kind), key.public_pem) for key in document.keys],
        )
    )
    put_under_limits(actor)
    return actor


def finger(address: Address, ask: Ask) -> WebFingerDocument:
    """Whom a server says an address means (RFC 7033).

    Raises:
        NobodyThere, Gone: it knows nobody of that name.
        Malformed, OutboundFailure: its answer cannot be used, or there is none.
    """
    resource = quote(f"acct:{address.handle}@{address.domain}", safe=":@")
    url = f"https://{address.domain}/.well-known/webfinger?resource={resource}"
    answer = get(url, accept=WEBFINGER_ACCEPT, ask=ask, is_signed=False)
    return parse_webfinger(decode(answer.body))


def _link(label: str, html: str) -> IncomingLink:
    return IncomingLink(label, html, address_alone(html))


def _domain_of(document: ActorDocument, ask: Ask) -> str:
    """The domain of the actor's address, which WebFinger has to confirm in both directions.

    Their own host may name another domain as the subject (split domains); then that domain has to
    name the actor, too. Where their own host does not answer WebFinger or does not name them, the
    address is on their own host, unless somebody else known here has it.
    """
    host = host_of(document.uri)
    try:
        found = finger(Address(document.handle, host), ask)
        subject = read_address(found.subject, here=settings.SPEAK_DOMAIN)
        is_named = found.actor_uri == document.uri and subject.handle == document.handle.lower()
        is_elsewhere = is_named and subject.domain != ""
        if is_elsewhere and (subject.domain == host or finger(subject, ask).actor_uri == document.uri):
            return subject.domain
    except (NobodyThere, Malformed, WrongHandle, OutboundFailure):
        pass
    holder = queries.actor_at(Address(document.handle.lower(), host))
    if holder and holder.uri != document.uri and holder.gone_at is None:
        raise Malformed("preferredUsername", "belongs to somebody else on that server")
    return host


def _living(actor: Actor) -> Actor:
    if actor.gone_at is not None:
        raise Gone(f"{actor.address} is gone.")
    return actor


def _is_stale(actor: Actor) -> bool:
    return actor.fetched_at is not None and actor.fetched_at < clock.now() - STALE_AFTER
