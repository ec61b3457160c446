"""From HTML that was written elsewhere back to what its author could have typed here, to be edited. Pure."""

from urllib.parse import urlsplit

from speak.kernel.soup import is_tag, markdown_of, soup_of
from speak.voice.sanitize import plain_text


def source_of(html: str, *, is_article: bool) -> str:
    """The words of sanitized HTML: Markdown for an article, lines for a note.

    Whom it calls by name is called by their full address: a bare name would mean somebody here.
    """
    if "mention" in html:
        html = _with_full_names(html)
    if not is_article:
        return plain_text(html)
    try:
        return markdown_of(html)
    except RecursionError:  # nested deeper than anybody writes
        return plain_text(html)


def _with_full_names(html: str) -> str:
    soup = soup_of(html)
    for link in soup.select("a.mention:not(.hashtag)"):
        if is_tag(link):
            name, host = link.get_text().strip(), _host_of(str(link.get("href", "")))
            if name.startswith("@") and "@" not in name[1:] and host:
                link.replace_with(f"{name}@{host}")
    return str(soup)


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""
