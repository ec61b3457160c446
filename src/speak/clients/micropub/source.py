"""A post as an editor gets it to change it (3.7.2), and its tags, which stand in a last line of their own."""

import re
from collections.abc import Iterable
from typing import Any

from speak.federation.elsewhere.choosing import pages_elsewhere
from speak.kernel import blobs
from speak.voice.models import Post
from speak.voice.reach import Reach

TAG_LINE = re.compile(r"(?:^|\n)[ \t]*(#[\w·]+(?:[ \t]+#[\w·]+)*)[ \t]*\Z")
TAG = re.compile(r"#([\w·]{1,100})")
NOT_IN_A_TAG = re.compile(r"[^\w·]+")
VISIBILITY = {Reach.PUBLIC: "public", Reach.QUIET: "unlisted"}


def split(source: str) -> tuple[str, list[str]]:
    """The words without a last line that is nothing but tags; and those tags."""
    found = TAG_LINE.search(source.rstrip())
    if found is None:
        return source, []
    return source[: found.start()].rstrip(), TAG.findall(found[1])


def joined(words: str, categories: Iterable[str]) -> str:
    """Words with a last line of the tags that do not stand in them already."""
    there = {name.lower() for name in TAG.findall(words)}
    names: list[str] = []
    for name in map(tag_of, categories):
        if name and name.lower() not in there:
            there.add(name.lower())
            names.append(name)
    line = " ".join(f"#{name}" for name in names)
    return "\n\n".join(part for part in (words.rstrip() if line else words, line) if part)


def tag_of(category: str) -> str:
    """A category as a tag: letters and digits in one word; empty where it is a number or an address."""
    if "://" in category:
        return ""
    name = NOT_IN_A_TAG.sub("", category)[:100]
    return "" if name.isdigit() else name


def properties_of(post: Post) -> dict[str, list[Any]]:
    """A post of one's own as microformats in JSON."""
    words, _tags = split(post.source)
    photos = [(blobs.url_of(media.token), media.description) for media in post.media.all() if media.token]
    found: dict[str, list[Any]] = {
        "url": [post.url],
        "uid": [post.uri],
        "published": [post.said_at.isoformat()],
        "updated": [post.edited_at.isoformat()] if post.edited_at else [],
        "name": [post.title] if post.title else [],
        "content": [words] if words else [],
        "category": sorted(tag.name for tag in post.tags.all()),
        "photo": [{"value": url, "alt": alt} if alt else url for url, alt in photos],
        "in-reply-to": [post.in_reply_to.url if post.in_reply_to else post.in_reply_to_uri]
        if post.in_reply_to_uri
        else [],
        "visibility": [VISIBILITY.get(Reach(post.reach), "private")],
        "post-status": ["published"],
        "syndication": pages_elsewhere(post),
    }
    return {name: values for name, values in found.items() if values}
