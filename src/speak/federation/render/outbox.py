"""What somebody said and passed on, as the activities in their outbox."""

from speak.federation.render import post as post_documents
from speak.federation.render.context import PUBLIC, at
from speak.voice.models import Post
from speak.voice.queries import Entry


def activity_of(entry: Entry, *, passed_on_uri: str = "") -> dict[str, object]:
    """The Create of a post with the whole post in it, or the Announce with this id of one passed on."""
    if entry.boosted_by is None:
        return _created(entry.post)
    return {
        "id": passed_on_uri,
        "type": "Announce",
        "actor": entry.boosted_by.uri,
        "object": entry.post.uri,
        "to": [PUBLIC],
        "cc": [entry.boosted_by.followers_url, entry.post.author.uri],
    }


def _created(post: Post) -> dict[str, object]:
    found = post_documents.document(post)
    del found["@context"]
    return {
        "id": f"{post.uri}#create",
        "type": "Create",
        "actor": post.author.uri,
        "published": at(post.said_at),
        "to": found["to"],
        "cc": found["cc"],
        "object": found,
    }
