"""A public post inside a page of somebody else's (oembed.com; docs.joinmastodon.org/methods/oembed)."""

from html import escape
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from speak.clients.api.endpoints import Call, Who, endpoint
from speak.clients.mastodon.shown.statuses import content_of
from speak.voice.errors import NotThere
from speak.voice.queries import post_for


class Wanted(msgspec.Struct, kw_only=True):
    """The address of a post, and how wide its place is, in pixels."""

    url: Annotated[str, msgspec.Meta(max_length=2_048)]
    maxwidth: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 400
    maxheight: int | None = None


class Embedded(msgspec.Struct, kw_only=True):
    """What a page shows of it: the words as a quotation, without any script."""

    type: str = "rich"
    version: str = "1.0"
    author_name: str
    author_url: str
    provider_name: str
    provider_url: str
    cache_age: int = 86_400
    html: str
    width: int
    height: int | None = None


@endpoint("GET", "/api/oembed", who=Who.ANYONE)
def oembed(_call: Call, given: Wanted) -> Embedded:
    """A post that anyone may read, by the address of its page here."""
    there, here = urlsplit(given.url), urlsplit(settings.SPEAK_URL)
    number = there.path.rstrip("/").rpartition("/")[2]
    if (there.scheme, there.netloc) != (here.scheme, here.netloc) or not (number.isascii() and number.isdigit()):
        raise NotThere(_("There is no post at this address."))
    post = post_for(None, int(number[:19]))
    address, name = escape(post.url or post.uri), escape(post.author.called)
    words = f'<p>{escape(post.summary)}</p>{content_of(post)}<p><a href="{address}">{name}</a></p>'
    return Embedded(
        author_name=post.author.called,
        author_url=post.author.url,
        provider_name=settings.SPEAK_NAME,
        provider_url=settings.SPEAK_URL,
        html=f'<blockquote cite="{address}">{words}</blockquote>',
        width=given.maxwidth,
    )
