"""Files in what is brought, read whole or not at all: who brings half a file is told so, and keeps none of it."""

from collections.abc import Iterator
from typing import NamedTuple, TypeVar

import ijson
import msgspec
from django.utils.translation import gettext as _

from speak.clients.bringing.notes import Notes, Why
from speak.kernel.errors import Invalid
from speak.kernel.xml import Element, NotXml, elements_in
from speak.mirror.archives.containers import Container
from speak.mirror.archives.streams import AT_ONCE, UTF_8_BOM
from speak.mirror.errors import Damaged

Item = TypeVar("Item")


class Garbled(Invalid):
    """A file that breaks off, or was changed on its way."""


class NotKnown(Invalid):
    """No format that is known here."""


def garbled(name: str) -> Garbled:
    """The refusal, naming the file."""
    return Garbled(
        _("“%(name)s” breaks off, or is not what its name says. Nothing was brought.") % {"name": name},
        hint=_("Download it once more; it may have been cut off."),
    )


def whole(container: Container, name: str, *, most: int) -> bytes:
    """A file that must be there to its last byte, without a mark in front.

    Raises:
        Garbled: it cannot be read, or is larger than `most` bytes.
    """
    try:
        return container.read(name, most=most).removeprefix(UTF_8_BOM)
    except Damaged as error:
        raise garbled(name) from error


class Within(NamedTuple):
    """Where an array stands in a file: at the top, under a key, or in a script behind its first sign of this kind."""

    key: str = ""
    after: bytes = b""


AT_THE_TOP = Within()


def json_items(
    container: Container, name: str, kind: type[Item], *, notes: Notes, within: Within = AT_THE_TOP
) -> Iterator[tuple[str, Item]]:
    """Each item of an array in a JSON file, with its place; an item of another shape is told to `notes`.

    Raises:
        Garbled: the file is not JSON to its end.
    """
    key, after = within
    if container.sizes[name] <= AT_ONCE:
        raw = _behind(whole(container, name, most=AT_ONCE), after, name)
        yield from _at_once(_raw_items(raw, name, key), name, kind, notes=notes)
        return
    number = -1
    try:
        with container.open(name) as stream:
            while after and (letter := stream.read(1)) != after:
                if not letter:
                    raise garbled(name)
            path = f"{key}.item" if key else "item"
            for number, found in enumerate(ijson.items(stream, path, use_float=True)):
                place = f"{name}[{number}]"
                try:
                    item = msgspec.convert(found, kind, strict=False)
                except msgspec.ValidationError:
                    notes.tell(Why.SHAPE, place)
                    continue
                yield place, item
    except (ijson.JSONError, Damaged, EOFError, OSError) as error:
        raise garbled(name) from error


def _at_once(items: list[msgspec.Raw], name: str, kind: type[Item], *, notes: Notes) -> Iterator[tuple[str, Item]]:
    decoder = msgspec.json.Decoder(kind, strict=False)
    for number, found in enumerate(items):
        place = f"{name}[{number}]"
        try:
            item = decoder.decode(found)
        except (msgspec.DecodeError, UnicodeDecodeError):
            notes.tell(Why.SHAPE, place)
            continue
        yield place, item


def _behind(raw: bytes, after: bytes, name: str) -> bytes:
    if not after:
        return raw
    _, found, rest = raw.partition(after)
    if not found:
        raise garbled(name)
    return rest.strip().rstrip(b";")


def _raw_items(raw: bytes, name: str, key: str) -> list[msgspec.Raw]:
    try:
        if not key:
            return msgspec.json.decode(raw, type=list[msgspec.Raw])
        box = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
        return msgspec.json.decode(box[key], type=list[msgspec.Raw]) if key in box else []
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise garbled(name) from error


def json_value(container: Container, name: str, kind: type[Item], *, most: int = AT_ONCE) -> Item:
    """A small JSON file as one value.

    Raises:
        Garbled: it is not JSON of that shape.
    """
    try:
        return msgspec.json.decode(whole(container, name, most=most), type=kind, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise garbled(name) from error


def elements(container: Container, name: str, *wanted: str) -> Iterator[Element]:
    """Each element of these local names in an XML file, once it is complete, whichever stands in another with that.

    Raises:
        Garbled: it is not XML to its end, declares entities, or holds more in one place than anybody writes.
    """
    try:
        with container.open(name) as stream:
            yield from elements_in(stream, *wanted)
    except (NotXml, Damaged, EOFError, OSError) as error:
        raise garbled(name) from error
