"""Whose a feed is: of the one who writes in it, and nobody's where several do."""

import json

import pytest

from speak.federation.looking_up.feeds import read_feed
from speak.kernel.outbound import Answer

SITE = "https://site.example/"
ALICE, BOB = {"name": "Alice", "avatar": "/alice.png"}, {"name": "Bob"}


def named(body: str | dict[str, object], media_type: str) -> tuple[str, str]:
    """The name and the picture that a feed gives."""
    written = body if isinstance(body, str) else json.dumps(body)
    found = read_feed(Answer(200, written.encode(), SITE, {"content-type": media_type}), url=SITE)
    assert found is not None
    assert (found.heading, found.also, str(found.latest_at)[:10]) == ("Boats", (SITE,), "2024-01-02")
    return found.name, found.picture_url


def atom(*authors: str) -> str:
    said = "".join(f"<author><name>{name}</name></author>" for name in authors[1:])
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Boats</title><link href="/"/>'
        f"<author><name>{authors[0]}</name></author><entry><published>2024-01-02T10:00:00Z</published>{said}</entry></feed>"
    )


def rss(*authors: str) -> str:
    return (
        '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Boats</title>'
        f"<link>{SITE}</link><item><pubDate>Tue, 02 Jan 2024 10:00:00 GMT</pubDate>"
        f"{''.join(authors)}</item></channel></rss>"
    )


def json_feed(*authors: dict[str, str]) -> dict[str, object]:
    item = {"id": "1", "date_published": "2024-01-02T10:00:00Z", "authors": list(authors[1:])}
    head = {"version": "https://jsonfeed.org/version/1.1", "title": "Boats", "home_page_url": SITE}
    return {**head, "authors": list(authors[:1]), "items": [item]}


@pytest.mark.parametrize(
    ("body", "media_type", "name"),
    [
        (atom("Alice", "Alice"), "application/atom+xml", "Alice"),
        (atom("Alice", "Bob"), "application/atom+xml", ""),
        (rss("<dc:creator>Alice</dc:creator>"), "application/rss+xml; charset=utf-8", "Alice"),
        (rss("<author>alice@site.example</author>"), "text/xml", ""),
        (rss("<dc:creator>Alice</dc:creator>", "<author>Bob</author>"), "application/rss+xml", ""),
        (json_feed(ALICE, {"name": "Alice"}), "application/feed+json", "Alice"),
        (json_feed(ALICE, BOB), "application/feed+json", ""),
    ],
)
def test_a_name_is_believed_where_one_person_writes(body: str | dict[str, object], media_type: str, name: str) -> None:
    picture = f"{SITE}alice.png" if name and media_type.endswith("json") else ""
    assert named(body, media_type) == (name, picture)


def test_what_is_served_as_something_else_is_no_feed() -> None:
    assert read_feed(Answer(200, atom("Alice").encode(), SITE, {"content-type": "text/html"}), url=SITE) is None
