"""Asking another server for a document, signed by the server's own actor (FEP-2677)."""

from dataclasses import dataclass
from urllib.parse import urldefrag

from speak.federation.delivery.rules import server_of
from speak.federation.documents import Malformed, Node, decode
from speak.federation.documents.nodes import host_of, is_web_address
from speak.federation.ours import is_ours
from speak.federation.schemes import remember_way, way_to
from speak.federation.signatures import way_after
from speak.federation.signing import signer_of
from speak.identity.actions import server_actor
from speak.kernel.errors import NotFound
from speak.kernel.outbound import Answer, Ask, Call, OutboundFailure, Purpose
from speak.safety.queries import is_refused

ACCEPT = 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
PROFILE = "https://www.w3.org/ns/activitystreams"
OK, MULTIPLE = 200, 300
SERVER_FAULT, TOO_MANY = 500, 429
GONE, UNAUTHORIZED = 410, 401


class NobodyThere(NotFound):
    """The other server knows nothing by that address, or does not tell us."""


class Gone(NobodyThere):
    """The other server says that it was there and is no more (410)."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document that its own server serves under its own id."""

    uri: str
    node: Node


def fetch(url: str, *, ask: Ask) -> Fetched:
    """The document at this address, if it says that this is its id.

    One whose id differs is fetched once more from there, on the same host, and must say the same
    again (interop 3.2): otherwise anyone who can put a file on a server could speak as its people.
    What one is led to counts for the server it is on: some lead anywhere they are told to.

    Raises:
        NobodyThere, Gone: the other server has none, or not for us.
        Malformed: not an ActivityPub document, or one that claims to be somebody else's.
        OutboundFailure: there was no answer.
    """
    uri, node, final_url = _said_at(url, ask)
    if uri in {url, final_url}:
        return Fetched(uri, node)
    same, again, _ = _said_at(uri, ask)
    if same != uri:
        raise Malformed("id", "leads to a document with another id")
    return Fetched(uri, again)


def get(url: str, *, accept: str, ask: Ask, is_signed: bool = True) -> Answer:
    """Whatever is served at this address, when the other server answers at all.

    Raises:
        NobodyThere, Gone: it says no, or not for us.
        OutboundFailure: there was no answer, or the other server has a fault.
    """
    if not is_web_address(url) or is_ours(url):
        raise NobodyThere("That is not an address on another server.")
    if is_refused(host_of(url)):
        raise NobodyThere("This server has nothing to do with that one.")
    call = Call("GET", url, Purpose.DOCUMENT, {"Accept": accept})
    answer = ask_signed(call, ask=ask) if is_signed else ask(call)
    if answer.status >= SERVER_FAULT or answer.status == TOO_MANY:
        raise OutboundFailure(f"GET {url}: answered {answer.status}")
    if answer.status == GONE:
        raise Gone("The other server says that it is gone.")
    if not OK <= answer.status < MULTIPLE:
        raise NobodyThere(f"The other server answered {answer.status}.")
    return answer


def ask_signed(call: Call, *, ask: Ask) -> Answer:
    """Ask in the way of signing that their server took last; where it refuses, once in the other (interop 3.1).

    If the refusal says what is to be signed (Accept-Signature), that is done. What it takes is remembered.
    """
    host = server_of(call.url)
    server, signed_by = server_actor(), way_to(host)
    answer = ask(call, sign=signer_of(server, way=signed_by))
    if answer.status != UNAUTHORIZED:
        return answer
    other = way_after(signed_by, answer.headers.get("accept-signature", ""))
    again = ask(call, sign=signer_of(server, way=other))
    if again.status == UNAUTHORIZED:
        return answer
    if other.kept != signed_by.kept and again.status < SERVER_FAULT:
        remember_way(host, other)
    return again


def is_activity_type(content_type: str) -> bool:
    """Whether a media type is ActivityPub's; plain JSON is not, since people may upload that."""
    kind, _, rest = content_type.partition(";")
    kind = kind.strip().lower()
    return kind == "application/activity+json" or (kind == "application/ld+json" and PROFILE in rest)


def _said_at(url: str, ask: Ask) -> tuple[str, Node, str]:
    """Which id the document at this address says it has, the document, and the address that served it in the end."""
    node, final_url = _get(urldefrag(url).url, ask)
    uri = node.uri("id")
    if host_of(uri) != host_of(final_url):
        raise Malformed("id", "is on another host than the document")
    return uri, node, final_url


def _get(url: str, ask: Ask) -> tuple[Node, str]:
    answer = get(url, accept=ACCEPT, ask=ask)
    if not is_activity_type(answer.headers.get("content-type", "")):
        raise Malformed("", "is not served as an ActivityPub document")
    final_url = answer.url or url
    if is_ours(final_url):
        raise NobodyThere("It led back to this server.")
    if is_refused(host_of(final_url)):
        raise NobodyThere("It led to a server that this one has nothing to do with.")
    return decode(answer.body), final_url
