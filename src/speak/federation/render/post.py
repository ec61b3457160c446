"""A post that was said here, as other servers read it."""

from dataclasses import dataclass
from typing import Any, Literal

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from speak.federation.render import quotes
from speak.federation.render.context import POST_CONTEXT, PUBLIC, at
from speak.identity.models import FEED, Actor
from speak.kernel import blobs
from speak.kernel.errors import NotAllowed
from speak.voice import rules
from speak.voice.models import Media, Poll, Post, PostKind
from speak.voice.reach import OPEN, Reach
from speak.voice.sanitize import plain_text
from speak.voice.tags import page_of_tag

SUMMARY_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Addressing:
    """To whom a post is addressed, as actor and collection ids."""

    to: tuple[str, ...]
    cc: tuple[str, ...]


def addressing(post: Post) -> Addressing:
    """To whom a copy may go.

    Raises:
        NotAllowed: the post stays here (promise 4), and no copy of it may be made at all.
    """
    if not rules.leaves_the_server(post.reach):
        raise NotAllowed(_("This stays here."))
    named = tuple(actor.uri for actor in _called(post))
    if post.reach == Reach.PUBLIC:
        return Addressing((PUBLIC,), (post.author.followers_url, *named))
    if post.reach == Reach.QUIET:
        return Addressing((post.author.followers_url,), (PUBLIC, *named))
    readers = tuple(row.actor.uri for row in _rows(post, "readers"))
    if post.reach == Reach.FOLLOWERS:
        owner = post.audience_owner
        extra = (owner.uri,) if owner != post.author else ()
        return Addressing((owner.followers_url,), tuple(dict.fromkeys((*extra, *readers))))
    return Addressing(readers, ())


def document(post: Post, *, to: Addressing | None = None) -> dict[str, object]:
    """The Note or Article; addressed `to` somebody else than its readers only in what its author takes along.

    Raises:
        NotAllowed: the post stays here.
    """
    to = to or addressing(post)
    quote = quotes.standing(post)
    found: dict[str, object] = {
        "@context": POST_CONTEXT,
        "id": post.uri,
        "type": post.kind,
        "attributedTo": post.author.uri,
        "to": list(to.to),
        "cc": list(to.cc),
        "content": f"{quotes.fallback(quote)}{post.html}",
        "published": at(post.said_at),
        "url": post.url,
        "sensitive": post.is_sensitive,
        "tag": [*_mentions(post), *_hashtags(post)],
        "attachment": [_attachment(item) for item in post.media.all()],
        "replies": f"{post.uri}/replies",
        "likes": f"{post.uri}/likes",
        "shares": f"{post.uri}/shares",
        "interactionPolicy": {"canQuote": quotes.policy(post)},
    }
    if post.language:
        found["contentMap"] = {post.language: found["content"]}
    if post.source:
        is_article = post.kind == PostKind.ARTICLE
        found["source"] = {
            "content": post.source,
            "mediaType": "text/markdown" if is_article else "text/plain",
        }
    if post.in_reply_to_uri:
        found["inReplyTo"] = _answered(post)
    if post.edited_at:
        found["updated"] = at(post.edited_at)
        if not post.revisions.all():
            found["forgetsEarlier"] = True
    return found | _heading(post) | quotes.members(quote) | _poll(post)


def tombstone(post: Post) -> dict[str, object]:
    """What stands where a post was."""
    found: dict[str, object] = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": post.uri,
        "type": "Tombstone",
        "formerType": post.kind,
    }
    if post.withdrawn_at:
        found["deleted"] = at(post.withdrawn_at)
    return found


def _heading(post: Post) -> dict[str, object]:
    """A note's content warning; an article's title, its beginning, and a note to show in its place."""
    if post.kind != PostKind.ARTICLE:
        return {"summary": post.summary} if post.summary else {}
    beginning = post.summary or Truncator(plain_text(post.html)).chars(SUMMARY_CHARACTERS)
    preview = {
        "type": "Note",
        "attributedTo": post.author.uri,
        "published": at(post.said_at),
        "content": _preview(post, beginning),
    }
    return {"name": post.title, "summary": beginning, "preview": preview}


def _preview(post: Post, beginning: str) -> str:
    return "".join(f"<p>{_escaped(line)}</p>" for line in (post.title, *beginning.split("\n")) if line.strip())


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _answered(post: Post) -> str:
    """What it answers: the id of a post, or a page of a site."""
    is_of_a_site = post.in_reply_to_uri.startswith(FEED) and post.in_reply_to is not None
    return post.in_reply_to.known_as if is_of_a_site and post.in_reply_to else post.in_reply_to_uri


def _poll(post: Post) -> dict[str, object]:
    """The answers one can choose from, how often each was chosen, and until when (as Mastodon writes a Question)."""
    poll: Poll | None = getattr(post, "poll", None) if post.kind == PostKind.QUESTION else None
    if poll is None:
        return {}
    options = [
        {
            "type": "Note",
            "name": option.title,
            "replies": {"type": "Collection", "totalItems": option.chosen},
        }
        for option in poll.options.all()
    ]
    found: dict[str, object] = {"anyOf" if poll.is_multiple else "oneOf": options, "votersCount": poll.people}
    if poll.ends_at:
        found["endTime"] = at(poll.ends_at)
        if poll.is_over:
            found["closed"] = at(poll.ends_at)
    return found


def _called(post: Post) -> list[Actor]:
    """Whom a copy names: those called by name and whom it answers, as far as they may read it."""
    named = {row.actor_id: row.actor for row in _rows(post, "mentions")}
    if post.answered:
        named.setdefault(post.answered.pk, post.answered)
    named.pop(post.author_id, None)
    named = {pk: actor for pk, actor in named.items() if not actor.is_site}
    if post.reach not in OPEN:
        readers = {row.actor_id for row in _rows(post, "readers")} | {post.audience_owner_id}
        named = {pk: actor for pk, actor in named.items() if pk in readers}
    return list(named.values())


def _rows(post: Post, name: Literal["mentions", "readers"]) -> list[Any]:
    """Its mentions or readers, each with their actor; not asked for again where many posts were read with theirs."""
    rows = getattr(post, name)
    if name in getattr(post, "_prefetched_objects_cache", {}):
        return sorted(rows.all(), key=lambda row: row.pk)
    return list(rows.select_related("actor").order_by("pk"))


def _mentions(post: Post) -> list[dict[str, object]]:
    return [{"type": "Mention", "href": actor.uri, "name": actor.address} for actor in _called(post)]


def _hashtags(post: Post) -> list[dict[str, object]]:
    return [{"type": "Hashtag", "href": page_of_tag(tag.name), "name": f"#{tag.name}"} for tag in post.tags.all()]


def _attachment(item: Media) -> dict[str, object]:
    kind = item.media_type.split("/", 1)[0]
    found: dict[str, object] = {
        "type": {"image": "Image", "video": "Video", "audio": "Audio"}.get(kind, "Document"),
        "mediaType": item.media_type,
        "url": blobs.url_of(item.token),
    }
    if item.description:
        found |= {"name": item.description, "summary": item.description}
    if item.width and item.height:
        found |= {"width": item.width, "height": item.height}
    if item.blurhash:
        found["blurhash"] = item.blurhash
    if item.focus_x or item.focus_y:
        found["focalPoint"] = [item.focus_x, item.focus_y]
    return found
