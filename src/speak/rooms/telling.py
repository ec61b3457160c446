"""From a story and the words in it to the text that is told. Pure, but for the models it reads."""

import hashlib
import re
from collections.abc import Iterable
from urllib.parse import quote

from speak.rooms.models import Quotation, QuotationState, Story

OPEN = {QuotationState.CHOSEN, QuotationState.ASKED, QuotationState.DECLINED}
PLACE = re.compile(r"^\[\[words (\d{1,18})\]\]\s*$", re.MULTILINE)
GONE = "*Words that stood here were taken back by whoever said them.*"
ANEW = "*Words that stood here may stand here again, if whoever said them agrees to the story as it is now.*"
WAITING = "*Here stand words of {name}, once they agree.*"
# What an address keeps as it is: no space and no bracket ends it early, so that nothing after it is read as words.
IN_ADDRESSES = "%/:?#@!$&'*+,;=~-._"
SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~])")


def place_of(quotation: Quotation) -> str:
    """The line of a story's source where these words stand."""
    return f"[[words {quotation.pk}]]"


def text_of(story: Story, quotations: Iterable[Quotation], *, shown_to: int | None = None) -> str:
    """The article as Markdown: each line that names words becomes those words, where their author agreed.

    `shown_to`: the id of an author who is asked; their own words are shown to them in their place.
    """
    by_number = {quotation.pk: quotation for quotation in quotations}

    def words(match: re.Match[str]) -> str:
        quotation = by_number.get(int(match[1]))
        if quotation is None:
            return ""
        if quotation.state == QuotationState.AGREED or (quotation.author_id == shown_to and quotation.state in OPEN):
            return block_of(quotation)
        if quotation.state == QuotationState.TAKEN_BACK:
            return GONE
        if story.told_at:
            return ANEW
        return WAITING.format(name=escaped(quotation.author.called))

    return PLACE.sub(words, story.source)


def places_in(source: str) -> set[int]:
    """The numbers of the quotations that have their place in a text."""
    return {int(number) for number in PLACE.findall(source)}


def block_of(quotation: Quotation) -> str:
    """The words as they stand in the article, with whose they are."""
    lines = "\n".join(f"> {escaped(line)}".rstrip() for line in quotation.excerpt.splitlines() or [""])
    author = quotation.author
    return f"{lines}\n>\n> — [{escaped(author.called)}]({quote(author.url or author.uri, safe=IN_ADDRESSES)})"


def escaped(text: str) -> str:
    """Plain words as Markdown shows them as they are; nobody is called by name in words of others."""
    return SPECIAL.sub(r"\\\1", text.replace("@", "@\u2060"))


def digest_of(story: Story, quotation: Quotation) -> str:
    """What somebody agrees to: their words, all that stands around them, and who will read it.

    A story that was told and then changed may have a warning and pictures as well.
    """
    parts = [quotation.excerpt, story.title, story.source, str(story.reach), str(story.room)]
    if story.post:
        shown = [f"{media.token} {media.description}" for media in story.post.media.all()]
        parts += [story.post.summary, *shown] if story.post.summary or shown else []
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def is_in(words: str, text: str) -> bool:
    """Whether these words stand in this text, however the lines break."""
    wanted = " ".join(words.split())
    return bool(wanted) and wanted in " ".join(text.split())
