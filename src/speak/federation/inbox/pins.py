"""What actors elsewhere keep at the top of their profile: only their own list, only their own words."""

from speak.federation import tasks
from speak.federation.documents import Add, Remove
from speak.federation.documents.nodes import host_of
from speak.federation.relevance import has_followers_here
from speak.identity.models import Actor
from speak.kernel.errors import NotAllowed
from speak.voice import actions as voice
from speak.voice.models import Post
from speak.voice.queries import post_by_uri


class NotTheirList(NotAllowed):
    """A change of a collection that is not its actor's."""


def add(sender: Actor, activity: Add) -> None:
    """A post stands at the top; where it is not known here, the list is fetched if anybody here would see it."""
    if not _is_about_the_top(sender, activity):
        return
    post = _own(sender, activity)
    if post is not None:
        voice.pin(sender, post=post)
    elif has_followers_here(sender):
        tasks.fetch_featured.enqueue(actor_id=sender.pk)


def remove(sender: Actor, activity: Remove) -> None:
    """It does not stand there any more."""
    post = _own(sender, activity) if _is_about_the_top(sender, activity) else None
    if post is not None:
        voice.unpin(sender, post=post)


def _is_about_the_top(sender: Actor, activity: Add | Remove) -> bool:
    """Whether it is the list that is shown here; other lists of theirs concern nobody here."""
    if activity.target_uri and host_of(activity.target_uri) != host_of(sender.uri):
        raise NotTheirList("That list is not theirs to change.")
    return bool(sender.featured_url) and activity.target_uri == sender.featured_url


def _own(sender: Actor, activity: Add | Remove) -> Post | None:
    post = post_by_uri(None, activity.object_uri)
    if post is not None and post.author_id != sender.pk:
        raise NotTheirList("Those words are not theirs.")
    return post
