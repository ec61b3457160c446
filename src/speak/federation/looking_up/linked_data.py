"""Who a page says it is of, by JSON-LD in the words of schema.org: Person and ProfilePage. Pure.

No context is fetched or expanded: search engines do not either, and pages write for them.
"""

import datetime as dt
from collections import deque

import msgspec

from speak.federation.documents import Node
from speak.federation.looking_up.facts import Facts
from speak.federation.looking_up.places import MAX_ABOUT, MAX_NAME, MOST_POINTERS, Source, key_of, words
from speak.federation.webmention.page import Page, web_address
from speak.kernel.times import moment
from speak.voice.sanitize import plain_text

MOST_SCRIPTS, MAX_SCRIPT, MOST_NODES, MOST_PARTS = 20, 256 * 1024, 500, 50_000
ARTICLES = frozenset({"Article", "BlogPosting", "NewsArticle", "SocialMediaPosting"})


def read_linked_data(page: Page) -> Facts:
    """What the page says in JSON-LD; nothing where it names nobody."""
    nodes = _nodes(page)
    person = _person(nodes, page.url)
    times = [time for node in nodes if _kinds(node) & ARTICLES and (time := _time(node))]
    latest_at = max(times, default=None)
    if person is None:
        return Facts(latest_at=latest_at)
    about = person.text("description", most=MAX_ABOUT) or person.text("jobTitle", most=MAX_ABOUT)
    return Facts(
        sources=(Source.JSON_LD,),
        name=words(person.text("name", most=MAX_NAME), most=MAX_NAME),
        about=words(plain_text(about), most=MAX_ABOUT),
        picture_url=web_address(page.url, _address(person, "image")),
        latest_at=latest_at,
        points_to=tuple(
            address
            for item in person.items("sameAs")[:MOST_POINTERS]
            if isinstance(item.value, str) and (address := web_address(page.url, item.value))
        ),
    )


def _nodes(page: Page) -> list[Node]:
    """Every object that has a type, each before those within it, of all scripts."""
    found: list[Node] = []
    left = MOST_PARTS
    for script in page.soup.find_all("script", type="application/ld+json", limit=MOST_SCRIPTS):
        text = script.get_text()
        if len(text) > MAX_SCRIPT:
            continue
        try:
            waiting: deque[object] = deque([msgspec.json.decode(text)])
        except (msgspec.MsgspecError, RecursionError, UnicodeError):
            continue
        while waiting and left and len(found) < MOST_NODES:
            here, left = waiting.popleft(), left - 1
            if isinstance(here, dict) and "@type" in here:
                found.append(Node(here))
            within = here if isinstance(here, list) else list(here.values()) if isinstance(here, dict) else []
            waiting.extendleft(each for each in reversed(within) if isinstance(each, dict | list))
    return found


def _person(nodes: list[Node], url: str) -> Node | None:
    """What a profile page is about; or who has this page; or the only person there is a name of."""
    people = [node for node in nodes if "Person" in _kinds(node) and node.text("name", most=MAX_NAME)]
    for page in nodes:
        subject = page.first("mainEntity") if "ProfilePage" in _kinds(page) else None
        if subject is None:
            continue
        for person in people:
            if person.value is subject.value or (_id(person) and _id(person) == _id(subject)):
                return person
    here = key_of(url)
    for person in people:
        if here in {key_of(person.text("url", most=2048)), key_of(_id(person))}:
            return person
    return people[0] if len({person.text("name", most=MAX_NAME) for person in people}) == 1 else None


def _kinds(node: Node) -> set[str]:
    kinds = (item.value for item in node.items("@type") if isinstance(item.value, str))
    return {kind.removeprefix("https://schema.org/").removeprefix("http://schema.org/") for kind in kinds}


def _id(node: Node) -> str:
    return node.text("@id", most=2048)


def _address(node: Node, name: str) -> str:
    """A picture: its address, or an ImageObject with it."""
    found = node.first(name)
    if found is None:
        return ""
    if isinstance(found.value, str):
        return found.value
    return found.text("url", most=2048) or found.text("contentUrl", most=2048)


def _time(node: Node) -> dt.datetime | None:
    return moment(node.text("datePublished", most=60))
