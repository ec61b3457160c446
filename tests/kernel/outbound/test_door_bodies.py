"""Compressed answers: honest ones come through, swelling ones are stopped early."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from functools import partial

import brotli  # type: ignore[import-untyped]  # ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speak.kernel.outbound import Answer, Garbled, Purpose, TooBig
from speak.kernel.outbound.bodies import read_body

from .places import OUTSIDE, a_door, get, speaking_raw

pytestmark = pytest.mark.allow_hosts(["127.0.0.0/8"])


def raw_deflate(data: bytes) -> bytes:
    """Deflate without its zlib header, as some servers send it."""
    squeeze = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return squeeze.compress(data) + squeeze.flush()


SQUEEZED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "GZip": ("GZip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
    "br": ("br", partial(brotli.compress, quality=5)),
}


async def fetch_encoded(body: bytes, encoding: str, *, purpose: Purpose = Purpose.DOCUMENT) -> Answer:
    """What the door makes of this body."""
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n"

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head.encode() + body)
        await writer.drain()
        await asyncio.sleep(60)

    async with speaking_raw(speak) as port, a_door() as door:
        return await door.send(get(f"http://{OUTSIDE}:{port}/", purpose=purpose))


@pytest.mark.parametrize("form", SQUEEZED)
def test_a_compressed_body_comes_through(form: str) -> None:
    encoding, squeeze = SQUEEZED[form]
    text = b"words upon words " * 5000
    assert asyncio.run(fetch_encoded(squeeze(text), encoding)).body == text


@pytest.mark.parametrize("form", SQUEEZED)
def test_a_bomb_is_refused_before_it_swells(form: str) -> None:
    encoding, squeeze = SQUEEZED[form]
    bomb = squeeze(bytes(50_000_000))
    assert len(bomb) < 60_000
    tracemalloc.start()
    try:
        with pytest.raises(TooBig) as caught:
            asyncio.run(fetch_encoded(bomb, encoding))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.permanent
    assert peak < 2_000_000


def test_a_body_squeezed_twice_is_garbled() -> None:
    with pytest.raises(Garbled):
        asyncio.run(fetch_encoded(gzip.compress(gzip.compress(b"words")), "gzip, gzip"))


@pytest.mark.parametrize("form", SQUEEZED)
def test_a_body_cut_short_is_garbled(form: str) -> None:
    encoding, squeeze = SQUEEZED[form]
    with pytest.raises(Garbled):
        asyncio.run(fetch_encoded(squeeze(b"words upon words")[:-3], encoding))


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_body_that_is_not_what_it_says_is_garbled(encoding: str) -> None:
    with pytest.raises(Garbled):
        asyncio.run(fetch_encoded(b"\x1f\xffplain words, which were not compressed at all", encoding))


def test_a_delivery_does_not_fail_for_a_garbled_explanation() -> None:
    got = asyncio.run(fetch_encoded(b"plain words", "gzip", purpose=Purpose.DELIVER))
    assert (got.status, got.body) == (200, b"")


async def read_parts(parts: list[bytes], *, encoding: str, size: int) -> tuple[bytes, bool]:
    """Read a body that arrives in these parts."""
    arriving = iter(parts)

    async def read() -> bytes:
        return next(arriving, b"")

    return await read_body(read, encoding=encoding, size=size)


@given(
    data=st.binary(max_size=300),
    form=st.sampled_from(sorted(SQUEEZED)),
    step=st.integers(min_value=1, max_value=50),
    size=st.integers(min_value=0, max_value=350),
)
def test_however_it_arrives_exactly_the_start_is_read(*, data: bytes, form: str, step: int, size: int) -> None:
    encoding, squeeze = SQUEEZED[form]
    squeezed = squeeze(data)
    parts = [squeezed[start : start + step] for start in range(0, len(squeezed), step)]
    body, whole = asyncio.run(read_parts(parts, encoding=encoding, size=size))
    assert body == data[:size]
    assert whole is (len(data) <= size)


def test_endless_compressed_nothing_is_stopped() -> None:
    start = gzip.compress(b"")[:10]
    nothing = b"\x00\x00\x00\xff\xff" * 2000  # stored blocks of no bytes
    body, whole = asyncio.run(read_parts([start, *[nothing] * 100], encoding="gzip", size=1000))
    assert (body, whole) == (b"", False)


def test_what_follows_a_compressed_body_is_left_out() -> None:
    for encoding, squeezed in (("gzip", gzip.compress(b"words")), ("br", brotli.compress(b"words"))):
        body = asyncio.run(read_parts([squeezed, b"more", b"and more"], encoding=encoding, size=1000))
        assert body == (b"words", True)
