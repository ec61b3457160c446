"""Reads an answer's body up to a limit, decompressing as it comes.

Nothing is decompressed beyond the limit, so a small body that swells ("gzip bomb") costs no
more than an honest one.
"""

import zlib
from collections.abc import Awaitable, Callable
from typing import Protocol

import brotli  # type: ignore[import-untyped]  # ships no types

from speak.kernel.outbound.failures import Garbled

ACCEPTED = "gzip, deflate, br"
SLACK = 64 * 1024  # a compressed body may be this much larger than what it holds

GZIP_WINDOW = 16 + zlib.MAX_WBITS
ZLIB_METHOD = 8


class _Decoder(Protocol):
    def feed(self, data: bytes, most: int) -> bytes: ...

    def is_finished(self) -> bool: ...


async def read_body(read: Callable[[], Awaitable[bytes]], *, encoding: str, size: int) -> tuple[bytes, bool]:
    """The first `size` bytes of the decompressed body, and whether that is all of it.

    `read` gives what has arrived, and nothing at the end; `encoding` is the Content-Encoding
    header (RFC 9110, section 8.4).

    Raises:
        Garbled: if the body cannot be decompressed, or ends too early.
    """
    decoder = _decoder_for(encoding)
    parts: list[bytes] = []
    room, wire = size, 0
    while data := await read():
        wire += len(data)
        part = data if decoder is None else _decoded(decoder, data, room + 1)
        parts.append(part)
        room -= len(part)
        if room < 0 or wire > size + SLACK:
            return b"".join(parts)[:size], False
    if decoder and wire and not decoder.is_finished():
        raise Garbled("the compressed body ends too early")
    return b"".join(parts), True


def _decoded(decoder: _Decoder, data: bytes, most: int) -> bytes:
    try:
        return decoder.feed(data, most)
    except (zlib.error, brotli.error) as error:
        raise Garbled(f"the body cannot be decompressed ({error})") from error


def _decoder_for(encoding: str) -> _Decoder | None:
    match encoding.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip":
            return _Inflater(is_gzip=True)
        case "deflate":
            return _Inflater(is_gzip=False)
        case "br":
            return _Brotli()
        case other:
            raise Garbled(f"the body is encoded as {other[:40]!r}, which was not asked for")


class _Inflater:
    """gzip, and deflate with or without its zlib header. What follows the first stream is left out."""

    def __init__(self, *, is_gzip: bool) -> None:
        self._stream = zlib.decompressobj(GZIP_WINDOW) if is_gzip else None

    def feed(self, data: bytes, most: int) -> bytes:
        if self._stream is None:
            has_header = data[0] & 0x0F == ZLIB_METHOD
            self._stream = zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
        return b"" if self._stream.eof else self._stream.decompress(data, most)

    def is_finished(self) -> bool:
        return self._stream is not None and self._stream.eof


class _Brotli:
    """Brotli, RFC 7932."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def feed(self, data: bytes, most: int) -> bytes:
        if self._stream.is_finished():
            return b""
        decoded: bytes = self._stream.process(data, output_buffer_limit=most)
        return decoded

    def is_finished(self) -> bool:
        finished: bool = self._stream.is_finished()
        return finished
