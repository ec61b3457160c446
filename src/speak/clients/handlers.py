"""What follows, for those who read feeds, from what happens here."""

from speak.clients.websub.distributing import owe
from speak.kernel.events import on
from speak.voice.events import PostEdited, PostPublished, PostWithdrawn
from speak.voice.queries import post_of_event


@on(PostPublished, PostEdited, PostWithdrawn)
def owe_feeds(event: PostPublished | PostEdited | PostWithdrawn) -> None:
    """Whoever subscribed to a feed that changes is owed it as it is then."""
    post = post_of_event(event.post_id)
    if post.is_local and post.is_open:
        owe(post)
