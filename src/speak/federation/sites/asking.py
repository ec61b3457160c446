"""Asking a site for a page or a feed, as anybody would: unsigned, and never one that this server keeps away from."""

from collections.abc import Mapping

from speak.federation.documents.nodes import host_of, is_web_address
from speak.federation.ours import is_ours
from speak.kernel.errors import NotFound
from speak.kernel.outbound import Answer, Ask, Call, Purpose
from speak.safety.queries import is_refused

ACCEPT = (
    "application/atom+xml, application/rss+xml;q=0.9, application/feed+json;q=0.9, application/xml;q=0.8, "
    "text/xml;q=0.8, text/html;q=0.7, */*;q=0.1"
)


class NoFeed(NotFound):
    """Nothing there says what is new."""


def get(url: str, *, ask: Ask, headers: Mapping[str, str] | None = None) -> Answer:
    """Whatever is served at this address, whatever its status.

    Raises:
        NoFeed: it is here, or on a server that this one has nothing to do with, or leads there.
        OutboundFailure: there was no answer.
    """
    _check(url)
    answer = ask(Call("GET", url, Purpose.FEED, {"Accept": ACCEPT, **(headers or {})}))
    _check(answer.url or url)
    return answer


def _check(url: str) -> None:
    if not is_web_address(url) or is_ours(url):
        raise NoFeed("That is not an address on another server.")
    if is_refused(host_of(url)):
        raise NoFeed("This server has nothing to do with that one.")
