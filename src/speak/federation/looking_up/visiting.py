"""Going to one of somebody's places as a stranger would, and reading there whose it is.

One question after the other, few of them, all through the one outbound door: nobody is asked twice at once.
"""

import datetime as dt
import time
from dataclasses import dataclass, replace

from speak.federation.discovery.actors import finger
from speak.federation.discovery.fetching import NobodyThere, fetch, get, is_activity_type
from speak.federation.documents import ActorDocument, Malformed, Node, decode, is_actor, parse_actor
from speak.federation.documents.nodes import host_of, is_web_address
from speak.federation.far_files import picture_at
from speak.federation.looking_up.actors import read_actor
from speak.federation.looking_up.facts import Facts, together
from speak.federation.looking_up.feeds import read_feed
from speak.federation.looking_up.pages import read_html
from speak.federation.looking_up.places import (
    MAX_HANDLE,
    MAX_SOFTWARE,
    Place,
    State,
    leads_elsewhere,
    words,
)
from speak.federation.ours import is_ours
from speak.federation.webmention.page import HTML, media_type_of
from speak.identity.errors import WrongHandle
from speak.identity.handles import Address, read_address
from speak.kernel import clock
from speak.kernel.errors import Invalid, TooMuch
from speak.kernel.outbound import (
    AddressRefused,
    Answer,
    Ask,
    Call,
    OutboundFailure,
    Purpose,
    Sign,
    TimedOut,
    TooBig,
    Untrusted,
)
from speak.kernel.pictures import print_of
from speak.safety.queries import is_refused

MOST_CALLS, SECONDS = 12, 60.0
TOMORROW = dt.timedelta(days=1)
ACCEPT = (
    "text/html, application/xhtml+xml;q=0.9, application/atom+xml;q=0.8, application/rss+xml;q=0.8, "
    "application/feed+json;q=0.8, application/xml;q=0.6, */*;q=0.1"
)
DOCUMENTS = "application/jrd+json, application/json"
FEED_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.8, text/xml;q=0.8"
OK = range(200, 300)
GONE, TOO_MANY, SERVERS_FAULT = (404, 410), 429, range(500, 600)
NOT_USABLE = (NobodyThere, Invalid, OutboundFailure, TooMuch)


@dataclass(slots=True)
class _Trip:
    """What one place may cost: so many questions, so many seconds. `ask` is an `Ask`."""

    door: Ask
    until: float
    calls: int = MOST_CALLS

    def ask(self, call: Call, *, sign: Sign | None = None) -> Answer:
        """Ask, as long as there is something left."""
        if not self.calls or time.monotonic() > self.until:
            raise TimedOut(f"{call.url}: enough was asked of this place")
        self.calls -= 1
        return self.door(call, sign=sign)


@dataclass(frozen=True, slots=True)
class _Page:
    """What an address led to: the address it was read at, and what is said there."""

    url: str
    facts: Facts


class _Away(Exception):
    """Nothing can be read there."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.state = state


def visit(address: str, *, ask: Ask, hosts: frozenset[str] = frozenset()) -> Place:
    """What a place says of its person; never raises for what is there or not there.

    `address` is a web address or @name@domain; `hosts` are the servers of the person's other places.
    """
    trip = _Trip(ask, time.monotonic() + SECONDS)
    try:
        page, actor = _by_handle(address, trip, hosts) if "://" not in address else _by_url(address, trip, hosts)
    except _Away as away:
        return Place(address, state=away.state)
    facts = together([page.facts, *_feeds(page.facts, trip)])
    software = _software(page.url, trip) if actor else ""
    latest_at = facts.latest_at or _latest_in_outbox(facts.outbox_url, trip)
    if latest_at is not None and latest_at > clock.now() + TOMORROW:
        latest_at = None  # nobody has said it yet
    moved_to = facts.moved_to or (page.url if leads_elsewhere(address, page.url) else "")
    return Place(
        address=address,
        url=page.url,
        moved_to=moved_to,
        sources=tuple(dict.fromkeys(facts.sources)),
        software=software,
        name=facts.name,
        heading=facts.heading,
        about=facts.about,
        picture_url=facts.picture_url,
        picture_print=_print(facts.picture_url, ask),
        handle=actor.handle if actor else "",
        latest_at=latest_at,
        also=tuple(dict.fromkeys((*facts.also, *facts.feeds))),
        points_to=facts.points_to,
        links_to=facts.links_to,
        is_cut=facts.is_cut,
    )


def _by_url(address: str, trip: _Trip, hosts: frozenset[str]) -> tuple[_Page, Facts | None]:
    """A web address: a page, a feed, or an actor."""
    answer = _opened(address, trip)
    url = answer.url or address
    kind = media_type_of(answer)
    actor: Facts | None = None
    if is_activity_type(answer.headers.get("content-type", "")):
        actor = _actor(url, trip)
        found = actor
    elif kind in HTML:
        found = _read_html(answer, hosts)
        if found is not None and found.actors:
            actor = _actor(found.actors[0], trip)
    else:
        found = read_feed(answer, url=url)
    if found is None:
        raise _Away(State.UNREADABLE)
    return _Page(url, together([each for each in (actor, found) if each])), actor


def _by_handle(address: str, trip: _Trip, hosts: frozenset[str]) -> tuple[_Page, Facts]:
    """@name@domain: the actor that WebFinger names, and the page that shows them."""
    handle = address.removeprefix("@")
    _check(f"https://{handle.rpartition('@')[2]}/")
    try:
        found = finger(read_address(handle, here=""), ask=trip.ask)
        document = _document(found.actor_uri, trip)
    except (NobodyThere, WrongHandle) as reason:
        raise _Away(State.GONE) from reason
    except OutboundFailure as failure:
        raise _Away(_state_after(failure)) from failure
    except NOT_USABLE as reason:
        raise _Away(State.UNREADABLE) from reason
    actor = replace(read_actor(document), handle=handle[:MAX_HANDLE])
    url = document.url
    try:
        shown = _read_html(_opened(url, trip), hosts)
    except _Away:
        shown = None
    return _Page(url, together([each for each in (actor, shown) if each])), actor


def _opened(url: str, trip: _Trip) -> Answer:
    """What is served at an address to a stranger."""
    _check(url)
    try:
        answer = trip.ask(Call("GET", url, Purpose.PAGE, {"Accept": ACCEPT}))
    except OutboundFailure as failure:
        raise _Away(_state_after(failure)) from failure
    _check(answer.url or url)
    if answer.status in OK:
        return answer
    if answer.status in GONE:
        raise _Away(State.GONE)
    raise _Away(State.SILENT if answer.status in SERVERS_FAULT else State.CLOSED)


def _check(url: str) -> None:
    if not is_web_address(url) or is_ours(url) or is_refused(host_of(url)):
        raise _Away(State.NOT_ASKED)


def _state_after(failure: OutboundFailure) -> State:
    match failure:
        case Untrusted():
            return State.UNSAFE
        case AddressRefused():
            return State.NOT_ASKED
        case TooBig():
            return State.UNREADABLE
        case _:
            return State.SILENT


def _read_html(answer: Answer, hosts: frozenset[str]) -> Facts | None:
    try:
        return read_html(answer, hosts=hosts)
    except TooMuch:
        return None


def _actor(url: str, trip: _Trip) -> Facts | None:
    """The actor at an address; their own server says by which name they are found."""
    try:
        document = _document(url, trip)
    except NOT_USABLE:
        return None
    facts = read_actor(document)
    try:
        found = finger(Address(document.handle.lower(), host_of(document.uri)), ask=trip.ask)
    except NOT_USABLE:
        return facts
    return replace(facts, handle=found.subject[:MAX_HANDLE]) if found.actor_uri == document.uri else facts


def _document(url: str, trip: _Trip) -> ActorDocument:
    node = fetch(url, ask=trip.ask).node
    if not is_actor(node):
        raise Malformed("type", "is no type of actor")
    return parse_actor(node)


def _software(url: str, trip: _Trip) -> str:
    """What a server of the fediverse says it runs (NodeInfo)."""
    known = _json(f"https://{host_of(url)}/.well-known/nodeinfo", trip, DOCUMENTS)
    links = [link.uri_or_none("href") for link in known.items("links")] if known else []
    # It stands on the same server, or is nobody's.
    wanted = next((link for link in reversed(links) if host_of(link) == host_of(url)), "")
    node = (_json(wanted, trip, DOCUMENTS) if wanted else None) or Node({})
    return words((node.first("software") or Node({})).text("name", most=MAX_SOFTWARE), most=MAX_SOFTWARE)


def _feeds(facts: Facts, trip: _Trip) -> list[Facts]:
    """What the feed beside a page says: who writes it, and when they last did."""
    found = []
    for url in facts.feeds:
        try:
            answer = get(url, accept=FEED_ACCEPT, ask=trip.ask, is_signed=False)
        except NOT_USABLE:
            continue
        feed = read_feed(answer, url=answer.url or url)
        if feed is not None:
            # The page beside it has a heading of its own.
            found.append(replace(feed, sources=(), heading=""))
    return found


def _latest_in_outbox(url: str, trip: _Trip) -> dt.datetime | None:
    """When something was last said to anyone, on the first page of an outbox."""
    outbox = _collection(url, trip) if url else None
    if outbox is None:
        return None
    first = outbox.first("first")
    if first is not None and not first.is_object:
        page = _collection(first.uri_if_any(), trip) or Node({})
    else:
        page = first or outbox
    times = [item.time("published") for item in page.items("orderedItems") if item.is_object]
    return max((time for time in times if time), default=None)


def _collection(url: str, trip: _Trip) -> Node | None:
    try:
        return fetch(url, ask=trip.ask).node
    except NOT_USABLE:
        return None


def _json(url: str, trip: _Trip, accept: str) -> Node | None:
    try:
        return decode(get(url, accept=accept, ask=trip.ask, is_signed=False).body)
    except NOT_USABLE:
        return None


def _print(url: str, ask: Ask) -> str:
    """How the picture looks that it shows, where it can be had."""
    data = picture_at(url, ask=ask) if url else None
    try:
        return print_of(data) if data else ""
    except (Invalid, TooMuch):
        return ""
