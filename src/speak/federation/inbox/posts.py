"""What actors elsewhere say, say anew, and take back."""

from dataclasses import replace

from speak.federation import tasks
from speak.federation.documents import (
    Create,
    Delete,
    PostDocument,
    Update,
    is_actor,
    is_post,
)
from speak.federation.inbox import actors
from speak.federation.inbox.own import SpokenForAnother, check_host, own_post
from speak.federation.inbox.quotes import taken_back
from speak.federation.intake import incoming_poll, incoming_post, keep_quote
from speak.federation.models import TOMBSTONE_LIFE, Tombstone
from speak.federation.relevance import is_wanted
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.prepared import Prepared
from speak.voice.actions import receive_choice, receive_edit, receive_poll, receive_post, receive_withdrawal
from speak.voice.models import Post
from speak.voice.queries import post_by_uri

TOMBSTONE = Prepared(
    lambda uri, actor_uri, since: Tombstone.objects.filter(
        uri=uri, actor_uri=actor_uri, withdrawn_at__gte=since
    ).values_list("pk")[:1]
)


def create(sender: Actor, activity: Create) -> None:
    """Keep what they say, if it concerns anybody here."""
    if activity.post is None:
        check_host(sender, activity.object_uri)
        tasks.fetch_post.enqueue(uri=activity.object_uri)
        return
    if not is_post(activity.post):
        return
    document = own_post(sender, activity.post)
    if not document.addressed.everyone:
        document = replace(document, addressed=activity.addressed)
    if document.chosen:
        _choose(sender, document)
        return
    if _was_taken_back(sender, document.uri):
        return
    incoming = incoming_post(sender, document)
    if not is_wanted(sender, incoming, addressed=document.addressed):
        return
    post = receive_post(sender, incoming=incoming)
    if document.quoted_uri:
        keep_quote(post, document)
    if post.in_reply_to_uri and post.in_reply_to_id is None and post.is_open:
        tasks.fetch_post.enqueue(uri=post.in_reply_to_uri)


def update(sender: Actor, activity: Update) -> None:
    """Take over a newer wording, or a changed profile. Of what is not known here nothing is kept.

    That more people chose something in a poll is no newer wording; the numbers are kept all the same.
    """
    if activity.changed is None:
        return
    if is_actor(activity.changed):
        if activity.object_uri != sender.uri:
            raise SpokenForAnother("Only they themselves can change that profile.")
        actors.change(sender, activity.changed)
    elif is_post(activity.changed):
        document = own_post(sender, activity.changed)
        receive_edit(sender, incoming=incoming_post(sender, document))
        known = post_by_uri(sender, document.uri)
        if known is not None and known.author_id == sender.pk:
            keep_quote(known, document)
            poll = incoming_poll(document)
            if poll is not None:
                receive_poll(known, poll)


def delete(sender: Actor, activity: Delete) -> None:
    """Take back a post, or remember for a while that it was taken back before it came."""
    if activity.object_uri == sender.uri:
        actors.end(sender)
        return
    check_host(sender, activity.object_uri)
    if taken_back(sender, activity.object_uri):
        return
    was_here = receive_withdrawal(sender, uri=activity.object_uri)
    if not was_here and not Post.objects.filter(uri=activity.object_uri).exists():
        Tombstone.objects.get_or_create(uri=activity.object_uri, actor_uri=sender.uri)


def _choose(sender: Actor, vote: PostDocument) -> None:
    """Somebody elsewhere chose one of the answers below a post of somebody here."""
    asked = post_by_uri(sender, vote.in_reply_to_uri)
    if asked is not None and asked.is_local:
        receive_choice(sender, post=asked, title=vote.chosen)


def _was_taken_back(sender: Actor, uri: str) -> bool:
    since = clock.now() - TOMBSTONE_LIFE
    return TOMBSTONE.exists(uri, sender.uri, since)
