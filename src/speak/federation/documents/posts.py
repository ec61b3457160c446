"""Notes, articles and the other kinds of things that people say elsewhere. Pure.

A Page, Video, Audio, Image or Event is read as a note with its title and a link to where it lives, so
that it can be shown and answered; a Question with what one can choose.
"""

import datetime as dt
import html
from dataclasses import dataclass, field

from speak.federation.documents.audience import Addressed, addressed_in
from speak.federation.documents.inline import links_attached, with_pictures_told
from speak.federation.documents.languages import language_of, plain_in, words_in
from speak.federation.documents.media import MediaDocument, media_in, media_of
from speak.federation.documents.nodes import Malformed, Node, host_of
from speak.federation.documents.policies import Policy, policy_in, quoted_in

NOTE, ARTICLE, QUESTION = "Note", "Article", "Question"
OTHERS = ("Page", "Video", "Audio", "Image", QUESTION, "Event")
KINDS = (NOTE, ARTICLE, *OTHERS)
MAX_WORDS, MAX_TITLE, MAX_SUMMARY, MAX_TAGS, MAX_OPTIONS = 200_000, 300, 500, 100, 20
AUTHORS = ("Person", "Service", "Organization", "Application")
# When a poll ended that says only that it has.
LONG_OVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
PLAIN_TYPES = ("text/plain", "text/markdown", "text/x.misskeymarkdown")


@dataclass(frozen=True, slots=True)
class PollDocument:
    """Answers to choose from, each with how often it was chosen, as its server says."""

    options: tuple[tuple[str, int], ...]
    is_multiple: bool
    ends_at: dt.datetime | None
    people: int


@dataclass(frozen=True, slots=True)
class PostDocument:
    """Something said elsewhere. `html` is not sanitized. `chosen`: the answer to a poll that it is, not to be shown."""

    uri: str
    author_uri: str
    kind: str
    html: str
    addressed: Addressed
    title: str = ""
    summary: str = ""
    is_sensitive: bool = False
    language: str = ""
    url: str = ""
    in_reply_to_uri: str = ""
    said_at: dt.datetime | None = None
    edited_at: dt.datetime | None = None
    forgets_earlier: bool = False
    mentioned_uris: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    media: tuple[MediaDocument, ...] = ()
    chosen: str = ""
    quoted_uri: str = ""
    stamp_uri: str = ""
    policy: Policy = field(default_factory=dict)
    poll: PollDocument | None = None


def is_post(node: Node) -> bool:
    """Whether a document is something said."""
    return any(kind in KINDS for kind in node.kinds())


def parse_post(node: Node) -> PostDocument:
    """Something said, from its document.

    Raises:
        Malformed: id, type or author are missing.
    """
    kind = next((kind for kind in node.kinds() if kind in KINDS), "")
    if not kind:
        raise Malformed(f"{node.path}.type" if node.path else "type", "is no type of post")
    uri = node.uri("id")
    page = _page_of(node)
    url = page if host_of(page) == host_of(uri) else uri
    title = plain_in(node, "name", most=MAX_TITLE)
    words = _words(node)
    in_reply_to_uri = node.uri_or_none("inReplyTo")
    is_article = kind == ARTICLE
    return PostDocument(
        uri=uri,
        author_uri=_author_of(node),
        kind=kind if kind in {ARTICLE, QUESTION} else NOTE,
        html=words + links_attached(node, words)
        if kind in {NOTE, ARTICLE}
        else _shown_as_note(node, kind, words=words, url=url),
        addressed=addressed_in(node),
        title=title if is_article else "",
        summary="" if is_article else plain_in(node, "summary", most=MAX_SUMMARY),
        is_sensitive=node.flag("sensitive"),
        language=language_of(node, "content"),
        url=url,
        in_reply_to_uri=in_reply_to_uri,
        said_at=node.time("published"),
        edited_at=node.time("updated"),
        forgets_earlier=node.flag("forgetsEarlier"),
        mentioned_uris=_mentioned(node),
        tags=_tags(node),
        media=_media(node, kind),
        chosen=title if kind == NOTE and not words and in_reply_to_uri else "",
        quoted_uri=quoted_in(node),
        stamp_uri=node.uri_or_none("quoteAuthorization"),
        policy=policy_in(node),
        poll=_poll(node) if kind == QUESTION else None,
    )


def _author_of(node: Node) -> str:
    """The one who said it; where a channel or group stands beside a person, the person."""
    found = node.items("attributedTo")
    people = [item for item in found if item.is_object and any(kind in AUTHORS for kind in item.kinds())]
    uri = next((uri for item in [*people, *found] if (uri := item.uri_if_any())), "")
    return uri or node.uri("attributedTo")


def _words(node: Node) -> str:
    words = words_in(node, "content", most=MAX_WORDS)
    if node.text("mediaType", most=100).lower() in PLAIN_TYPES:
        return "<p>" + html.escape(words).replace("\n\n", "</p><p>").replace("\n", "<br>") + "</p>" if words else ""
    return with_pictures_told(words, apart_from={each.url for each in media_in(node, "attachment")})


def _shown_as_note(node: Node, kind: str, *, words: str, url: str) -> str:
    """Title, when and where of an event, the words, and a link to the thing itself."""
    title = plain_in(node, "name", most=MAX_TITLE)
    parts = [f"<p><strong>{html.escape(title)}</strong></p>"] if title and title not in words else []
    starts_at, place = node.time("startTime"), node.first("location")
    if kind == "Event" and starts_at:
        where = plain_in(place, "name", most=MAX_TITLE) if place else ""
        when = f"{starts_at:%Y-%m-%d %H:%M} UTC"
        parts.append(f"<p>{when}{', ' if where else ''}{html.escape(where)}</p>")
    parts.append(words)
    if kind != QUESTION:
        target = _linked(node) or url
        parts.append(f'<p><a href="{html.escape(target)}">{html.escape(target)}</a></p>')
    return "".join(parts)


def _poll(node: Node) -> PollDocument:
    """One of them (`oneOf`) or several (`anyOf`); `closed` is when it ended, or true, or when it will end."""
    several = node.items("anyOf")
    titles: dict[str, int] = {}
    for option in (several or node.items("oneOf"))[:MAX_OPTIONS]:
        title, replies = plain_in(option, "name", most=MAX_TITLE), option.first("replies")
        titles.setdefault(title, replies.number("totalItems") if replies else 0)
    titles.pop("", None)
    ends_at = node.time("closed") or node.time("endTime")
    if ends_at is None and node.flag("closed"):
        ends_at = node.time("updated") or node.time("published") or LONG_OVER
    return PollDocument(tuple(titles.items()), bool(several), ends_at, node.number("votersCount"))


def _linked(node: Node) -> str:
    """What a page is about: the first Link among its attachments."""
    links = (item for item in node.items("attachment") if "Link" in item.kinds())
    return next((uri for item in links if (uri := item.uri_or_none("href"))), "")


def _page_of(node: Node) -> str:
    found = node.items("url")
    pages = [item for item in found if item.is_object and item.text("mediaType", most=100) == "text/html"]
    return next((uri for item in [*pages, *found] if (uri := item.uri_if_any())), "")


def _mentioned(node: Node) -> tuple[str, ...]:
    mentions = (item for item in node.items("tag") if "Mention" in item.kinds())
    return tuple(dict.fromkeys(uri for item in mentions if (uri := item.uri_or_none("href"))))[:MAX_TAGS]


def _tags(node: Node) -> tuple[str, ...]:
    hashtags = (item for item in node.items("tag") if "Hashtag" in item.kinds())
    names = (item.text("name", most=101).removeprefix("#").strip().lower() for item in hashtags)
    return tuple(dict.fromkeys(name for name in names if name))[:MAX_TAGS]


def _media(node: Node, kind: str) -> tuple[MediaDocument, ...]:
    attached = media_in(node, "attachment")
    if kind in {"Image", "Video", "Audio"}:
        own = media_of(node)
        if own and own.media_type.startswith(("image/", "video/", "audio/")) and "/*" not in own.media_type:
            return (own, *attached)
    return attached
