"""What remains of HTML that somebody else wrote. Pure."""

import html as entities
import re

import nh3

TAGS = {
    "p", "br", "span", "a", "del", "s", "pre", "code", "em", "strong", "b", "i", "u", "ul", "ol", "li",
    "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ruby", "rt", "rp", "hr", "sub", "sup",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "class", "hreflang"},
    "span": {"class"},
    "p": {"class"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "*": {"lang", "dir"},
}
SCHEMES = {"http", "https", "mailto", "xmpp", "gemini", "gopher", "ipfs", "matrix", "magnet", "tel"}
KEPT_CLASS = re.compile(r"(?:h|p|u|dt|e)-[a-z0-9-]+|mention|hashtag|ellipsis|invisible|quote-inline")
# A parser takes the square of the time for tags within tags, and for escapes one after the other: minutes for
# a megabyte that somebody made for it. What has more of them is shown as the plain words it holds.
MOST_TAGS, MOST_ESCAPES = 6_000, 20_000
OPENING_TAG = re.compile(r"<[a-z]", re.IGNORECASE)
MARKUP = re.compile(r'<(?:[^<>"]|"[^"]*")*>')
DROPPED_WHOLE = {"script", "style", "iframe", "object", "template", "noscript", "svg", "math", "select"}


def sanitize(raw: str, *, base: str = "") -> str:
    """HTML that may be shown on our pages: the allow-list of interop, links that vouch for nobody.

    Links that name no server are those of `base`; without one they are left out.
    """
    if raw.count("&") > MOST_ESCAPES or len(OPENING_TAG.findall(raw)) > MOST_TAGS:
        raw = f"<p>{entities.escape(_without_markup(raw))}</p>"
    return nh3.clean(
        raw,
        tags=TAGS,
        clean_content_tags=DROPPED_WHOLE,
        attributes=ATTRIBUTES,
        attribute_filter=_kept_attribute,
        url_schemes=SCHEMES,
        url_relative=("rewrite_with_base", base) if base else "deny",
        link_rel="nofollow noopener noreferrer",
    ).strip()


def plain_text(html: str) -> str:
    """The words alone, of HTML that is sanitized: blocks and line breaks become new lines."""
    broken = re.sub(r"<br\s*/?>|</(?:p|li|h[1-6]|blockquote|pre)>", "\n", html)
    return _without_markup(broken).strip()


def _without_markup(html: str) -> str:
    return entities.unescape(MARKUP.sub("", html)).replace("\0", "")


def _kept_attribute(_tag: str, attribute: str, value: str) -> str | None:
    if attribute != "class":
        return value
    kept = " ".join(name for name in value.split() if KEPT_CLASS.fullmatch(name))
    return kept or None
