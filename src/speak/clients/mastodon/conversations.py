"""Words among a few, and conversations one is not told of (docs.joinmastodon.org/methods/conversations, statuses)."""

from django.db.models import prefetch_related_objects

from speak.clients.api.endpoints import Call, Nothing, endpoint
from speak.clients.api.paging import Listed, Page
from speak.clients.mastodon.entities.conversations import Conversation
from speak.clients.mastodon.entities.statuses import Status
from speak.clients.mastodon.reading import post_meant
from speak.clients.mastodon.shown.people import shown_account
from speak.clients.mastodon.shown.statuses import shown_posts, shown_status
from speak.identity.models import Actor
from speak.voice import actions
from speak.voice.queries import Conversation as Known
from speak.voice.queries import conversation_of, conversations_of


@endpoint("GET", "/api/v1/conversations", "read:statuses")
def conversations(call: Call, given: Page) -> Listed[Conversation]:
    """Words among named people, what was said last first."""
    found = conversations_of(call.me, given.window())
    ends = (found[0].latest.pk, found[-1].latest.pk) if found else (None, None)
    return Listed(shown_conversations(call.me, found), *ends)


@endpoint("GET", "/api/v1/timelines/direct", "read:statuses")
def direct(call: Call, given: Page) -> Listed[Status]:
    """What was said last in each of them, for apps that know no conversations."""
    found = conversations_of(call.me, given.window())
    ends = (found[0].latest.pk, found[-1].latest.pk) if found else (None, None)
    return Listed(shown_posts(call.me, [known.latest for known in found]), *ends)


@endpoint("POST", "/api/v1/conversations/<int:thread_id>/read", "write:conversations")
def read(call: Call, thread_id: int) -> Conversation:
    """All of it has been read."""
    actions.read_conversation(call.me, thread_id=thread_id)
    return shown_conversations(call.me, [conversation_of(call.me, thread_id)])[0]


@endpoint("DELETE", "/api/v1/conversations/<int:thread_id>", "write:conversations")
def put_away(call: Call, thread_id: int) -> Nothing:
    """List it no longer, until somebody goes on with it. Nobody's words are gone."""
    actions.put_conversation_away(call.me, thread_id=thread_id)
    return Nothing()


@endpoint("POST", "/api/v1/statuses/<int:post_id>/mute", "write:mutes")
def hush(call: Call, post_id: int) -> Status:
    """Be told no more of what is said around it."""
    post = post_meant(call.me, post_id)
    actions.hush(call.me, post=post)
    return shown_status(call.me, post)


@endpoint("POST", "/api/v1/statuses/<int:post_id>/unmute", "write:mutes")
def unhush(call: Call, post_id: int) -> Status:
    """Be told of it again."""
    post = post_meant(call.me, post_id)
    actions.unhush(call.me, post=post)
    return shown_status(call.me, post)


def shown_conversations(viewer: Actor, found: list[Known]) -> list[Conversation]:
    """Conversations as an app sees them."""
    prefetch_related_objects([actor for known in found for actor in known.others], "links")
    statuses = shown_posts(viewer, [known.latest for known in found])
    return [
        Conversation(
            id=str(known.thread_id),
            unread=known.is_unread,
            accounts=[shown_account(actor) for actor in known.others],
            last_status=status,
        )
        for known, status in zip(found, statuses, strict=True)
    ]
