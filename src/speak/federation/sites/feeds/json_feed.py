"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from html import escape

from speak.federation.documents import Malformed, Node, decode
from speak.federation.sites.feeds.pictures import distinct, picture, pictures_in
from speak.federation.sites.feeds.values import (
    MAX_ABOUT,
    MAX_ENTRIES,
    MAX_HTML,
    MAX_KEY,
    MAX_NAME,
    MAX_TITLE,
    Feed,
    FeedAuthor,
    FeedEntry,
    address,
    language,
    line,
    paragraphs,
    tags,
    words,
)
from speak.kernel.times import moment

VERSIONS = ("https://jsonfeed.org/version/1", "http://jsonfeed.org/version/1")
SHOWN = ("image/", "audio/", "video/")


def read_json(body: bytes, *, url: str) -> Feed:
    """A feed document.

    Raises:
        Malformed: it is none.
    """
    root = decode(body)
    if not root.text("version", most=60).startswith(VERSIONS):
        raise Malformed("version", "is not that of a JSON feed")
    home = root.text("home_page_url", most=MAX_KEY)
    hubs = (_address(hub, "url", url) for hub in root.items("hubs") if hub.text("type", most=20).lower() == "websub")
    spoken = root.text("language", most=20)
    items = [item for item in root.items("items")[:MAX_ENTRIES] if item.is_object]
    authors = [
        _author(author, url) for each in (root, *items) for author in each.items("authors") or each.items("author")
    ]
    return Feed(
        url=url,
        title=line(root.text("title", most=MAX_NAME), most=MAX_NAME),
        about=line(root.text("description", most=MAX_ABOUT), most=MAX_ABOUT),
        page_url=address(url, home),
        picture_url=_address(root, "icon", url) or _address(root, "favicon", url),
        entries=tuple(_entry(item, url, spoken) for item in items),
        authors=tuple(dict.fromkeys(author for author in authors if author.name)),
        hub_urls=tuple(hub for hub in hubs if hub),
        self_url=_address(root, "feed_url", url),
    )


def _address(node: Node, name: str, base: str) -> str:
    said = node.text(name, most=MAX_KEY)
    return address(base, said) if said else ""


def _author(author: Node, base: str) -> FeedAuthor:
    return FeedAuthor(line(author.text("name", most=MAX_NAME), most=MAX_NAME), _address(author, "avatar", base))


def _entry(item: Node, url: str, spoken: str) -> FeedEntry:
    found = item.first("id")
    key = str(found.value) if found is not None and isinstance(found.value, str | int | float) else ""
    page = _address(item, "url", url) or _address(item, "external_url", url)
    plain = item.text("content_text", most=MAX_HTML)
    html = item.text("content_html", most=MAX_HTML * 5)
    html = html or paragraphs(escape(plain))
    html = html or escape(item.text("summary", most=MAX_HTML))
    said = item.text("date_published", most=60) or item.text("date_modified", most=60)
    return FeedEntry(
        key=(key.strip() or page or said)[:MAX_KEY],
        url=page,
        title=line(item.text("title", most=MAX_TITLE), most=MAX_TITLE),
        html=words(html, base=page or url),
        said_at=moment(said),
        tags=tags([tag.value for tag in item.items("tags") if isinstance(tag.value, str)]),
        pictures=distinct(
            picture(item.text("image", most=MAX_KEY), base=url),
            *(
                picture(file.text("url", most=MAX_KEY), base=url, media_type=kind)
                for file in item.items("attachments")
                if file.is_object and (kind := file.text("mime_type", most=100)).startswith(SHOWN)
            ),
            *pictures_in(html, base=page or url),
        ),
        language=language(item.text("language", most=20) or spoken),
    )
