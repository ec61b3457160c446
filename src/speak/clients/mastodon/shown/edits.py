"""The wordings of a post, as an app sees them."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects
from django.utils.html import format_html

from speak.clients.mastodon.entities.statuses import StatusEdit
from speak.clients.mastodon.shown.media import shown_media
from speak.clients.mastodon.shown.people import shown_account
from speak.identity.models import Actor
from speak.voice.models import Post, Revision


def shown_edits(viewer: Actor | None, post: Post, revisions: Sequence[Revision]) -> list[StatusEdit]:
    """The first wording first; the pictures are those that stand in it now."""
    prefetch_related_objects([post], "author__links", "media")
    author = shown_account(post.author)
    media = [shown_media(viewer, item, is_open=post.is_open) for item in post.media.all()]
    earlier = sorted(revisions, key=lambda revision: revision.said_at)
    wordings = [(each.title, each.html, each.summary, each.said_at) for each in earlier]
    wordings.append((post.title, post.html, post.summary, post.edited_at or post.said_at))
    return [
        StatusEdit(
            content=(format_html("<p><strong>{}</strong></p>", title) if title else "") + html,
            spoiler_text=summary,
            sensitive=bool(summary),
            created_at=said_at,
            account=author,
            media_attachments=media,
        )
        for title, html, summary, said_at in wordings
    ]
