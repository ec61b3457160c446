"""The sites that somebody follows, as the list that readers of feeds exchange: OPML 2.0, http://opml.org/spec2.opml."""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.federation.documents.nodes import is_web_address
from speak.federation.sites.finding import find_site
from speak.identity import queries
from speak.identity.actions import follow
from speak.identity.models import FEED, Actor
from speak.kernel.errors import Invalid, TooMuch
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask
from speak.kernel.xml import Element, NotXml, read_xml

# So many sites of one list are looked for, and so large is it at most.
MOST, MAX_BYTES = 300, 1024 * 1024


def sites_followed_by(follower: Actor) -> QuerySet[Actor]:
    """The sites that somebody follows, newest first."""
    return queries.followed_by(follower).filter(uri__startswith=FEED)


def people_followed_by(follower: Actor) -> QuerySet[Actor]:
    """Everybody else whom they follow."""
    return queries.followed_by(follower).exclude(uri__startswith=FEED)


def opml_of(owner: Actor) -> Iterator[bytes]:
    """The list of somebody's sites."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n<head><title>Sites</title></head>\n<body>\n'
    for site in sites_followed_by(owner).iterator():
        name, feed, page = (quoteattr(words) for words in (site.called, site.uri.removeprefix(FEED), site.url))
        yield f'<outline type="rss" text={name} title={name} xmlUrl={feed} htmlUrl={page}/>\n'.encode()
    yield b"</body>\n</opml>\n"


def feeds_in(body: bytes) -> list[str]:
    """The addresses of the feeds in a list, in its order.

    Raises:
        Invalid: it is no such list, or names no feed.
        TooMuch: it is too long.
    """
    if len(body) > MAX_BYTES:
        raise TooMuch(_("That list is larger than 1 MB."))
    try:
        root = read_xml(body)
    except NotXml as error:
        raise Invalid(_("That is no list of feeds (OPML).")) from error
    found = list(dict.fromkeys(url for url in _named_in(root) if is_web_address(url)))
    if root.name.lower() != "opml" or not found:
        raise Invalid(_("That is no list of feeds (OPML), or it names none."))
    if len(found) > MOST:
        raise TooMuch(
            ngettext("That list names more than %(most)d feed.", "That list names more than %(most)d feeds.", MOST)
            % {"most": MOST},
            hint=_("Bring it in parts."),
        )
    return found


def follow_site(follower: Actor, *, url: str, ask: Ask = real_ask) -> None:
    """Find a site and follow it.

    Raises:
        NoFeed, OutboundFailure: it cannot be found.
        Blocked, Suspended: as `follow`.
    """
    follow(follower, target=find_site(url, ask=ask))


def _named_in(root: Element) -> Iterator[str]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.name.lower() == "outline":
            yield next((value.strip() for name, value in element.attributes.items() if name.lower() == "xmlurl"), "")
        waiting.extend(reversed(list(element.children)))
