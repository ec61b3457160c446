"""What stands in the words of others, or beside them, and is neither picture nor film here: told or linked. Pure."""

import html
import re
from collections.abc import Collection
from functools import partial

from speak.federation.documents.media import SHOWN, media_of
from speak.federation.documents.nodes import Node

MAX_LINKS, MAX_NAME = 10, 300
# Up to the next “<” only: what is never closed would be looked at again and again.
PICTURE = re.compile(r"<img\b([^<>]*)>", re.IGNORECASE)
SAID = re.compile(r"""\b(src|alt|class)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def with_pictures_told(words: str, *, apart_from: Collection[str] = ()) -> str:
    """HTML with a link for each picture in it, by what is said of it; nothing of others is fetched by a page here.

    Of a picture that stands for a sign, the sign is left; of one that is attached as well, nothing.
    """
    return PICTURE.sub(partial(_told, apart_from=apart_from), words)


def links_attached(node: Node, words: str) -> str:
    """A link for each file or page that is attached and is nothing to look at or listen to."""
    found = (media_of(item) for item in node.items("attachment") if item.is_object)
    others = [each for each in found if each is not None and not each.media_type.startswith(SHOWN)]
    return "".join(
        f"<p>{_link(each.url, each.description[:MAX_NAME] or each.url)}</p>"
        for each in others[:MAX_LINKS]
        if html.escape(each.url) not in words
    )


def _told(found: re.Match[str], *, apart_from: Collection[str]) -> str:
    said = {name.lower(): double or single for name, double, single in SAID.findall(found[1])}
    description, url = html.unescape(said.get("alt", "")), html.unescape(said.get("src", ""))
    if "emoji" in said.get("class", "") or not url.startswith(("https://", "http://")):
        return html.escape(description)
    return _link(url, description) if description and url not in apart_from else ""


def _link(url: str, name: str) -> str:
    return f'<a href="{html.escape(url)}">{html.escape(name)}</a>'
