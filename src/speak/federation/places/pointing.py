"""Whether a page elsewhere points back at somebody's home: by rel=me, or as a profile of the social web does.

Sources: microformats.org/wiki/rel-me; Mastodon's verification of profile fields (docs.joinmastodon.org/user/profile).
"""

from dataclasses import dataclass, replace

from speak.federation.discovery.fetching import NobodyThere, fetch, is_activity_type
from speak.federation.documents import Malformed, parse_actor
from speak.federation.documents.fields import address_alone
from speak.federation.documents.markup import tags_in
from speak.federation.documents.nodes import as_compared, host_of, is_web_address
from speak.federation.ours import is_ours
from speak.federation.places.addresses import is_same_site, to_call
from speak.federation.webmention.discovery import all_linked
from speak.federation.webmention.page import HTML, joined, media_type_of, text_of
from speak.identity.models import Finding
from speak.kernel.outbound import (
    AddressRefused,
    Answer,
    Ask,
    BadRedirect,
    Call,
    OutboundFailure,
    Purpose,
    TooBig,
    Unreachable,
)
from speak.safety.queries import is_refused

ACCEPT = "text/html, application/xhtml+xml;q=0.9, application/activity+json;q=0.5, */*;q=0.1"
OK = 200
NAMED = frozenset({"a", "link", "base"})
# So many of a page's links within its site are followed to see whether they lead here, and so many are read at all.
MOST_FOLLOWED, MOST_READ = 2, 500


@dataclass(frozen=True, slots=True)
class Pointers:
    """What a page says of where else its owner is. `addresses` are absolute, in their order."""

    addresses: tuple[str, ...]
    has_actor: bool = False  # the same place can be asked as an ActivityPub actor


def finding_at(url: str, homes: frozenset[str], *, ask: Ask) -> Finding:
    """What is found at a place that somebody says is theirs; `homes` are their addresses, as `plain` writes them."""
    if is_ours(url):
        return Finding.OURS
    try:
        answer = _page(url, ask)
    except AddressRefused:
        return Finding.REFUSED
    except (BadRedirect, TooBig):
        return Finding.UNREADABLE
    except OutboundFailure:
        return Finding.AWAY
    return _said(url, answer, homes=homes, ask=ask) if is_same_site(url, answer.url) else Finding.ELSEWHERE


def pointers_in(answer: Answer) -> Pointers:
    """What a page points at with rel=me, in its header (RFC 8288) and in its HTML, and whether it has an actor."""
    header = answer.headers.get("link", "")
    addresses = [joined(answer.url, found) for found in all_linked(header, rel="me")]
    has_actor = "application/activity+json" in header or is_activity_type(answer.headers.get("content-type", ""))
    base = answer.url
    if media_type_of(answer) in HTML:
        for tag in tags_in(text_of(answer), named=NAMED):
            href, rel = tag.attributes.get("href", ""), tag.words("rel")
            if tag.name == "base" and href and base == answer.url:
                base = joined(answer.url, href) or base
            elif tag.name == "link" and "alternate" in rel and is_activity_type(tag.attributes.get("type", "")):
                has_actor = True
            elif tag.name != "base" and href and "me" in rel and len(addresses) < MOST_READ:
                addresses.append(joined(base, href))
    return Pointers(tuple(address for address in addresses if is_web_address(address)), has_actor)


def _page(url: str, ask: Ask) -> Answer:
    """The page; of one that is too long, only what its header says.

    Raises:
        OutboundFailure: it cannot be had, or not now; AddressRefused where this server does not go.
    """
    _check_admitted(url)
    call = Call("GET", to_call(url), Purpose.PAGE, {"Accept": ACCEPT})
    try:
        answer = ask(call)
    except TooBig:
        answer = ask(replace(call, method="HEAD"))
    if answer.status != OK:
        raise Unreachable(f"GET {url}: answered {answer.status}")
    _check_admitted(answer.url)
    return answer


def _check_admitted(url: str) -> None:
    if is_refused(host_of(url)):
        raise AddressRefused(f"This server has nothing to do with {host_of(url)}")


def _said(url: str, answer: Answer, *, homes: frozenset[str], ask: Ask) -> Finding:
    pointers = pointers_in(answer)
    if any(as_compared(address) in homes for address in pointers.addresses):
        return Finding.POINTS_BACK
    own = [address for address in pointers.addresses if is_same_site(address, answer.url)]
    if any(
        _leads_to(address, homes, ask)
        for address in own[:MOST_FOLLOWED]
        if as_compared(address) != as_compared(answer.url)
    ):
        return Finding.POINTS_BACK
    if pointers.has_actor and _is_said_by_actor(url, answer, homes=homes, ask=ask):
        return Finding.POINTS_BACK
    is_page = media_type_of(answer) in HTML or pointers.has_actor
    return Finding.SILENT if is_page else Finding.UNREADABLE


def _leads_to(address: str, homes: frozenset[str], ask: Ask) -> bool:
    """Whether a link within a site leads on to one of the homes, as where all links go through a door of its own."""
    try:
        return as_compared(ask(Call("HEAD", to_call(address), Purpose.PAGE)).url) in homes
    except OutboundFailure:
        return False


def _is_said_by_actor(url: str, answer: Answer, *, homes: frozenset[str], ask: Ask) -> bool:
    """Whether the actor who is at this place names one of the homes in a field of their profile, and nothing else."""
    try:
        document = parse_actor(fetch(answer.url, ask=ask).node)
    except (NobodyThere, Malformed, OutboundFailure):
        return False
    if not {as_compared(url), as_compared(answer.url)} & {as_compared(document.uri), as_compared(document.url)}:
        return False
    return any(as_compared(address_alone(value)) in homes for _, value in document.links)
