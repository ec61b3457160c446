"""One request, one answer, no redirects: what happens between us and one server."""

import asyncio
from dataclasses import replace
from importlib.metadata import version

import aiohttp

from speak.kernel.outbound.bodies import SLACK, read_body
from speak.kernel.outbound.calls import Answer, Call, Limits, Purpose, Sign
from speak.kernel.outbound.failures import Garbled, OutboundFailure, TooBig, failure_from
from speak.kernel.outbound.redirects import is_redirect
from speak.kernel.outbound.targets import Target

PRODUCT = f"SpeakForYourself/{version('speak-for-yourself')}"

SUCCESSES = range(200, 300)
REASON_SIZE = 16 * 1024  # bytes of a body that only explains a status
REASON_SECONDS = 1.0


def user_agent(server_url: str) -> str:
    """Who calls: the product, its version, and where to find the people who run it."""
    return f"{PRODUCT} (+{server_url})" if server_url else PRODUCT


async def exchange(
    session: aiohttp.ClientSession, call: Call, *, target: Target, sign: Sign | None, limits: Limits
) -> Answer:
    """Send `call` to `target` (its URL, parsed) and read the answer within `limits`.

    Raises:
        OutboundFailure: as `Outbound.send` does.
    """
    headers = call.headers
    if sign:
        headers = {**headers, **sign(call.method, target.text, headers, call.body)}
    deadline = asyncio.get_running_loop().time() + limits.seconds
    try:
        async with asyncio.timeout_at(deadline):
            response = await session.request(
                call.method, target.url, data=call.body or None, headers=headers, allow_redirects=False
            )
        async with response:
            start = Answer(response.status, url=target.text, headers=_headers(response))
            if response.content.at_eof() or is_redirect(start):
                return start
            if call.purpose is Purpose.DELIVER or start.status not in SUCCESSES:
                return replace(start, body=await _reason(response, limits))
            async with asyncio.timeout_at(deadline):
                return replace(start, body=await _whole(response, limits))
    except OutboundFailure:
        raise
    except (aiohttp.ClientError, OSError) as error:
        raise failure_from(error, what=f"{call.method} {target.text}") from error


async def _whole(response: aiohttp.ClientResponse, limits: Limits) -> bytes:
    """All of the body, because it is what we came for."""
    if (response.content_length or 0) <= limits.size + SLACK:
        body, is_all = await _body(response, limits.size)
        if is_all:
            return body
    raise TooBig(f"{response.url} is larger than {limits.size} bytes")


async def _reason(response: aiohttp.ClientResponse, limits: Limits) -> bytes:
    """The start of a body that only explains the status; if it does not come quickly, nothing."""
    try:
        async with asyncio.timeout(REASON_SECONDS):
            body, _ = await _body(response, min(REASON_SIZE, limits.size))
            return body
    except (aiohttp.ClientError, TimeoutError, Garbled):
        return b""


async def _body(response: aiohttp.ClientResponse, size: int) -> tuple[bytes, bool]:
    encoding = response.headers.get("Content-Encoding", "")
    return await read_body(response.content.readany, encoding=encoding, size=size)


def _headers(response: aiohttp.ClientResponse) -> dict[str, str]:
    """Lower-case names; values of a name that comes more than once are joined; no cookies."""
    headers: dict[str, str] = {}
    for name, value in response.headers.items():
        key = name.lower()
        if not value.isascii():
            value = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")  # noqa: PLW2901
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    headers.pop("set-cookie", None)
    return headers
