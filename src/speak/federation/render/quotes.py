"""Words shown inside other words, as other servers read it (FEP-044f): who may, the asking, and the stamp."""

from html import escape

from speak.federation.render.context import PUBLIC, STAMP_CONTEXT
from speak.identity.models import Quoting
from speak.voice.models import Consent, Post, Quote
from speak.voice.reach import OPEN


def policy(post: Post) -> dict[str, object]:
    """Who may quote a post that anyone may read, at once or after asking: as was chosen, or its author prefers."""
    author, quoting = post.author, post.quotable
    at_once, asked = [author.uri], [PUBLIC]
    if post.reach not in OPEN or quoting == Quoting.NOBODY:
        return {"automaticApproval": at_once}
    if quoting == Quoting.ANYONE:
        return {"automaticApproval": [PUBLIC]}
    if quoting == Quoting.FOLLOWERS:
        at_once = [author.uri, author.followers_url]
    return {"automaticApproval": at_once, "manualApproval": asked}


def members(quote: Quote | None) -> dict[str, object]:
    """What a post quotes; the older names, which know no consent, only once there is one."""
    if quote is None:
        return {}
    found: dict[str, object] = {"quote": quote.quoted_uri}
    if quote.state == Consent.AGREED:
        found |= dict.fromkeys(("quoteUrl", "quoteUri", "_misskey_quote"), quote.quoted_uri)
    if quote.stamp_uri:
        found["quoteAuthorization"] = quote.stamp_uri
    return found


def fallback(quote: Quote | None) -> str:
    """A link for those who show no quotes."""
    if quote is None:
        return ""
    url = escape(quote.quoted.url or quote.quoted_uri if quote.quoted else quote.quoted_uri)
    return f'<p class="quote-inline">RE: <a href="{url}">{url}</a></p>'


def stamp(quote: Quote) -> dict[str, object]:
    """That somebody here agreed to be quoted."""
    return {
        "@context": STAMP_CONTEXT,
        "id": quote.stamp_uri,
        "type": "QuoteAuthorization",
        "attributedTo": quote.quoted.author.uri if quote.quoted else "",
        "interactingObject": quote.post.uri,
        "interactionTarget": quote.quoted_uri,
    }


def standing(post: Post) -> Quote | None:
    """What a post quotes, unless whoever is quoted said no."""
    quote = getattr(post, "quote", None)
    return quote if quote is not None and quote.state in {Consent.ASKED, Consent.AGREED} else None
