"""Who a page says it is of, by microformats2: its representative h-card, and when its newest entry is from. Pure."""

import mf2py

from speak.federation.looking_up.facts import Facts
from speak.federation.looking_up.places import MAX_ABOUT, MAX_NAME, Source, key_of, words
from speak.federation.webmention.page import Item, Page, every_item, text_in, web_address
from speak.kernel.times import moment


def read_card(page: Page) -> Facts:
    """What the page says in microformats; nothing where it uses none.

    Whose it is: https://microformats.org/wiki/representative-h-card-parsing; and where that names nobody, the only
    card of the page that belongs to nothing else, or the only author of its entries.
    """
    try:
        parsed = mf2py.parse(doc=page.soup, url=page.url)
    except RecursionError:
        return Facts()
    items = list(every_item(parsed["items"]))
    cards = [item for item in items if "h-card" in item["type"]]
    entries = [item for item in items if "h-entry" in item["type"]]
    top = [item for item in parsed["items"] if "h-card" in item["type"]]
    card = _representative(cards, page.url, parsed["rels"].get("me", [])) or _only(top) or _only(_authors(entries))
    times = [time for entry in entries if (time := moment(text_in(entry, "published")))]
    if card is None:
        return Facts(sources=(Source.MICROFORMATS,) if entries else (), latest_at=max(times, default=None))
    about = text_in(card, "note") or " · ".join(filter(None, (text_in(card, "job-title"), text_in(card, "org"))))
    return Facts(
        sources=(Source.MICROFORMATS,),
        name=words(text_in(card, "name"), most=MAX_NAME),
        about=words(about, most=MAX_ABOUT),
        picture_url=web_address(page.url, text_in(card, "photo")),
        latest_at=max(times, default=None),
    )


def _representative(cards: list[Item], url: str, identities: list[str]) -> Item | None:
    here, others = key_of(url), {key_of(address) for address in identities}
    for card in cards:
        if here in _keys(card, "uid") and here in _keys(card, "url"):
            return card
    for card in cards:
        if _keys(card, "url") & others:
            return card
    return _only([card for card in cards if here in _keys(card, "url")])


def _only(cards: list[Item]) -> Item | None:
    """The one there is; several that say the same name are one."""
    names = {words(text_in(card, "name"), most=MAX_NAME) for card in cards}
    return cards[0] if len(names) == 1 else None


def _authors(entries: list[Item]) -> list[Item]:
    return [
        author
        for entry in entries
        for author in entry["properties"].get("author", [])
        if isinstance(author, dict) and "properties" in author
    ]


def _keys(card: Item, name: str) -> set[str]:
    return {key_of(value) for value in card["properties"].get(name, []) if isinstance(value, str)} - {""}
