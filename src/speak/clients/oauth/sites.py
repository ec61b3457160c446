"""Apps that are known by their address instead of registering: IndieAuth, 3.3 and 4.2.

What an app says of itself at that address is fetched when a person is asked to let it in, and kept for a day.
"""

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import msgspec
from django.db import transaction

from speak.clients.models import App
from speak.clients.scopes import OF_SITES
from speak.federation.webmention.discovery import all_linked
from speak.federation.webmention.page import Page, media_type_of, read_page
from speak.kernel import clock
from speak.kernel.errors import Failure, TooMuch
from speak.kernel.outbound import Answer, Ask, Call, Purpose, parse_address
from speak.kernel.soup import microformats_in

MAX_ADDRESS, MAX_NAME, MOST_REDIRECTS = 255, 255, 20
FRESH_FOR, FRESH_AFTER_FAILURE = dt.timedelta(days=1), dt.timedelta(minutes=5)
ACCEPT = "application/json, text/html;q=0.9"
OK = 200
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
DOTS = re.compile(r"(?:^|/)\.{1,2}(?:/|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class About:
    """What an app says of itself: words only, and addresses that were checked."""

    name: str = ""
    website: str = ""
    redirect_uris: tuple[str, ...] = ()


class Document(msgspec.Struct):
    """A client's metadata (IndieAuth 4.2.1; OAuth Client ID Metadata Document)."""

    client_id: str
    client_name: str = ""
    client_uri: str = ""
    redirect_uris: list[str] = []


def is_site(client_id: str) -> bool:
    """Whether an app calls itself by an address that may be one (3.3)."""
    try:
        parts = urlsplit(client_id)
        is_whole = parts.port is None or parts.port > 0
    except ValueError:
        return False
    host = parts.hostname or ""
    if parts.scheme not in {"https", "http"} or not host or len(client_id) > MAX_ADDRESS or not client_id.isascii():
        return False
    if parts.username is not None or parts.password is not None or "#" in client_id or not client_id.isprintable():
        return False
    is_name = parse_address(host) is None or host in LOOPBACK
    return is_whole and is_name and parts.path.startswith("/") and not DOTS.search(parts.path) and " " not in client_id


def meet(client_id: str, *, ask: Ask) -> App:
    """The app at this address, as it describes itself now; one that says nothing is called by its host."""
    known = App.objects.filter(client_id=client_id).first()
    now = clock.now()
    if known is not None and known.cimd_expires_at is not None and known.cimd_expires_at > now:
        return known
    about, fresh_for = About(), FRESH_FOR
    try:
        about = _asked(client_id, ask)
    except (Failure, TooMuch):
        fresh_for = FRESH_AFTER_FAILURE
    if known is not None and fresh_for is FRESH_AFTER_FAILURE:
        App.objects.filter(pk=known.pk).update(cimd_expires_at=now + fresh_for)
        return known
    return _keep(client_id, about, expires_at=now + fresh_for)


@transaction.atomic
def _keep(client_id: str, about: About, *, expires_at: dt.datetime) -> App:
    app, _ = App.objects.update_or_create(
        client_id=client_id,
        defaults={
            "name": about.name or urlsplit(client_id).netloc,
            "website": about.website or client_id,
            "redirect_uris": " ".join(about.redirect_uris),
            "scopes": " ".join(OF_SITES),
            "client_type": App.CLIENT_PUBLIC,
            "authorization_grant_type": App.GRANT_AUTHORIZATION_CODE,
            "registration_source": App.RegistrationSource.CIMD,
            "cimd_expires_at": expires_at,
        },
    )
    return app


def _asked(client_id: str, ask: Ask) -> About:
    """What stands at the address; nothing is fetched of what is on this very machine (4.2)."""
    if urlsplit(client_id).hostname in LOOPBACK:
        return About()
    answer = ask(Call("GET", client_id, Purpose.DOCUMENT, {"Accept": ACCEPT}))
    if answer.status != OK:
        return About()
    if media_type_of(answer) == "application/json":
        return _of_document(client_id, answer)
    page = read_page(answer)
    found = all_linked(answer.headers.get("link", ""), rel="redirect_uri")
    if page is None:
        return About(redirect_uris=_checked(client_id, found))
    return _of_page(client_id, page, found)


def _of_document(client_id: str, answer: Answer) -> About:
    """A JSON document; one about another app, or with a page elsewhere, says nothing."""
    try:
        said = msgspec.json.decode(answer.body, type=Document)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return About()
    if said.client_id != client_id:
        return About()
    website = said.client_uri if said.client_uri and client_id.startswith(said.client_uri) else ""
    return About(_name(said.client_name), website, _checked(client_id, said.redirect_uris))


def _of_page(client_id: str, page: Page, linked: list[str]) -> About:
    """An HTML page with h-app and links to where people may be led (4.2.2, and what earlier versions said)."""
    linked = linked + [str(link["href"]) for link in page.soup.find_all("link", rel="redirect_uri", href=True)]
    try:
        items = microformats_in(page.soup, url=page.url)["items"]
    except RecursionError:
        items = []
    apps = [item for item in items if {"h-app", "h-x-app"} & set(item["type"])]
    names = [name for app in apps for name in app["properties"].get("name", []) if isinstance(name, str)]
    return About(_name(names[0]) if names else "", "", _checked(client_id, linked))


def _name(words: str) -> str:
    return " ".join(word for word in words.split() if word.isprintable())[:MAX_NAME]


def _checked(client_id: str, addresses: list[str]) -> tuple[str, ...]:
    """Absolute addresses that a person may be led to: no spaces, and no scheme that a browser would run."""
    found = (urljoin(client_id, address.strip()) for address in addresses[:MOST_REDIRECTS] if _is_plain(address))
    return tuple(dict.fromkeys(address for address in found if App.may_lead_to(address)))


def _is_plain(address: str) -> bool:
    try:
        urlsplit(address)
    except ValueError:
        return False
    return len(address) <= MAX_ADDRESS * 8
