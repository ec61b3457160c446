"""How long somebody's own words are, without markup and what they quote. The words themselves are not kept."""

import html
import re

BLOCK = re.compile(r"</?(?:p|br|div|li|ul|ol|h\d|pre|tr|td|blockquote)\b[^>]{0,5000}>", re.IGNORECASE)
TAG = re.compile(r"<[^>]{0,5000}>")
QUOTED_HTML = re.compile(r"<blockquote\b.*?(?:</blockquote>|\Z)", re.DOTALL | re.IGNORECASE)
BLANK = re.compile(r"\s+")
MENTION = re.compile(r"(?<![\w@./])@([\w][\w.-]{0,100})")


def length(text: str) -> int:
    """Characters of plain text, with every run of blanks as one."""
    return len(BLANK.sub(" ", text).strip())


def length_of_html(text: str) -> int:
    """The same of HTML, without what it quotes."""
    return length(html.unescape(TAG.sub("", BLOCK.sub(" ", QUOTED_HTML.sub(" ", text)))))


def mentions(text: str) -> list[str]:
    """The @names in plain text, without a dot or dash at their end."""
    return [found.rstrip(".-") for found in MENTION.findall(text)] if "@" in text else []
