"""Where a page takes webmentions: W3C Webmention, 3.1.2."""

import re

from speak.federation.documents.nodes import is_web_address
from speak.federation.webmention.page import joined, read_page
from speak.kernel.errors import Failure
from speak.kernel.outbound import Answer, Ask, Call, Purpose, TooBig

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
OK = range(200, 300)
# One link of a Link header (RFC 8288, 3): the address, then its parameters up to the comma that ends it.
LINK = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w*!#$%&+.^`|~-]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s";,]+))?)*)')
REL = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s";,]+))', re.IGNORECASE)


class NoAnswer(Failure):
    """A page was asked for, and its server said something else."""


def find_endpoint(target: str, *, ask: Ask) -> str:
    """The address that takes webmentions for `target`; empty where there is none.

    Raises:
        OutboundFailure, NoAnswer: the page cannot be had; perhaps later.
        TooMuch: the page is made of more parts than anybody writes.
    """
    try:
        answer = ask(Call("GET", target, Purpose.PAGE, {"Accept": ACCEPT}))
    except TooBig:
        answer = ask(Call("HEAD", target, Purpose.PAGE, {"Accept": ACCEPT}))
    if answer.status not in OK:
        raise NoAnswer(f"{target}: {answer.status}", permanent=answer.status < 500 and answer.status not in {408, 429})  # noqa: PLR2004 - their fault
    page = read_page(answer)
    base = answer.url or target
    found = linked(answer.headers.get("link", ""), rel="webmention")
    if found is None and page is not None:
        found, base = page.endpoint(), page.url
    if found is None:
        return ""
    endpoint = joined(base, found)
    return endpoint if is_web_address(endpoint) else ""


def linked(header: str, *, rel: str) -> str | None:
    """The first address of a Link header with this relation, as it stands there; or nothing."""
    return next(iter(all_linked(header, rel=rel)), None)


def all_linked(header: str, *, rel: str) -> list[str]:
    """Every address of a Link header with this relation (RFC 8288, 3.3), in order, as it stands there."""
    links = ((address, REL.search(parameters)) for address, parameters in LINK.findall(header[:8192]))
    return [address for address, found in links if found and rel in (found[1] or found[2] or "").lower().split()]


def is_gone(answer: Answer) -> bool:
    """Whether a page says that it is not there (any more)."""
    return answer.status in {404, 410}
