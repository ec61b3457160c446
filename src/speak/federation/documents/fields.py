"""Fields of a profile: names and values that somebody chose (schema.org's PropertyValue). Pure."""

from html import unescape

from speak.federation.documents.nodes import is_web_address
from speak.kernel.soup import soup_of

LONGEST = 2048  # a longer value is not read


def address_alone(value_html: str) -> str:
    """The address that a field of a profile is, where it is one and nothing else: in plain words or as one link."""
    if len(value_html) > LONGEST:
        return ""
    if "<" not in value_html:
        text = unescape(value_html).strip()
        return text if is_web_address(text) else ""
    soup = soup_of(value_html)
    text, links = soup.get_text().strip(), soup.find_all("a", href=True)
    if not links:
        return text if is_web_address(text) else ""
    href = str(links[0]["href"])
    is_shown = text.rstrip("/") in {href.rstrip("/"), href.partition("://")[2].rstrip("/")}
    return href if len(links) == 1 and is_shown and is_web_address(href) else ""
