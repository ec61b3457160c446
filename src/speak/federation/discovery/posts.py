"""Posts of other servers: fetched from their origin, and only those that anyone may read."""

from speak.federation.discovery.actors import actor_of
from speak.federation.discovery.fetching import Fetched, Gone, NobodyThere, fetch
from speak.federation.documents import Malformed, parse_post
from speak.federation.documents.nodes import host_of
from speak.federation.intake import incoming_post, keep_quote
from speak.federation.ours import is_ours
from speak.identity.models import Actor
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask
from speak.voice.actions import receive_edit, receive_post, receive_withdrawal
from speak.voice.models import Post
from speak.voice.queries import post_by_uri
from speak.voice.reach import OPEN


def find_post(uri: str, *, ask: Ask = real_ask) -> Post:
    """The post with this id, known or fetched.

    Raises:
        NobodyThere, Gone: there is none, or it is not for everybody.
        Malformed: what is there cannot be trusted.
        OutboundFailure: no answer.
    """
    known = known_post(uri)
    if known is not None:
        return known
    if is_ours(uri):
        raise NobodyThere("There is no such post here.")
    return keep_fetched_post(fetch(uri, ask=ask), ask=ask)


def look_again_at(author: Actor, *, uri: str, ask: Ask = real_ask) -> None:
    """Take over how a known post stands at its origin now: worded anew, or taken back (410, or a Tombstone).

    Raises:
        NobodyThere, Malformed, OutboundFailure: its origin does not say.
    """
    post = post_by_uri(author, uri)
    if post is None or post.author_id != author.pk or author.is_local:
        return
    try:
        fetched = fetch(uri, ask=ask)
    except Gone:
        receive_withdrawal(author, uri=uri)
        return
    if "Tombstone" in fetched.node.kinds():
        receive_withdrawal(author, uri=uri)
        return
    document = parse_post(fetched.node)
    if document.uri == uri and document.author_uri == author.uri:
        receive_edit(author, incoming=incoming_post(author, document))
        keep_quote(post, document)


def known_post(uri: str) -> Post | None:
    """The post with this id, if it is known here and anyone may read it."""
    return post_by_uri(None, uri)


def keep_fetched_post(fetched: Fetched, *, ask: Ask) -> Post:
    """Keep a post that its own server serves under its own id. Raises as `find_post`."""
    known = known_post(fetched.uri)
    if known is not None:
        return known
    document = parse_post(fetched.node)
    if host_of(document.author_uri) != host_of(document.uri):
        raise Malformed("attributedTo", "is on another host than the post")
    author = actor_of(document.author_uri, ask=ask)
    incoming = incoming_post(author, document)
    if incoming.reach not in OPEN or document.chosen:
        raise NobodyThere("That post is not for everybody.")
    post = receive_post(author, incoming=incoming)
    if post.withdrawn_at or post.author != author:
        raise NobodyThere("That post was taken back.")
    if document.quoted_uri:
        keep_quote(post, document)
    return post
