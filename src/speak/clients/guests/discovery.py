"""Where somebody's page says that they are asked who they are (IndieAuth 4.1)."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import msgspec
from django.utils.translation import gettext as _

from speak.federation.documents.nodes import is_web_address
from speak.federation.webmention.discovery import linked
from speak.federation.webmention.page import joined, read_page
from speak.kernel.errors import Invalid
from speak.kernel.outbound import Answer, Ask, Call, OutboundFailure, Purpose, parse_address

ACCEPT = "text/html, application/xhtml+xml;q=0.9"
OK = 200
MAX_ME = 500
DOTS = re.compile(r"(?:^|/)\.{1,2}(?:/|$)")


class Metadata(msgspec.Struct):
    """What is needed of a server's metadata (4.1.1)."""

    issuer: str
    authorization_endpoint: str


@dataclass(frozen=True, slots=True)
class Way:
    """Where to ask. `issuer` is empty where an older server says nothing of it."""

    authorization_endpoint: str
    issuer: str = ""


def canonical(typed: str) -> str:
    """The address of a page as somebody typed it, made whole (3.4), if it may stand for a person (3.2).

    Raises:
        Invalid: it may not.
    """
    text = typed.strip()
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        has_port = parts.port is not None
    except ValueError as error:
        raise Invalid(_("That is not the address of a page.")) from error
    host = (parts.hostname or "").lower()
    url = urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", parts.query, ""))
    is_bad = has_port or "@" in parts.netloc or bool(parts.fragment) or bool(DOTS.search(parts.path))
    if is_bad or parse_address(host) is not None or "." not in host or len(url) > MAX_ME or not is_web_address(url):
        raise Invalid(_("That is not the address of a page."), hint=_("It looks like https://you.example/."))
    return url


def way_from(me: str, *, ask: Ask) -> Way:
    """Where somebody with this page is asked: by its metadata, or as older pages say it.

    Raises:
        Invalid: the page cannot be had, or names no such place.
    """
    answer = _got(me, ACCEPT, ask)
    metadata = _named(answer, "indieauth-metadata")
    if metadata:
        return _of_metadata(metadata, ask)
    endpoint = _named(answer, "authorization_endpoint")
    if not endpoint:
        raise Invalid(_("That page does not say how to ask who you are."), hint=_("It needs IndieAuth."))
    return Way(endpoint)


def _of_metadata(url: str, ask: Ask) -> Way:
    try:
        said = msgspec.json.decode(_got(url, "application/json", ask).body, type=Metadata)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Invalid(_("That page says in a wrong way how to ask who you are.")) from error
    if not is_web_address(said.authorization_endpoint) or not url.startswith(said.issuer):
        raise Invalid(_("That page says in a wrong way how to ask who you are."))
    return Way(said.authorization_endpoint, said.issuer)


def _got(url: str, accept: str, ask: Ask) -> Answer:
    try:
        answer = ask(Call("GET", url, Purpose.PAGE, {"Accept": accept}))
    except OutboundFailure as failure:
        raise Invalid(_("That page cannot be reached from here.")) from failure
    if answer.status != OK:
        raise Invalid(_("That page cannot be reached from here."))
    return answer


def _named(answer: Answer, rel: str) -> str:
    """The address with this relation: the first Link header, else the first link element (4.1); absolute."""
    found = linked(answer.headers.get("link", ""), rel=rel)
    page = read_page(answer)
    if found is None and page is not None:
        element = page.soup.find("link", rel=rel, href=True)
        found = str(element["href"]) if element else None
    if found is None:
        return ""
    url = joined(answer.url, found)
    return url if is_web_address(url) else ""
