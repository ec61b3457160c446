"""The files of an archive, read piece by piece; a file that is damaged is read as far as it goes, and that is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from speak.mirror.archives import streams
from speak.mirror.archives.containers import Container
from speak.mirror.archives.sink import Sink
from speak.mirror.errors import Damaged

Item = TypeVar("Item")


@dataclass(frozen=True)
class Files:
    """What lies in a container; what cannot be read of it is told to a sink."""

    container: Container
    sink: Sink

    def items(self, name: str, kind: type[Item], *, key: str = "") -> Iterator[tuple[str, Item]]:
        """Each item of the array at the top of a file, or under `key`, with its place."""
        try:
            with self.container.open(name) as stream:
                yield from streams.items(stream, kind, name=name, missed=self.sink.missed, key=key)
        except Damaged as error:
            self.sink.missed(name, str(error))

    def json_lines(self, name: str, kind: type[Item]) -> Iterator[tuple[str, Item]]:
        """Each line of a file of JSON lines, with its place."""
        try:
            with self.container.open(name) as stream:
                yield from streams.json_lines(stream, kind, name=name, missed=self.sink.missed)
        except Damaged as error:
            self.sink.missed(name, str(error))

    def lines(self, name: str) -> Iterator[tuple[int, bytes]]:
        """Each line with its number."""
        try:
            with self.container.open(name) as stream:
                yield from streams.lines(stream, name=name, missed=self.sink.missed)
        except Damaged as error:
            self.sink.missed(name, str(error))

    def whole(self, name: str, kind: type[Item]) -> Item | None:
        """A small JSON file as one value; nothing if it is broken."""
        try:
            raw = self.container.read(name)
        except Damaged as error:
            self.sink.missed(name, str(error))
            return None
        return streams.decoded(raw, msgspec.json.Decoder(kind).decode, place=name, missed=self.sink.missed)

    def head(self, name: str, *, size: int = 4096) -> bytes:
        """The first bytes of a file; none if it cannot be read."""
        return head(self.container, name, size=size)


def head(container: Container, name: str, *, size: int = 4096) -> bytes:
    """The first bytes of a file; none if it cannot be read."""
    try:
        with container.open(name) as stream:
            return stream.read(size)
    except Damaged:
        return b""
