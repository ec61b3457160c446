"""Whether somebody elsewhere agreed to be quoted: only their own server says so (FEP-044f)."""

from speak.federation.discovery.fetching import fetch
from speak.federation.discovery.posts import find_post
from speak.federation.documents.nodes import host_of
from speak.identity.models import Actor
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask
from speak.voice.actions import hear_agreement, learn_quoted, receive_quote_request
from speak.voice.models import Consent, Post, Quote


def check_quote(quote: Quote, *, ask: Ask = real_ask) -> None:
    """Fetch what a post from elsewhere quotes, and the stamp; its author needs none for words of their own.

    Raises:
        NobodyThere, Gone, Malformed, OutboundFailure: either cannot be had.
        NotThere: meanwhile it was said anew, and quotes it no longer.
    """
    quoted = quote.quoted or find_post(quote.quoted_uri, ask=ask)
    known = learn_quoted(quote, quoted=quoted)
    if known.state == Consent.ASKED and not quoted.is_local and known.stamp_uri:
        read_stamp(known, stamp_uri=known.stamp_uri, ask=ask)


def read_stamp(quote: Quote, *, stamp_uri: str, ask: Ask = real_ask) -> bool:
    """Whether the stamp holds; then the quote is agreed.

    It stands on the host of whoever is quoted, is theirs, and names exactly these two posts.

    Raises:
        NobodyThere, Gone, Malformed, OutboundFailure: it cannot be had.
    """
    quoted = quote.quoted
    if quoted is None or host_of(stamp_uri) != host_of(quoted.author.uri):
        return False
    stamp = fetch(stamp_uri, ask=ask)
    said = (
        "QuoteAuthorization" in stamp.node.kinds(),
        host_of(stamp.uri) == host_of(quoted.author.uri),
        stamp.node.uri_or_none("attributedTo") == quoted.author.uri,
        stamp.node.uri_or_none("interactingObject") == quote.post.uri,
        stamp.node.uri_or_none("interactionTarget") == quoted.uri,
    )
    if all(said):
        hear_agreement(quote, stamp_uri=stamp.uri)
    return all(said)


def find_quoting(asker: Actor, *, uri: str, quoted: Post, request_uri: str, ask: Ask = real_ask) -> None:
    """Fetch the post by which somebody elsewhere wants to show words that were said here, and take their request in.

    Raises:
        NobodyThere, Gone, Malformed, OutboundFailure: it cannot be had.
    """
    post = find_post(uri, ask=ask)
    if post.author_id == asker.pk:
        receive_quote_request(post, quoted=quoted, request_uri=request_uri)
