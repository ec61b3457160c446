"""A repository of Bluesky, as “Export my data” gives it: app.bsky.feed.post and what stands in it (lexicons of 2024).

The pictures are not in it; they are found where they lie beside it under the names of their hashes.
"""

from collections.abc import Iterator
from html import escape
from typing import Any

import libipld
import msgspec

from speak.clients.bringing.cars import Repository
from speak.clients.bringing.notes import Notes, Why
from speak.clients.bringing.pages import in_paragraphs
from speak.kernel.times import moment
from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import head
from speak.voice.actions import BroughtPicture, BroughtPost
from speak.voice.reach import Reach

POST, REPOST = "app.bsky.feed.post", "app.bsky.feed.repost"
POST_PAGE, PERSON = "https://bsky.app/profile/{}/post/{}", "https://bsky.app/profile/{}"
MOST_FACETS = 200


class Blob(msgspec.Struct):
    """A file by its hash."""

    ref: bytes = b""


class Image(msgspec.Struct):
    """A picture with what its author said of it."""

    image: Blob
    alt: str = ""


class Ref(msgspec.Struct):
    """Another record."""

    uri: str = ""


class External(msgspec.Struct):
    """A page elsewhere."""

    uri: str = ""
    title: str = ""


class Embed(msgspec.Struct):
    """What is shown below the words. `record` is a Ref, or holds one."""

    kind: str = msgspec.field(name="$type", default="")
    images: list[Image] = []
    external: External | None = None
    record: Any = None
    media: "Embed | None" = None


class Reply(msgspec.Struct):
    """What is answered."""

    parent: Ref


class Span(msgspec.Struct, rename="camel"):
    """A part of the words, in bytes of UTF-8."""

    byte_start: int
    byte_end: int


class Feature(msgspec.Struct):
    """What that part is: a link, somebody, a hashtag."""

    uri: str = ""
    did: str = ""
    tag: str = ""


class Facet(msgspec.Struct):
    """A part of the words that is more than words."""

    index: Span
    features: list[Feature]


class Label(msgspec.Struct):
    """A warning by its author."""

    val: str = ""


class Labels(msgspec.Struct):
    """All of them."""

    values: list[Label] = []


class Post(msgspec.Struct, rename="camel"):
    """A post."""

    text: str
    created_at: str
    langs: list[str] = []
    reply: Reply | None = None
    embed: Embed | None = None
    facets: list[Facet] = []
    tags: list[str] = []
    labels: Labels | None = None


def recognizes(container: Container) -> bool:
    """Whether there is a CAR with one root in it."""
    return bool(_car_in(container))


def read(container: Container, notes: Notes) -> Iterator[BroughtPost]:
    """Each post.

    Raises:
        Garbled: the file breaks off, or something in it was changed.
    """
    name = _car_in(container)
    repository = Repository(container, name)
    for path in repository.paths.values():
        if path.startswith(f"{REPOST}/"):
            notes.tell(Why.PASSED_ON, path)
        elif not path.startswith(f"{POST}/"):
            notes.tell(Why.NO_POST, path)
    pictures = {file.rpartition("/")[2].partition(".")[0]: file for file in container.sizes if file != name}
    for key, record in repository.records(POST):
        try:
            post = msgspec.convert(record, Post)
        except msgspec.ValidationError:
            notes.tell(Why.SHAPE, f"{POST}/{key}")
            continue
        yield from _brought(post, key, did=repository.did, pictures=pictures, notes=notes)


def _car_in(container: Container) -> str:
    names = container.named(".car")
    return names[0] if names and b"eroots" in head(container, names[0], size=128) else ""


def _brought(post: Post, key: str, *, did: str, pictures: dict[str, str], notes: Notes) -> Iterator[BroughtPost]:
    place = f"{POST}/{key}"
    said_at = moment(post.created_at)
    if said_at is None:
        notes.tell(Why.NO_TIME, place)
        return
    own = f"at://{did}/{POST}/"
    answered = post.reply.parent.uri if post.reply else ""
    embeds = _embeds(post.embed)
    tags = [feature.tag for facet in post.facets[:MOST_FACETS] for feature in facet.features if feature.tag]
    yield BroughtPost(
        key=f"{own}{key}",
        said_at=said_at,
        was=Reach.PUBLIC,
        html=_html(post) + "".join(_below(embed, post.text) for embed in embeds),
        is_sensitive=bool(post.labels and post.labels.values),
        language=post.langs[0] if post.langs else "",
        answers=answered if answered.startswith(own) else _page(answered),
        tags=(*tags, *post.tags),
        pictures=tuple(_pictures(embeds, pictures, notes=notes, place=place)),
    )


def _embeds(embed: Embed | None) -> list[Embed]:
    """What is shown, the one in the other side by side."""
    if embed is None:
        return []
    return [embed, *([embed.media] if embed.media else [])]


def _pictures(embeds: list[Embed], known: dict[str, str], *, notes: Notes, place: str) -> Iterator[BroughtPicture]:
    for embed in embeds:
        if embed.kind.endswith("embed.video"):
            notes.tell(Why.NO_PICTURE, place)
        for image in embed.images:
            cid = _text_of(image.image.ref)
            if cid in known:
                yield BroughtPicture(known[cid], image.alt)
            else:
                notes.tell(Why.PICTURE_MISSING, f"{place}: {cid}")


def _text_of(ref: bytes) -> str:
    try:
        return libipld.encode_cid(ref)
    except ValueError:
        return ""


def _below(embed: Embed, text: str) -> str:
    """A page that is shown below the words, or what is quoted there, as a link."""
    if embed.external and embed.external.uri not in text and embed.external.uri.startswith(("https://", "http://")):
        return f"<p>{_link(embed.external.uri, embed.external.title or embed.external.uri)}</p>"
    record = embed.record
    uri = (record.get("record", record) or {}).get("uri", "") if isinstance(record, dict) else ""
    page = _page(str(uri))
    return f"<p>{_link(page, page)}</p>" if page else ""


def _page(uri: str) -> str:
    """Where a post is shown, of its address in the protocol."""
    parts = uri.removeprefix("at://").split("/")
    return POST_PAGE.format(parts[0], parts[2]) if uri.startswith("at://") and parts[1:2] == [POST] else ""


def _html(post: Post) -> str:
    """The words with their links; parts that lie across each other, or across a letter, are words alone."""
    raw, html, done = post.text.encode("utf-8", "replace"), "", 0
    for facet in sorted(post.facets[:MOST_FACETS], key=lambda facet: facet.index.byte_start):
        start, end = facet.index.byte_start, facet.index.byte_end
        if not done <= start < end <= len(raw):
            continue
        html += _words(raw[done:start]) + _linked(raw[start:end], facet)
        done = end
    return in_paragraphs((html + _words(raw[done:])).strip())


def _linked(raw: bytes, facet: Facet) -> str:
    feature = facet.features[0] if facet.features else Feature()
    words = raw.decode("utf-8", "replace")
    if feature.did and words.startswith("@"):
        page = escape(PERSON.format(feature.did))
        return f'<a href="{page}" class="u-url mention">@<span>{escape(words[1:])}</span></a>'
    return _link(feature.uri, words) if feature.uri.startswith(("https://", "http://")) else escape(words)


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def _words(raw: bytes) -> str:
    return escape(raw.decode("utf-8", "replace"), quote=False)
