"""XML of strangers as a small tree. No entity is expanded, and no more is built than a feed may hold."""

import codecs
import re
from collections.abc import Iterator
from html import entities, escape
from xml.parsers.expat import ExpatError, ParserCreate

from speak.federation.documents import Malformed

MOST_ELEMENTS, DEEPEST = 60_000, 60
XML = "http://www.w3.org/XML/1998/namespace"
SEPARATOR = " "
# Names of characters that HTML knows and XML does not, as many feeds write them.
NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
OF_XML = {"amp", "lt", "gt", "quot", "apos"}
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# How a document says in which way it is written (XML 1.0, 4.3.3 and F); the first bytes count before that.
DECLARED = re.compile(rb"""^<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']""")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
VOID = {"br", "hr", "img", "wbr", "input", "source", "col"}


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
        """Its children of this name, in one of these namespaces; any where none is given."""
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
        """xml:base or xml:lang."""
        return self.attributes.get(f"{XML}{SEPARATOR}{name}", "")

    def html(self) -> str:
        """What stands in it, written as HTML."""
        return "".join(escape(part, quote=False) if isinstance(part, str) else part.outer_html() for part in self.parts)

    def outer_html(self) -> str:
        """The element itself, likewise."""
        given = "".join(
            f' {name}="{escape(value)}"' for name, value in self.attributes.items() if SEPARATOR not in name
        )
        if self.name in VOID:
            return f"<{self.name}{given}>"
        return f"<{self.name}{given}>{self.html()}</{self.name}>"


class _Builder:
    """Builds the tree as expat reads."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) >= DEEPEST:
            raise Malformed("", "has more parts than a feed")
        element = Element(name, attributes)
        if self._open:
            self._open[-1].parts.append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, _name: str) -> None:
        self._open.pop()

    def words(self, data: str) -> None:
        self._open[-1].parts.append(data)

    def entity(self, *_declared: object) -> None:
        raise Malformed("", "declares entities")


def read_xml(body: bytes, *, charset: str = "") -> Element:
    """The root of a document. `charset` is what it was served as; without one the document says so itself.

    Raises:
        Malformed: it is not XML, declares entities, or has more parts than a feed.
    """
    clean = CONTROLS.sub("", NAMED.sub(_numbered, _decoded(body, charset).lstrip()))
    try:
        return _built(clean.encode(errors="replace"))
    except (ExpatError, ValueError, RecursionError) as error:
        raise Malformed("", f"is not XML ({error})") from error


def _decoded(body: bytes, charset: str) -> str:
    """As text, by its first bytes, what it was served as, or what it says itself; UTF-8 where none of that helps."""
    start = body[:200].lstrip()
    declared = DECLARED.match(start)
    marked = next((name for mark, name in MARKS if start.startswith(mark)), "")
    for name in (marked, charset, declared[1].decode() if declared else ""):
        try:
            if name and codecs.lookup(name)._is_text_encoding:  # noqa: SLF001 - only such decode to text
                return body.decode(name, errors="replace")
        except (LookupError, ValueError):
            continue
    return body.decode(errors="replace")


def _built(body: bytes) -> Element:
    builder = _Builder()
    parser = ParserCreate(encoding="utf-8", namespace_separator=SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.words
    parser.EntityDeclHandler = builder.entity
    parser.Parse(body, True)  # noqa: FBT003 - that this is all; expat takes no names
    if builder.root is None:
        raise Malformed("", "is empty")
    return builder.root


def _numbered(found: re.Match[str]) -> str:
    number = entities.name2codepoint.get(found[1]) if found[1] not in OF_XML else None
    return f"&#{number};" if number else found[0]
