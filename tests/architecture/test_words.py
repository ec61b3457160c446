"""Promise 17, plain words; and every sentence a person may read can be said in their language.

What a page shows or reads aloud is looked at, and nothing else: not its classes, not its addresses.
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from .source import SPEAK, dotted, modules, templates

NEVER = re.compile(r"\b(users?|contents?|engagement|adoption|activation)\b", re.IGNORECASE)
TRANSLATING = re.compile(r"^(_|(n|p|np)?gettext(_lazy|_noop)?)$")
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?endcomment\s*%\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
WORDS_IN_TAG = re.compile(r"""["']([^"']*)["']""")
TRANSLATED_BLOCK = re.compile(r"\{%\s*blocktrans.*?endblocktrans\w*\s*%\}", re.DOTALL)
SENTENCE = re.compile(r"[A-Z]\w|\w+\s+\w+")
SAYING_TAG = re.compile(r"\{%\s*(?:translate|trans)\s")
READ_ALOUD = {"alt", "aria-description", "aria-label", "label", "placeholder", "title"}
UNSEEN = {"script", "style", "template"}


class Reader(HTMLParser):
    """Collects what a page shows or reads aloud: its text, and attributes that carry sentences."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        read = READ_ALOUD | {"value"} if ("type", "submit") in attrs else READ_ALOUD
        self.heard += [text for name, text in attrs if name in read and text]

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.heard.append(data)


def words_of(page: str) -> str:
    """The words of a template that can reach a person."""
    said = [
        words
        for tag in TAG.findall(COMMENT.sub("", page))
        if SAYING_TAG.match(tag)
        for words in WORDS_IN_TAG.findall(tag)
    ]
    return "\n".join([*said, *heard_on(page, instead_of_tags=" ")])


def heard_on(page: str, *, instead_of_tags: str) -> list[str]:
    """What stands on a template as it is, without what its tags put there."""
    reader = Reader()
    reader.feed(TAG.sub(instead_of_tags, COMMENT.sub("", page)))
    reader.close()
    return reader.heard


def test_what_is_read_aloud_is_found_and_what_is_not_is_left_alone() -> None:
    page = """<meta name="x" content="users"><img alt="Her adoption"><input type="hidden" value="user">
    {# user #}{% if user.content %}{% translate 'Activation' %}{% endif %}<p class="content">Engagement</p>"""
    assert NEVER.findall(words_of(page)) == ["Activation", "adoption", "Engagement"]


@pytest.mark.parametrize("template", templates(), ids=lambda path: path.relative_to(SPEAK).as_posix())
def test_pages_use_plain_words(template: Path) -> None:
    assert not NEVER.findall(words_of(template.read_text(encoding="utf-8")))


@pytest.mark.parametrize("template", templates(), ids=lambda path: path.relative_to(SPEAK).as_posix())
def test_every_sentence_on_a_page_can_be_translated(template: Path) -> None:
    page = TRANSLATED_BLOCK.sub("", template.read_text(encoding="utf-8"))
    assert not [text.strip() for text in heard_on(page, instead_of_tags="") if SENTENCE.search(text)]


def test_sentences_in_the_source_use_plain_words() -> None:
    breaches = [f"{place} says {sentence!r}" for place, sentence in _sentences() if NEVER.search(sentence)]
    assert not breaches


def _sentences() -> Iterator[tuple[str, str]]:
    """Everything marked for translation, and every sentence a refusal is raised with.

    What federation raises goes to other servers, in the words of the protocol.
    """
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and module.package != "federation":
                call = node.exc
            elif isinstance(node, ast.Call) and TRANSLATING.match(dotted(node.func).rpartition(".")[2]):
                call = node
            else:
                continue
            if not _is_for_developers(call):
                for part in ast.walk(call):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield module.at(part), part.value


def _is_for_developers(call: ast.Call) -> bool:
    """Whether what is raised is Python's own error, which no person at a page ever reads."""
    return dotted(call.func) in {"AssertionError", "LookupError", "RuntimeError", "TypeError", "ValueError"}
