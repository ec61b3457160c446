"""What somebody here does, as the activities that other servers receive."""

from django.conf import settings

from speak.federation.render import actor as actors
from speak.federation.render import post as posts
from speak.federation.render.context import ACTIVITYSTREAMS, PUBLIC, QUOTE_REQUEST, at
from speak.identity.models import Actor, Block, Follow
from speak.safety.models import Report
from speak.voice.models import Boost, Choice, Like, Post, Quote

Json = dict[str, object]


def create(post: Post, *, to: posts.Addressing | None = None) -> Json:
    """Something was said. Its id is made of the post's, as the outbox has it. `to`: as in `post.document`."""
    return _with_post("Create", f"{settings.SPEAK_URL}/activities/{post.pk}", post, to=to)


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


def choice(choice: Choice) -> Json:
    """Somebody chose an answer below a post elsewhere: a Note with a name and no words, for its author alone."""
    chooser, asked = choice.chooser, choice.option.poll.post
    uri = f"{chooser.uri}#choices/{choice.pk}"
    note: Json = {
        "id": uri,
        "type": "Note",
        "name": choice.option.title,
        "attributedTo": chooser.uri,
        "inReplyTo": asked.uri,
        "to": [asked.author.uri],
    }
    return _activity("Create", f"{uri}/activity", chooser, note, to=(asked.author.uri,))


def pinned(actor: Actor, uri: str, post: Post, *, kind: str) -> Json:
    """A post stands at the top of its author's profile (`Add`), or does not any more (`Remove`)."""
    found = _activity(kind, uri, actor, post.uri, to=(PUBLIC,), cc=(actor.followers_url,))
    return found | {"target": actor.featured_url}


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


def quote_request(quote: Quote) -> Json:
    """Somebody asks whether their post may show another; the post is embedded, so that one sees what one is asked."""
    document = posts.document(quote.post)
    context = document.pop("@context")
    author = quote.quoted.author if quote.quoted else quote.post.author
    found = _activity("QuoteRequest", quote.request_uri, quote.post.author, quote.quoted_uri, to=(author.uri,))
    return found | {"@context": [*_listed(context), QUOTE_REQUEST], "instrument": document}


def quote_answer(quote: Quote, uri: str, *, kind: str) -> Json:
    """`Accept` with the stamp, or `Reject`; the request is embedded with the id it came with."""
    asker, author = quote.post.author, quote.quoted.author if quote.quoted else quote.post.author
    asked: Json = {
        "id": quote.request_uri,
        "type": "QuoteRequest",
        "actor": asker.uri,
        "object": quote.quoted_uri,
        "instrument": quote.post.uri,
    }
    found = _activity(kind, uri, author, asked, to=(asker.uri,)) | {"@context": [ACTIVITYSTREAMS, QUOTE_REQUEST]}
    return found | {"result": quote.stamp_uri} if kind == "Accept" else found


def stamp_withdrawn(author: Actor, uri: str, *, stamp_uri: str) -> Json:
    """Somebody does not agree any more to be quoted."""
    return _activity("Delete", uri, author, {"id": stamp_uri, "type": "QuoteAuthorization"}, to=(PUBLIC,))


def move(actor: Actor, uri: str, *, new: Actor) -> Json:
    """Somebody lives somewhere else from now on; those who follow them are told."""
    found = _activity("Move", uri, actor, actor.uri, to=(actor.followers_url,))
    return found | {"target": new.uri}


def gone(actor: Actor, uri: str) -> Json:
    """Somebody is no more, and their words with them."""
    return _activity("Delete", uri, actor, actor.uri, to=(PUBLIC,))


def flag(server: Actor, uri: str, report: Report) -> Json:
    """A complaint, as the reporter worded it: the server speaks, and the reporter is not named."""
    found = _activity("Flag", uri, server, report.reported.uri, to=(report.reported.uri,))
    posts = [each.post_uri for each in report.handed_over.all()]
    return found | {"object": [report.reported.uri, *posts], "content": report.words}


def profile_changed(actor: Actor, uri: str) -> Json:
    """Somebody's profile is not what it was."""
    document = actors.document(actor)
    context = document.pop("@context")
    found = _activity("Update", uri, actor, document, to=(PUBLIC,), cc=(actor.followers_url,))
    return found | {"@context": context}


def _with_post(kind: str, uri: str, post: Post, *, to: posts.Addressing | None = None) -> Json:
    document = posts.document(post, to=to)
    context = document.pop("@context")
    found = _activity(
        kind, uri, post.author, document, to=tuple(_list(document["to"])), cc=tuple(_list(document["cc"]))
    )
    return found | {"@context": context, "published": document["published"]}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


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
