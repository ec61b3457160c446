"""Pictures within the words of an entry; the words themselves are shown without any. Pure."""

from html.parser import HTMLParser

from speak.federation.sites.feeds.values import MAX_PICTURES, FeedPicture, address
from speak.voice.sanitize import MOST_TAGS

MAX_DESCRIPTION = 1500
# Smaller ones are there to see who reads.
SMALLEST = 10
BY_SUFFIX = {"png": "image/png", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif", "svg": ""}


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            given = {name: value or "" for name, value in attrs}
            sizes = (given.get("width", ""), given.get("height", ""))
            if not any(size.isdigit() and int(size[:6]) < SMALLEST for size in sizes):
                self.found.append((given.get("src", ""), given.get("alt", "")))


def pictures_in(html: str, *, base: str) -> list[FeedPicture]:
    """The first few pictures that stand in HTML."""
    if "<img" not in html or html.count("<") > MOST_TAGS:
        return []
    finder = _Finder()
    finder.feed(html)
    found = (picture(src, base=base, description=alt) for src, alt in finder.found[: MAX_PICTURES * 2])
    return [one for one in found if one is not None]


def picture(src: str, *, base: str, description: str = "", media_type: str = "") -> FeedPicture | None:
    """One picture; nothing where its address is none, or it is none that is shown."""
    url = address(base, src) if src else ""
    suffix = url.partition("?")[0].rpartition(".")[2].lower()
    kind = media_type or BY_SUFFIX.get(suffix, "image/jpeg")
    return FeedPicture(url, kind, description.strip()[:MAX_DESCRIPTION]) if url and kind else None


def distinct(*pictures: FeedPicture | None) -> tuple[FeedPicture, ...]:
    """Each once, the first few."""
    return tuple({one.url: one for one in reversed(pictures) if one is not None}.values())[::-1][:MAX_PICTURES]
