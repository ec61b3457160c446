"""Ten sites of different make, all of Alice Example; each can be told to say something else."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from PIL import Image, ImageDraw

from speak.federation.looking_up.places import Place, Source
from speak.kernel.outbound import Answer
from tests.fakes import FakeOutbound
from tests.federation.far import actor_document

HOME = "https://home.example/@alice"
HTML = {"content-type": "text/html; charset=utf-8"}


def face(color: str, form: str = "PNG", *, side: int = 160) -> bytes:
    """A face, drawn."""
    picture = Image.new("RGB", (side, side), "#d8c8a8")
    draw = ImageDraw.Draw(picture)
    draw.ellipse([side // 4, side // 5, side * 3 // 4, side * 4 // 5], fill=color)
    draw.rectangle([side // 3, side * 4 // 5, side * 2 // 3, side], fill="#405060")
    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()


FACES = {"hers": face("#a06040"), "hers-again": face("#a06040", "JPEG", side=96), "another": face("#206030")}


@dataclass(frozen=True)
class Says:
    """What a site says of its person."""

    name: str = "Alice Example"
    about: str = "Mends boats in the harbor."
    face: str = "hers"
    me: tuple[str, ...] = (HOME,)  # with rel=me, or its like
    links: tuple[str, ...] = ()  # without
    said_at: str = "2026-10-20T08:00:00+00:00"
    more: Mapping[str, object] = field(default_factory=dict)


Site = Callable[[Says], dict[str, Answer | Exception]]


def html(body: str, head: str = "", *, title: str = "") -> Answer:
    """A page."""
    page = f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return Answer(200, page.encode(), headers=HTML)


def document(value: object, kind: str = "application/activity+json") -> Answer:
    """A JSON document."""
    return Answer(200, json.dumps(value).encode(), headers={"content-type": kind})


def picture(says: Says) -> Answer:
    """The face a site shows."""
    return Answer(200, FACES[says.face], headers={"content-type": "image/png"})


def rel_me(says: Says) -> str:
    """Its links."""
    mine = "".join(f'<a rel="me nofollow" href="{url}">elsewhere</a>' for url in says.me)
    return mine + "".join(f'<a href="{url}">a friend</a>' for url in says.links)


def mastodon(says: Says) -> dict[str, Answer | Exception]:
    """social.example: Mastodon 4, whose page is drawn by script and says in its head what it needs to."""
    actor, page = "https://social.example/users/alice", "https://social.example/@alice"
    fields = [
        {"type": "PropertyValue", "name": "Home", "value": f'<a href="{url}" rel="me nofollow noopener">{url}</a>'}
        for url in says.me
    ]
    shown = actor_document(
        actor,
        "alice",
        name=says.name,
        url=page,
        summary=f"<p>{says.about}</p>",
        icon={"type": "Image", "mediaType": "image/png", "url": "https://files.social.example/alice.png"},
        attachment=fields,
        **says.more,
    )
    head = (
        f'<link href="{actor}" rel="alternate" type="application/activity+json">'
        '<link href="https://social.example/@alice.rss" rel="alternate" type="application/rss+xml">'
        '<meta property="og:type" content="profile">'
        f'<meta property="og:title" content="{says.name} (@alice@social.example)">'
        f'<meta property="og:description" content="12 Posts, 3 Following · {says.about}">'
        '<meta property="og:image" content="https://files.social.example/alice.png">'
    )
    finger = {"subject": "acct:alice@social.example", "links": [{"rel": "self", "type": "application/activity+json"}]}
    finger["links"][0]["href"] = actor  # type: ignore[index]
    nodeinfo = "https://social.example/nodeinfo/2.0"
    return {
        page: html('<div id="mastodon"></div>', head, title=f"{says.name} (@alice@social.example) - Social"),
        actor: document(shown),
        "https://social.example/@alice.rss": rss(says, "https://social.example/@alice", author=False),
        "https://social.example/.well-known/webfinger?resource=acct:alice@social.example": document(
            finger, "application/jrd+json"
        ),
        "https://social.example/.well-known/nodeinfo": document({"links": [{"rel": "x", "href": nodeinfo}]}),
        nodeinfo: document({"software": {"name": "mastodon", "version": "4.5.0"}}, "application/json"),
        "https://files.social.example/alice.png": picture(says),
    }


def code(says: Says) -> dict[str, Answer | Exception]:
    """code.example: a page as GitHub makes it, with microformats in what it draws."""
    body = (
        '<div class="h-card" itemscope itemtype="http://schema.org/Person">'
        '<a href="https://files.code.example/1"><img class="avatar u-photo" src="https://files.code.example/1"></a>'
        f'<h1><span class="p-name vcard-fullname">{says.name}</span><span class="p-nickname">alice</span></h1>'
        f'<div class="p-note user-profile-bio"><div>{says.about}</div></div>'
        f'<ul><li itemprop="url">{rel_me(says)}</li></ul></div>'
    )
    head = (
        '<meta property="og:type" content="profile"><meta property="og:title" content="alice - Overview">'
        '<meta property="og:image" content="https://files.code.example/1">'
    )
    page = html(body, head, title=f"alice ({says.name}) · Code")
    return {"https://code.example/alice": page, "https://files.code.example/1": picture(says)}


def wordpress(says: Says) -> dict[str, Answer | Exception]:
    """blog.example: WordPress with a plugin that writes one graph of JSON-LD, as search engines want it."""
    person = {
        "@type": ["Person", "Organization"],
        "@id": "https://blog.example/#/schema/person/1",
        "name": says.name,
        "image": {"@type": "ImageObject", "url": "https://blog.example/alice.png"},
        "description": says.about,
        "sameAs": list(says.me),
    }
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "CollectionPage", "@id": "https://blog.example/", "url": "https://blog.example/"},
            {"@type": "WebSite", "name": "Tides", "publisher": {"@id": person["@id"]}},
            {"@type": "BlogPosting", "headline": "Low water", "datePublished": says.said_at},
            person,
        ],
    }
    head = (
        f'<script type="application/ld+json">{json.dumps(graph)}</script>'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="/feed/">'
        '<meta property="og:type" content="website"><meta property="og:title" content="Tides">'
        '<meta property="og:image" content="https://blog.example/boat.png">'
    )
    body = "".join(f'<a href="{url}">a friend</a>' for url in says.links)
    return {
        "https://blog.example/": html(f"<h1>Tides</h1>{body}", head, title="Tides"),
        "https://blog.example/feed/": rss(says, "https://blog.example/"),
        "https://blog.example/alice.png": picture(says),
    }


def card(says: Says) -> dict[str, Answer | Exception]:
    """alice.example: one page that she wrote by hand."""
    body = (
        '<div class="h-card"><img class="u-photo" src="/me.png" alt="">'
        f'<a class="p-name u-url u-uid" href="https://alice.example/">{says.name}</a>'
        f'<p class="p-note">{says.about}</p>{rel_me(says)}</div>'
        f'<article class="h-entry"><p class="e-content">New.</p><time class="dt-published" '
        f'datetime="{says.said_at}">then</time></article>'
    )
    return {"https://alice.example/": html(body, title="Welcome"), "https://alice.example/me.png": picture(says)}


def rss(says: Says, site: str, *, author: bool = True) -> Answer:
    """RSS 2.0 with one entry."""
    creator = f"<dc:creator><![CDATA[{says.name}]]></dc:creator>" if author else ""
    day = "Tue, 20 Oct 2026 08:00:00 +0000" if says.said_at.startswith("2026") else "Tue, 20 Oct 2020 08:00:00 +0000"
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{says.name}</title><link>{site}</link><description>{says.about}</description>"
        f"<item><title>Low water</title>{creator}<pubDate>{day}</pubDate></item></channel></rss>"
    )
    return Answer(200, body.encode(), headers={"content-type": "application/rss+xml; charset=UTF-8"})


def feed(says: Says) -> dict[str, Answer | Exception]:
    """words.example: a feed, and no page beside it."""
    return {"https://words.example/feed.xml": rss(says, "https://words.example/")}


def work(says: Says) -> dict[str, Answer | Exception]:
    """work.example: a network for work, which tells strangers little more than Open Graph does."""
    head = (
        '<meta property="og:type" content="profile">'
        f'<meta property="og:title" content="{says.name} - Boats | Work">'
        f'<meta property="og:description" content="{says.about}">'
        '<meta property="og:image" content="https://files.work.example/a.jpg">'
    )
    page = html(f"<main>Join to see more. {rel_me(says)}</main>", head, title=f"{says.name} | Work")
    return {"https://work.example/in/alice": page, "https://files.work.example/a.jpg": picture(says)}


def atom(says: Says) -> dict[str, Answer | Exception]:
    """notes.example: a page with an Atom feed beside it."""
    body = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Notes</title><author><name>{says.name}</name></author>'
        f'<link href="https://notes.example/"/><entry><updated>{says.said_at}</updated></entry></feed>'
    )
    head = '<link rel="alternate" type="application/atom+xml" href="atom.xml">'
    return {
        "https://notes.example/": html(rel_me(says), head, title=f"Notes of {says.name}"),
        "https://notes.example/atom.xml": Answer(200, body.encode(), headers={"content-type": "application/atom+xml"}),
    }


def plain(host: str) -> Site:
    """A page with a title and links, and nothing else that programs read."""

    def site(says: Says) -> dict[str, Answer | Exception]:
        return {f"https://{host}/alice": html(rel_me(says), title=f"{says.name}, at {host}")}

    return site


SITES: dict[str, Site] = {
    "https://social.example/@alice": mastodon,
    "https://code.example/alice": code,
    "https://blog.example/": wordpress,
    "https://alice.example/": card,
    "https://words.example/feed.xml": feed,
    "https://work.example/in/alice": work,
    "https://notes.example/": atom,
    "https://club.example/alice": plain("club.example"),
    "https://old.example/alice": plain("old.example"),
    "https://other.example/alice": plain("other.example"),
}
HOSTS = frozenset(address.split("/")[2] for address in (*SITES, HOME))


def web(**otherwise: Says) -> FakeOutbound:
    """All of them; `otherwise` names a site by the first word of its host and what it says instead."""
    answers: dict[str, Answer | Exception] = {}
    for address, site in SITES.items():
        answers |= site(otherwise.get(address.split("/")[2].partition(".")[0], Says()))
    return FakeOutbound(answers)


def home(**otherwise: object) -> Place:
    """Her page here, which points to all of them."""
    place = Place(
        address=HOME,
        url=HOME,
        sources=(Source.PROFILE,),
        name="Alice Example",
        about="Mends boats.",
        handle="alice@home.example",
        points_to=tuple(SITES),
    )
    return replace(place, **otherwise)  # type: ignore[arg-type]  # fields of a place
