"""Reading what may be huge, broken or in several encodings: lines, and the items of a JSON array, one at a time."""

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, Self, TypeVar

import ijson
import msgspec

from speak.mirror.errors import Damaged

MIB = 1024 * 1024
LONGEST_LINE = 64 * MIB
# A JSON file up to this size is decoded at once, which is ten times faster than item by item.
AT_ONCE = 32 * MIB
UTF_8_BOM = b"\xef\xbb\xbf"
Item = TypeVar("Item")
# Told of what was not read: where it stands, and why.
Missed = Callable[[str, str], None]


class Bounded(io.RawIOBase):
    """A stream that gives at most so many bytes, and then says that something is wrong with it."""

    def __init__(self, stream: BinaryIO | io.BufferedIOBase, most: int) -> None:
        """`most` bytes may come out of `stream`."""
        self._stream = stream
        self._left = most

    @classmethod
    def over(cls, stream: BinaryIO | io.BufferedIOBase, most: int) -> io.BufferedReader:
        """The same, buffered."""
        return io.BufferedReader(cls(stream, most), buffer_size=MIB)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill `buffer`.

        Raises:
            Damaged: more came out than allowed.
        """
        found = self._stream.read(len(buffer))
        self._left -= len(found)
        if self._left < 0:
            raise Damaged("it becomes far more than its size allows")
        buffer[: len(found)] = found
        return len(found)


def lines(stream: BinaryIO, *, name: str, missed: Missed, longest: int = LONGEST_LINE) -> Iterator[tuple[int, bytes]]:
    """Each line with its number, without its end; longer ones are skipped and told to `missed`."""
    number = 0
    try:
        while line := stream.readline(longest + 1):
            number += 1
            if len(line) > longest:
                missed(f"{name}:{number}", f"a line of more than {longest // MIB} MiB")
                while len(line) > longest and not line.endswith(b"\n"):
                    line = stream.readline(longest + 1)
                continue
            yield number, line.rstrip(b"\r\n")
    except (EOFError, OSError) as error:
        raise Damaged("it ends early") from error


def json_lines(stream: BinaryIO, kind: type[Item], *, name: str, missed: Missed) -> Iterator[tuple[str, Item]]:
    """Each line of JSON as `kind`, with its place."""
    decode = msgspec.json.Decoder(kind).decode
    for number, line in lines(stream, name=name, missed=missed):
        if line:
            place = f"{name}:{number}"
            found = decoded(line, decode, place=place, missed=missed)
            if found is not None:
                yield place, found


def items(
    stream: BinaryIO, kind: type[Item], *, name: str, missed: Missed, key: str = ""
) -> Iterator[tuple[str, Item]]:
    """Each item of the array at the top, or of the array under `key`, as `kind`, with its place.

    A file that breaks off is read as far as it goes; that it breaks off is told to `missed`.
    """
    decode = msgspec.json.Decoder(kind).decode
    found = stream.read(AT_ONCE + 1)
    if len(found) <= AT_ONCE:
        whole = _whole(found, key)
        if whole is not None:
            for number, raw in enumerate(whole):
                item = decoded(bytes(raw), decode, place=f"{name}[{number}]", missed=missed)
                if item is not None:
                    yield f"{name}[{number}]", item
            return
    yield from _one_by_one(_After(found, stream), kind, name=name, missed=missed, path=f"{key}.item" if key else "item")


def broken_items(raw: bytes, kind: type[Item], *, name: str, missed: Missed) -> Iterator[tuple[str, Item]]:
    """The items of an array at the top that breaks off somewhere, as far as it goes."""
    return _one_by_one(_After(raw, io.BytesIO()), kind, name=name, missed=missed, path="item")


def decoded(raw: bytes, decode: Callable[[bytes], Item], *, place: str, missed: Missed) -> Item | None:
    """One JSON text as its kind; letters that are not UTF-8 are replaced."""
    try:
        return decode(raw)
    except msgspec.ValidationError as error:
        missed(place, f"not of the expected shape: {_shape(error)}")
    except UnicodeDecodeError:
        try:
            return decode(raw.decode("utf-8", "replace").encode())
        except (msgspec.DecodeError, UnicodeDecodeError):
            missed(place, "not JSON")
    except msgspec.DecodeError:
        missed(place, "not JSON")
    return None


def text_of(raw: bytes) -> str:
    """Bytes as text: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252, which reads everything."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.removeprefix(UTF_8_BOM).decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _whole(raw: bytes, key: str) -> list[msgspec.Raw] | None:
    raw = raw.removeprefix(UTF_8_BOM)
    try:
        if not key:
            return msgspec.json.decode(raw, type=list[msgspec.Raw])
        box = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
        return msgspec.json.decode(box[key], type=list[msgspec.Raw]) if key in box else []
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _one_by_one(
    stream: "_After", kind: type[Item], *, name: str, missed: Missed, path: str
) -> Iterator[tuple[str, Item]]:
    number = -1
    try:
        for number, found in enumerate(ijson.items(stream, path, use_float=True)):
            try:
                yield f"{name}[{number}]", msgspec.convert(found, kind)
            except msgspec.ValidationError as error:
                missed(f"{name}[{number}]", f"not of the expected shape: {_shape(error)}")
    except (ijson.JSONError, EOFError, OSError):
        missed(f"{name}[{number + 1}]", "the file breaks off, or is not JSON, from here on")


def _shape(error: msgspec.ValidationError) -> str:
    """What is wrong, without what somebody wrote there."""
    return str(error).partition(" - at ")[0]


class _After:
    """What was read already, and then the rest of a stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head.removeprefix(UTF_8_BOM).decode("utf-8", "replace").encode() if _is_foreign(head) else head
        self._rest = rest

    def read(self, size: int = -1) -> bytes:
        if not self._head:
            return self._rest.read(size)
        found, self._head = (self._head, b"") if size < 0 else (self._head[:size], self._head[size:])
        return found


def _is_foreign(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return True
    return False
