"""XML of strangers, as small trees: no entity is declared, nothing is fetched, and no more is built than is allowed.

What XML does not allow and programs write all the same is read: control characters (XML 1.0, 2.2), HTML's names of
characters, space in front, a body that is not in the encoding it names.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import entities, escape
from typing import BinaryIO
from xml.parsers.expat import ExpatError, ParserCreate

PIECE = 256 * 1024
XML = "http://www.w3.org/XML/1998/namespace"
SEPARATOR = " "
NAMED, LONGEST_NAME = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});"), 33
OF_XML = {"amp", "lt", "gt", "quot", "apos"}
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# How a document says in which way it is written (XML 1.0, 4.3.3 and F); the first bytes count before that.
BEGINNING = 200
DECLARED = re.compile(rb"""^<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']""")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
VOID = {"br", "hr", "img", "wbr", "input", "source", "col"}


class NotXml(ValueError):
    """It is not XML to its end, declares entities, or has more parts than anybody writes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one tree: how many elements, how deep, how many characters of words."""

    elements: int
    depth: int
    letters: int


WHOLE = Limits(60_000, 60, 32 * 1024 * 1024)
# Of one post with all that belongs to it, its comments too.
IN_PARTS = Limits(200_000, 100, 32 * 1024 * 1024)


class Element:
    """An element: its namespace, its local name, its attributes, and what stands in it, in order."""

    __slots__ = ("attributes", "name", "namespace", "parts")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        """`name` is as expat gives it: the namespace, a space, the local name."""
        self.namespace, _, self.name = name.rpartition(SEPARATOR)
        self.attributes = attributes
        self.parts: list[Element | str] = []

    @property
    def children(self) -> Iterator["Element"]:
        """The elements directly in it."""
        return (part for part in self.parts if isinstance(part, Element))

    def all(self, name: str, *namespaces: str) -> list["Element"]:
        """Its children of this name, in one of these namespaces; in any where none is given."""
        return [
            child for child in self.children if child.name == name and (not namespaces or child.namespace in namespaces)
        ]

    def first(self, name: str, *namespaces: str) -> "Element | None":
        """The first of them."""
        return next(iter(self.all(name, *namespaces)), None)

    def text_of(self, name: str, *namespaces: str) -> str:
        """The words of the first child of this name that has any."""
        return next((text for child in self.all(name, *namespaces) if (text := child.text().strip())), "")

    def text(self) -> str:
        """All words in it."""
        return "".join(part if isinstance(part, str) else part.text() for part in self.parts)

    def xml_attribute(self, name: str) -> str:
        """xml:base (XML Base, 3) or xml:lang (XML 1.0, 2.12)."""
        return self.attributes.get(f"{XML}{SEPARATOR}{name}", "")

    def html(self) -> str:
        """What stands in it, written as HTML."""
        return "".join(escape(part, quote=False) if isinstance(part, str) else part.outer_html() for part in self.parts)

    def outer_html(self) -> str:
        """The element itself, likewise."""
        given = "".join(f' {name}="{escape(said)}"' for name, said in self.attributes.items() if SEPARATOR not in name)
        return f"<{self.name}{given}>" + ("" if self.name in VOID else f"{self.html()}</{self.name}>")


class _Builder:
    """Builds each wanted element as expat reads; of all around it, nothing is kept. Where none is named, the root."""

    def __init__(self, limits: Limits, wanted: frozenset[str]) -> None:
        self.done: list[Element] = []
        self._limits, self._wanted = limits, wanted
        self._open: list[Element] = []
        self._depth = self._count = self._letters = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > self._limits.depth or self._count > self._limits.elements:
            raise NotXml("has more parts than anybody writes")
        if self._open or not self._wanted or name.rpartition(SEPARATOR)[2] in self._wanted:
            element = Element(name, attributes)
            if self._open:
                self._open[-1].parts.append(element)
            self._open.append(element)

    def end(self, _name: str) -> None:
        self._depth -= 1
        if self._open:
            element = self._open.pop()
            if not self._open:
                self.done.append(element)
        if not self._open:
            self._count = self._letters = 0

    def words(self, data: str) -> None:
        if self._open:
            self._letters += len(data)
            if self._letters > self._limits.letters:
                raise NotXml("holds more words than anybody writes")
            self._open[-1].parts.append(data)

    def declared(self, *_what: object) -> None:
        raise NotXml("declares entities")


def read_xml(body: bytes, *, charset: str = "") -> Element:
    """The root of a small document. `charset` is what it was served as; without one the document says so itself.

    Raises:
        NotXml: see there.
    """
    (root,) = _read([body], _Builder(WHOLE, frozenset()), charset=charset, errors="replace")
    return root


def elements_in(stream: BinaryIO, *wanted: str) -> Iterator[Element]:
    """Each element of these local names in a large document, once it is complete, in little memory.

    Whichever of them stands in another comes with that.

    Raises:
        NotXml: see there; also if it is not in the encoding that it names.
        OSError, EOFError: the stream's own.
    """
    yield from _read(iter(lambda: stream.read(PIECE), b""), _Builder(IN_PARTS, frozenset(wanted)), errors="strict")


def _read(pieces: Iterable[bytes], builder: _Builder, *, errors: str, charset: str = "") -> Iterator[Element]:
    parser = ParserCreate(encoding="utf-8", namespace_separator=SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.words
    parser.EntityDeclHandler = builder.declared
    # As if there were a description of the document that nobody reads: names that nobody knows are passed over.
    parser.UseForeignDTD(True)  # noqa: FBT003 - expat takes no names
    try:
        for text in _texts(pieces, charset, errors):
            clean = CONTROLS.sub("", NAMED.sub(_numbered, text))
            parser.Parse(clean.encode(errors="replace"), False)  # noqa: FBT003 - likewise
            yield from builder.done
            builder.done.clear()
        parser.Parse(b"", True)  # noqa: FBT003 - likewise
    except (ExpatError, UnicodeError) as error:
        raise NotXml(f"is not XML ({error})") from error


def _texts(pieces: Iterable[bytes], charset: str, errors: str) -> Iterator[str]:
    """The pieces as text; no name of a character is cut in two."""
    decoder: codecs.IncrementalDecoder | None = None
    kept = ""
    for piece in pieces:
        if decoder is None:
            decoder = _decoder(piece[:BEGINNING].lstrip(), charset, errors)
            text = decoder.decode(piece).lstrip()
        else:
            text = kept + decoder.decode(piece)
        cut = text.rfind("&", -LONGEST_NAME)
        text, kept = (text, "") if cut < 0 else (text[:cut], text[cut:])
        yield text
    yield kept + (decoder.decode(b"", final=True) if decoder else "")


def _decoder(start: bytes, charset: str, errors: str) -> codecs.IncrementalDecoder:
    """By its first bytes, what it was served as, or what it says itself; UTF-8 where none of that helps."""
    declared = DECLARED.match(start)
    marked = next((name for mark, name in MARKS if start.startswith(mark)), "")
    for name in (marked, charset, declared[1].decode() if declared else ""):
        try:
            if name and codecs.lookup(name)._is_text_encoding:  # noqa: SLF001 - only such decode to text
                return codecs.getincrementaldecoder(name)(errors)
        except (LookupError, ValueError):
            continue
    return codecs.getincrementaldecoder("utf-8")(errors)


def _numbered(found: re.Match[str]) -> str:
    number = entities.name2codepoint.get(found[1]) if found[1] not in OF_XML else None
    return f"&#{number};" if number else found[0]
