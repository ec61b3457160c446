"""Words shown inside other words, across servers: asked, agreed, refused, taken back (FEP-044f)."""

from speak.federation import tasks
from speak.federation.documents import Accept, QuoteRequest, Reject
from speak.federation.documents.nodes import host_of
from speak.federation.inbox.own import SpokenForAnother, check_host, own_post
from speak.federation.intake import incoming_post
from speak.identity.models import Actor
from speak.voice.actions import hear_refusal, receive_post, receive_quote_request
from speak.voice.models import Consent, Quote
from speak.voice.queries import post_by_uri


def ask(sender: Actor, activity: QuoteRequest) -> None:
    """Somebody elsewhere asks to show words that were said here inside their own, which come along or are fetched."""
    quoted = post_by_uri(sender, activity.object_uri)
    if quoted is None or not quoted.is_local:
        return
    if activity.post is None:
        check_host(sender, activity.post_uri)
        tasks.fetch_quoting.enqueue(
            uri=activity.post_uri, asker_id=sender.pk, quoted_id=quoted.pk, request_uri=activity.uri
        )
        return
    document = own_post(sender, activity.post)
    if document.quoted_uri and document.quoted_uri != quoted.uri:
        raise SpokenForAnother("The post that was sent along quotes something else.")
    post = receive_post(sender, incoming=incoming_post(sender, document))
    if post.author_id == sender.pk and post.withdrawn_at is None:
        receive_quote_request(post, quoted=quoted, request_uri=activity.uri)


def answered(sender: Actor, activity: Accept | Reject) -> bool:
    """Whoever is quoted says yes or no to somebody here; says whether that was what they answered.

    Their yes counts once their server shows the stamp.
    """
    quote = _asked(sender, activity)
    if quote is None:
        return activity.kind == "QuoteRequest"
    if isinstance(activity, Reject):
        hear_refusal(sender, quote=quote)
    elif quote.state != Consent.AGREED and host_of(activity.result_uri) == host_of(sender.uri):
        tasks.read_stamp.enqueue(quote_id=quote.pk, stamp_uri=activity.result_uri)
    return True


def taken_back(sender: Actor, stamp_uri: str) -> bool:
    """They do not agree any more; says whether that was a stamp of theirs."""
    quotes = Quote.objects.filter(stamp_uri=stamp_uri, quoted__author=sender).select_related("quoted")
    for quote in quotes:
        hear_refusal(sender, quote=quote)
    return bool(quotes)


def _asked(sender: Actor, activity: Accept | Reject) -> Quote | None:
    """The request of somebody here to which this answers."""
    if not activity.asked_uri:
        return None
    rows = Quote.objects.filter(request_uri=activity.asked_uri, post__author__domain="", quoted__author=sender)
    return rows.select_related("quoted").first()
