"""Feeds of strangers, read for whose they are and when something was last said. Pure."""

from speak.federation.documents import Malformed
from speak.federation.looking_up.facts import Facts
from speak.federation.looking_up.places import MAX_ABOUT, MAX_NAME, Source, words
from speak.federation.sites.feeds import FeedAuthor
from speak.federation.sites.feeds import read_feed as read
from speak.federation.sites.feeds.pages import FEED_TYPES
from speak.federation.webmention.page import media_type_of
from speak.kernel.outbound import Answer

TYPES = FEED_TYPES | {"application/xml", "text/xml"}


def read_feed(answer: Answer, *, url: str) -> Facts | None:
    """Whose feed it is, and when something was last said in it; nothing where it is none that can be read."""
    if media_type_of(answer) not in TYPES:
        return None
    try:
        feed = read(answer, url=url)
    except Malformed:
        return None
    # Several people write there: it is not said whose it is.
    author = feed.authors[0] if len({author.name for author in feed.authors}) == 1 else FeedAuthor("")
    return Facts(
        sources=(Source.FEED,),
        name=words(author.name, most=MAX_NAME),
        heading=words(feed.title, most=MAX_NAME),
        about=words(feed.about, most=MAX_ABOUT),
        picture_url=author.picture_url,
        latest_at=max((entry.said_at for entry in feed.entries if entry.said_at), default=None),
        also=(feed.page_url,) if feed.page_url else (),
    )
