"""blog.example: a site with feeds of every kind, played by a table of documents."""

import datetime as dt

from speak.federation.discovery import resolve
from speak.identity.actions import follow
from speak.identity.models import Actor
from speak.kernel.outbound import Answer
from speak.voice.models import Post
from speak.voice.queries import Window, home_timeline
from tests.fakes import FakeOutbound

BLOG = "https://blog.example"
FEED = f"{BLOG}/feed.xml"
START = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def served(body: str | bytes, kind: str = "application/atom+xml", *, status: int = 200, **headers: str) -> Answer:
    """A document."""
    raw = body.encode() if isinstance(body, str) else body
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, raw, headers={"content-type": kind, **given})


def entry(number: int, *, words: str = "", title: str = "", hours: int | None = None) -> str:
    """An Atom entry; each an hour later than the one before."""
    said_at = (START + dt.timedelta(hours=number if hours is None else hours)).isoformat()
    return (
        f"<entry><id>tag:blog.example,2026:{number}</id><title>{title or f'Entry {number}'}</title>"
        f'<link href="{BLOG}/{number}"/><published>{said_at}</published><updated>{said_at}</updated>'
        f'<content type="html">{words or f"&lt;p&gt;Words {number}.&lt;/p&gt;"}</content></entry>'
    )


def atom(*entries: str, more: str = "", title: str = "A blog") -> str:
    """An Atom feed, the newest first as given."""
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>{title}</title>'
        f'<id>{BLOG}/</id><link href="{BLOG}/"/>{more}{"".join(entries)}</feed>'
    )


def page(head: str = "", body: str = "") -> Answer:
    """A page of HTML."""
    text = f"<!doctype html><html><head><title>A blog</title>{head}</head><body>{body}</body></html>"
    return served(text, "text/html; charset=utf-8")


def blog(*entries: str, **headers: str) -> FakeOutbound:
    """A site whose page names an Atom feed."""
    named = f'<link rel="stylesheet" href="/s.css"><link rel="alternate" type="application/atom+xml" href="{FEED}">'
    return FakeOutbound({f"{BLOG}/": page(named), FEED: served(atom(*entries), status=200, **headers)})


def found(viewer: Actor, outbound: FakeOutbound, url: str = f"{BLOG}/") -> Actor:
    """The site that an address leads somebody to."""
    actor = resolve(viewer, url, ask=outbound.ask)
    assert isinstance(actor, Actor)
    return actor


def followed(viewer: Actor, outbound: FakeOutbound, url: str = f"{BLOG}/") -> Actor:
    """The same, and they follow it."""
    site = found(viewer, outbound, url)
    follow(viewer, target=site)
    return site


def at_home(viewer: Actor) -> list[Post]:
    """What stands on somebody's home page."""
    return [item.post for item in home_timeline(viewer, Window(limit=40))]
