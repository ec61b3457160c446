"""Large XML files, an element at a time, in little memory: no entity is declared, nothing fetched, nothing deep."""

from collections.abc import Iterator
from html import entities, escape
from typing import BinaryIO
from xml.parsers.expat import ExpatError, ParserCreate

from speak.clients.bringing.documents import garbled
from speak.mirror.archives.containers import Container
from speak.mirror.errors import Damaged

PIECE = 256 * 1024
DEEPEST = 100
# Of one post with all that belongs to it, its comments too.
MOST_ELEMENTS, MOST_LETTERS = 200_000, 32 * 1024 * 1024
XML = "http://www.w3.org/XML/1998/namespace"
SEPARATOR = " "
# What XML 1.0 does not allow, and programs write all the same (section 2.2).
CONTROLS = bytes(set(range(32)) - {9, 10, 13})
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
VOID = {"br", "hr", "img", "wbr", "input", "source", "col"}


class Element:
    """An element: its namespace, its local name, its attributes, and what stands in it, in order."""

    __slots__ = ("attributes", "name", "namespace", "parts")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        """`name` is as expat gives it: the namespace, a space, the local name."""
        self.namespace, _, self.name = name.rpartition(SEPARATOR)
        self.attributes = attributes
        self.parts: list[Element | str] = []

    def all(self, name: str, namespace: str | None = None) -> list["Element"]:
        """Its children of this name, in this namespace if one is given; in any below it if that ends in a slash."""
        children = (part for part in self.parts if isinstance(part, Element) and part.name == name)
        return [child for child in children if namespace is None or _is_in(child.namespace, namespace)]

    def first(self, name: str, namespace: str | None = None) -> "Element | None":
        """The first of them."""
        return next(iter(self.all(name, namespace)), None)

    def text_of(self, name: str, namespace: str | None = None) -> str:
        """The words of the first of them, without the space around them."""
        found = self.first(name, namespace)
        return found.text().strip() if found is not None else ""

    def text(self) -> str:
        """All words in it."""
        return "".join(part if isinstance(part, str) else part.text() for part in self.parts)

    def html(self) -> str:
        """What stands in it, written as HTML."""
        return "".join(escape(part, quote=False) if isinstance(part, str) else part.outer_html() for part in self.parts)

    def outer_html(self) -> str:
        """The element itself, likewise."""
        given = "".join(f' {name}="{escape(text)}"' for name, text in self.attributes.items() if SEPARATOR not in name)
        return f"<{self.name}{given}>" + ("" if self.name in VOID else f"{self.html()}</{self.name}>")

    @property
    def language(self) -> str:
        """As it says itself (XML 1.0, section 2.12)."""
        return self.attributes.get(f"{XML}{SEPARATOR}lang", "")


class _Builder:
    """Builds each wanted element as expat reads; of all around it, nothing is kept."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self.done: list[Element] = []
        self._wanted = wanted
        self._open: list[Element] = []
        self._depth = 0
        self._count = self._letters = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST_ELEMENTS:
            raise ValueError
        if self._open or name.rpartition(SEPARATOR)[2] in self._wanted:
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
            if self._letters > MOST_LETTERS:
                raise ValueError
            self._open[-1].parts.append(data)

    def skipped(self, name: str, is_parameter: int) -> None:
        """Names of characters that HTML knows and XML does not."""
        number = entities.name2codepoint.get(name)
        if number and not is_parameter:
            self.words(chr(number))

    def declared(self, *_what: object) -> None:
        raise ValueError


def elements(container: Container, name: str, *wanted: str) -> Iterator[Element]:
    """Each element of these local names in a file, once it is complete, whichever stands in another coming with that.

    Raises:
        Garbled: it is not XML to its end, declares entities, or holds more in one place than anybody writes.
    """
    try:
        with container.open(name) as stream:
            yield from _read(stream, frozenset(wanted))
    except (ExpatError, Damaged, ValueError, LookupError, EOFError, OSError) as error:
        raise garbled(name) from error


def _read(stream: BinaryIO, wanted: frozenset[str]) -> Iterator[Element]:
    builder = _Builder(wanted)
    parser = ParserCreate(namespace_separator=SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.words
    parser.EntityDeclHandler = builder.declared
    # As if there were a description of the document that nobody reads: unknown names of characters are skipped.
    parser.UseForeignDTD(True)  # noqa: FBT003 - expat takes no names
    parser.SkippedEntityHandler = builder.skipped
    piece = stream.read(PIECE)
    keeps = piece.startswith(UTF_16)
    while piece:
        parser.Parse(piece if keeps else piece.translate(None, CONTROLS), False)  # noqa: FBT003 - likewise
        yield from builder.done
        builder.done.clear()
        piece = stream.read(PIECE)
    parser.Parse(b"", True)  # noqa: FBT003 - likewise
    yield from builder.done


def _is_in(namespace: str, wanted: str) -> bool:
    return namespace == wanted or (wanted.endswith("/") and namespace.startswith(wanted))
