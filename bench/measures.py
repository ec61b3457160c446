"""What is measured, each against the running program."""

import asyncio
import datetime as dt
import email.utils
import json
import statistics
import time
import urllib.request
from dataclasses import dataclass

import aiohttp
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bench.inboxes import sink
from bench.program import Program
from speak.federation.signatures import Scheme, SigningKey, signer

DELIVERIES = 1000
CREATES = 400
SPEAKERS = 20
PAGES = 60


@dataclass(frozen=True)
class Figure:
    """One measured cost: CPU seconds for one of something."""

    name: str
    cpu_seconds: float
    note: str = ""


def deliveries(program: Program) -> Figure:
    """CPU of the worker per delivery to distinct inboxes on 200 servers."""
    with sink() as there:
        program.run("bench.seed", "followers", str(DELIVERIES), str(there.port))
        time.sleep(2)
        before, begun = program.cpu_seconds("worker"), time.monotonic()
        program.run("bench.seed", "said", "To everybody who follows.")
        there.wait_for(DELIVERIES)
        wall = time.monotonic() - begun
        time.sleep(1.5)
        spent = program.cpu_seconds("worker") - before
    return Figure("delivery", spent / DELIVERIES, f"{DELIVERIES} inboxes on 200 servers, {wall:.1f} s of waiting")


def incoming(program: Program) -> Figure:
    """CPU of the web processes per signed Create until it stands in a timeline."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    known = json.loads(program.run("bench.seed", "speakers", str(SPEAKERS), public.decode()))
    calls = [
        _create(program, speaker=known["speakers"][number % SPEAKERS], number=number, private_pem=private)
        for number in range(CREATES)
    ]
    asyncio.run(_post_all(program, calls[:20]))
    before = program.cpu_seconds("serve")
    statuses = asyncio.run(_post_all(program, calls[20:]))
    spent = program.cpu_seconds("serve") - before
    kept = int(program.run("bench.seed", "counted", "Heard"))
    if kept != CREATES or set(statuses) != {202}:
        message = f"{kept} of {CREATES} arrived, answers {sorted(set(statuses))}"
        raise RuntimeError(message)
    return Figure("incoming Create", spent / (CREATES - 20), f"{CREATES} from {SPEAKERS} servers, keys known")


def timeline(program: Program, cookie: str) -> list[Figure]:
    """CPU and waiting per home page of 20 posts among 100,000 posts and 500 follows."""
    program.run("bench.seed", "timeline")
    for _ in range(10):
        _page(program, cookie)
    before, waits = program.cpu_seconds("serve"), []
    for _ in range(PAGES):
        begun = time.perf_counter()
        _page(program, cookie)
        waits.append(time.perf_counter() - begun)
    spent = (program.cpu_seconds("serve") - before) / PAGES
    ordered = sorted(waits)
    p50, p99 = statistics.median(ordered), ordered[int(len(ordered) * 0.99)]
    note = f"whole page; p50 {p50 * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms"
    return [Figure("home timeline page", spent, note)]


def _page(program: Program, cookie: str) -> None:
    request = urllib.request.Request(f"{program.url}/", headers={"Cookie": cookie})  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        body = answer.read()
    if b"Thing number" not in body:
        message = "the home page shows no timeline"
        raise RuntimeError(message)


@dataclass(frozen=True)
class _Call:
    headers: dict[str, str]
    body: bytes


def _create(program: Program, *, speaker: str, number: int, private_pem: str) -> _Call:
    now = dt.datetime.now(dt.UTC)
    note = {
        "id": f"{speaker}/notes/{number}",
        "type": "Note",
        "attributedTo": speaker,
        "content": f"<p>Heard {number}</p>",
        "published": now.isoformat(),
        "to": ["https://www.w3.org/ns/activitystreams#Public"],
        "cc": [f"{speaker}/followers"],
    }
    activity = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{speaker}/creates/{number}",
        "type": "Create",
        "actor": speaker,
        "to": note["to"],
        "cc": note["cc"],
        "object": note,
    }
    body = json.dumps(activity).encode()
    headers = {
        "host": program.url.split("//")[1],
        "date": email.utils.format_datetime(now, usegmt=True),
        "content-type": "application/activity+json",
    }
    sign = signer(Scheme.CAVAGE, SigningKey.from_pem(f"{speaker}#main-key", private_pem))
    return _Call({**headers, **sign("POST", f"{program.url}/inbox", headers, body)}, body)


async def _post_all(program: Program, calls: list[_Call]) -> list[int]:
    """Post each once, four at a time; returns the status of each."""
    gate = asyncio.Semaphore(4)
    async with aiohttp.ClientSession() as session:

        async def post(call: _Call) -> int:
            async with gate, session.post(f"{program.url}/inbox", data=call.body, headers=call.headers) as answer:
                return answer.status

        return list(await asyncio.gather(*(post(call) for call in calls)))
