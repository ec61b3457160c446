"""What actors elsewhere say, say anew, and take back."""

from dataclasses import replace

from speak.federation import tasks
from speak.federation.documents import (
    Create,
    Delete,
    Node,
    PostDocument,
    Update,
    is_actor,
    is_post,
    parse_post,
)
from speak.federation.documents.nodes import host_of
from speak.federation.inbox import actors
from speak.federation.intake import incoming_post
from speak.federation.models import TOMBSTONE_LIFE, Tombstone
from speak.federation.relevance import is_wanted
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import NotAllowed
from speak.voice.actions import receive_edit, receive_post, receive_withdrawal
from speak.voice.models import Post


class SpokenForAnother(NotAllowed):
    """An activity about a post that is not its actor's."""


def create(sender: Actor, activity: Create) -> None:
    """Keep what they say, if it concerns anybody here."""
    if activity.post is None:
        _check_host(sender, activity.object_uri)
        tasks.fetch_post.enqueue(uri=activity.object_uri)
        return
    if not is_post(activity.post):
        return
    document = _own_post(sender, activity.post)
    if not document.addressed.everyone:
        document = replace(document, addressed=activity.addressed)
    if document.is_vote or _was_taken_back(sender, document.uri):
        return
    incoming = incoming_post(sender, document)
    if not is_wanted(sender, incoming, addressed=document.addressed):
        return
    post = receive_post(sender, incoming=incoming)
    if post.in_reply_to_uri and post.in_reply_to_id is None and post.is_open:
        tasks.fetch_post.enqueue(uri=post.in_reply_to_uri)


def update(sender: Actor, activity: Update) -> None:
    """Take over a newer wording, or a changed profile. Of what is not known here nothing is kept."""
    if activity.changed is None:
        return
    if is_actor(activity.changed):
        if activity.object_uri != sender.uri:
            raise SpokenForAnother("Only they themselves can change that profile.")
        actors.change(sender, activity.changed)
    elif is_post(activity.changed):
        receive_edit(sender, incoming=incoming_post(sender, _own_post(sender, activity.changed)))


def delete(sender: Actor, activity: Delete) -> None:
    """Take back a post, or remember for a while that it was taken back before it came."""
    if activity.object_uri == sender.uri:
        actors.end(sender)
        return
    _check_host(sender, activity.object_uri)
    was_here = receive_withdrawal(sender, uri=activity.object_uri)
    if not was_here and not Post.objects.filter(uri=activity.object_uri).exists():
        Tombstone.objects.get_or_create(uri=activity.object_uri, actor_uri=sender.uri)


def _own_post(sender: Actor, node: Node) -> PostDocument:
    document = parse_post(node)
    _check_host(sender, document.uri)
    if document.author_uri != sender.uri:
        raise SpokenForAnother("Only its author can say or change that.")
    return document


def _check_host(sender: Actor, uri: str) -> None:
    if host_of(uri) != host_of(sender.uri):
        raise SpokenForAnother("That is on another host than its actor.")


def _was_taken_back(sender: Actor, uri: str) -> bool:
    since = clock.now() - TOMBSTONE_LIFE
    return Tombstone.objects.filter(uri=uri, actor_uri=sender.uri, withdrawn_at__gte=since).exists()
