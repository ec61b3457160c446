"""What somebody here does, as the activities that other servers receive."""

from django.conf import settings

from speak.federation.render import actor as actors
from speak.federation.render import post as posts
from speak.federation.render.context import ACTIVITYSTREAMS, PUBLIC, at
from speak.identity.models import Actor, Block, Follow
from speak.voice.models import Boost, Like, Post

Json = dict[str, object]


def create(post: Post) -> Json:
    """Something was said. Its id is made of the post's, so that the outbox has the same."""
    return _with_post("Create", f"{settings.SPEAK_URL}/activities/{post.pk}", post)


def update(post: Post, uri: str) -> Json:
    """It was said better."""
    return _with_post("Update", uri, post)


def delete(post: Post, uri: str) -> Json:
    """It was taken back: a Tombstone, addressed as the post was."""
    to = posts.addressing(post)
    stone = posts.tombstone(post)
    del stone["@context"]
    return _activity("Delete", uri, post.author, stone, to=to.to, cc=to.cc)


def announce(boost: Boost) -> Json:
    """Somebody passes a post on."""
    cc = (boost.actor.followers_url, boost.post.author.uri)
    found = _activity("Announce", boost.uri, boost.actor, boost.post.uri, to=(PUBLIC,), cc=cc)
    return found | {"published": at(boost.created_at)}


def like(like: Like) -> Json:
    """Somebody thanks an author."""
    return like_of(like.actor, uri=like.uri, post=like.post)


def like_of(actor: Actor, *, uri: str, post: Post) -> Json:
    """A Like by its parts, for those whose row is gone."""
    return _activity("Like", uri, actor, post.uri, to=(post.author.uri,))


def announce_of(actor: Actor, *, uri: str, post: Post) -> Json:
    """An Announce by its parts, for those whose row is gone."""
    return _activity("Announce", uri, actor, post.uri, to=(PUBLIC,), cc=(actor.followers_url, post.author.uri))


def follow(follow: Follow) -> Json:
    """Somebody asks to follow."""
    return follow_of(follow.follower, uri=follow.uri, target=follow.target)


def follow_of(follower: Actor, *, uri: str, target: Actor) -> Json:
    """A Follow by its parts."""
    return _activity("Follow", uri, follower, target.uri, to=(target.uri,))


def accept(target: Actor, uri: str, asked: Json, *, follower: Actor) -> Json:
    """Yes; the Follow is embedded with the id it came with."""
    return _activity("Accept", uri, target, _inner(asked), to=(follower.uri,))


def reject(target: Actor, uri: str, asked: Json, *, follower: Actor) -> Json:
    """No, or no longer."""
    return _activity("Reject", uri, target, _inner(asked), to=(follower.uri,))


def block(block: Block) -> Json:
    """Somebody wants nothing to do with somebody; only the blocked one's server hears it."""
    return block_of(block.blocker, uri=block.uri, blocked=block.blocked)


def block_of(blocker: Actor, *, uri: str, blocked: Actor) -> Json:
    """A Block by its parts."""
    return _activity("Block", uri, blocker, blocked.uri, to=(blocked.uri,))


def undo(uri: str, undone: Json) -> Json:
    """Take back what was done; it is embedded, as Threads and others want it."""
    inner = _inner(undone)
    outer: Json = {"@context": ACTIVITYSTREAMS, "id": uri, "type": "Undo", "actor": undone["actor"], "object": inner}
    return outer | {name: undone[name] for name in ("to", "cc") if name in undone}


def profile_changed(actor: Actor, uri: str) -> Json:
    """Somebody's profile is not what it was."""
    document = actors.document(actor)
    context = document.pop("@context")
    found = _activity("Update", uri, actor, document, to=(PUBLIC,), cc=(actor.followers_url,))
    return found | {"@context": context}


def _with_post(kind: str, uri: str, post: Post) -> Json:
    document = posts.document(post)
    context = document.pop("@context")
    found = _activity(
        kind, uri, post.author, document, to=tuple(_list(document["to"])), cc=tuple(_list(document["cc"]))
    )
    return found | {"@context": context, "published": document["published"]}


def _list(value: object) -> list[str]:
    return value if isinstance(value, list) else []


def _activity(  # noqa: PLR0913, PLR0917 - an activity has that many parts
    kind: str, uri: str, actor: Actor, thing: object, *, to: tuple[str, ...], cc: tuple[str, ...] = ()
) -> Json:
    found: Json = {"@context": ACTIVITYSTREAMS, "id": uri, "type": kind, "actor": actor.uri, "object": thing}
    found["to"] = list(to)
    if cc:
        found["cc"] = list(cc)
    return found


def _inner(activity: Json) -> Json:
    return {name: value for name, value in activity.items() if name != "@context"}
