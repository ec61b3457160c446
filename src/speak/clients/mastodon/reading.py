"""Ids in Mastodon's API name posts and their passing on alike: here each is found."""

from speak.clients.mastodon.entities.statuses import Status
from speak.clients.mastodon.shown.statuses import shown_status, shown_statuses
from speak.identity.models import Actor
from speak.voice.errors import NotThere
from speak.voice.models import Post
from speak.voice.queries import entry_of_boost, post_for


def post_or_boost(viewer: Actor | None, identifier: int) -> Status:
    """What has this id, as far as the viewer may read it.

    Raises:
        NotThere: nothing has, for this viewer.
    """
    try:
        return shown_status(viewer, post_for(viewer, identifier))
    except NotThere:
        entry = entry_of_boost(viewer, identifier)
        if entry is None:
            raise
        return shown_statuses(viewer, [entry])[0]


def post_meant(viewer: Actor | None, identifier: int) -> Post:
    """The post with this id, or the one that was passed on under it: apps take either for the same.

    Raises:
        NotThere: there is neither, for this viewer.
    """
    try:
        return post_for(viewer, identifier)
    except NotThere:
        entry = entry_of_boost(viewer, identifier)
        if entry is None:
            raise
        return entry.post


def own_boost(viewer: Actor, identifier: int) -> Post | None:
    """What the viewer passed on under this id."""
    entry = entry_of_boost(viewer, identifier)
    return entry.post if entry is not None and entry.boosted_by == viewer else None
