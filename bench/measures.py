"""What is measured, each against the running program."""

import asyncio
import datetime as dt
import email.utils
import html
import json
import re
import statistics
import time
import urllib.request
from dataclasses import dataclass

import aiohttp
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bench.inboxes import Sink, sink
from bench.program import Program
from speak.federation.signatures import Scheme, SigningKey, signer

DELIVERIES = 1000
CREATES = 400
SPEAKERS = 20
PAGES = 60
POSTS_IN_A_PAGE = 20
# Each is measured so often after a first time, and the best counts: others may be at work on the machine.
ROUNDS = 3
OLDER = re.compile(r'href="(/\?before=[^"]+)"')


@dataclass(frozen=True)
class Figure:
    """One measured cost: CPU seconds for one of something."""

    name: str
    cpu_seconds: float
    note: str = ""


def deliveries(program: Program) -> Figure:
    """CPU of the worker per delivery to distinct inboxes on 200 servers, which it has met before."""
    with sink() as there:
        program.run("bench.seed", "followers", str(DELIVERIES), str(there.port))
        time.sleep(2)
        found = [_deliver_once(program, there, number) for number in range(1 + ROUNDS)][1:]
    spent, wall = min(found)
    return Figure("delivery", spent / DELIVERIES, f"{DELIVERIES} inboxes on 200 servers, {wall:.1f} s of waiting")


def _deliver_once(program: Program, there: Sink, number: int) -> tuple[float, float]:
    """CPU seconds, and seconds, to bring one post to everybody."""
    before, begun = program.cpu_seconds("worker"), time.monotonic()
    program.run("bench.seed", "said", f"To everybody who follows, {number}.")
    there.wait_for(DELIVERIES * (number + 1))
    wall = time.monotonic() - begun
    time.sleep(1.5)
    return program.cpu_seconds("worker") - before, wall


def incoming(program: Program) -> Figure:
    """CPU of the web processes per signed Create until it stands in a timeline."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    known = json.loads(program.run("bench.seed", "speakers", str(SPEAKERS), public.decode()))
    numbers = range((1 + ROUNDS) * CREATES)
    calls = [
        _create(program, speaker=known["speakers"][number % SPEAKERS], number=number, private_pem=private)
        for number in numbers
    ]
    found, statuses = [], set()
    for start in numbers[::CREATES]:
        before = program.cpu_seconds("serve")
        statuses |= set(asyncio.run(_post_all(program, calls[start : start + CREATES])))
        found.append(program.cpu_seconds("serve") - before)
    kept = int(program.run("bench.seed", "counted", "Heard"))
    if kept != len(numbers) or statuses != {202}:
        message = f"{kept} of {len(numbers)} arrived, answers {sorted(statuses)}"
        raise RuntimeError(message)
    return Figure("incoming Create", min(found[1:]) / CREATES, f"{CREATES} from {SPEAKERS} servers, keys known")


def timeline(program: Program, cookie: str) -> list[Figure]:
    """CPU and waiting per home timeline of 20 posts among 100,000 posts and 500 follows: its parts, and whole pages."""
    program.run("bench.seed", "timeline")
    parts = json.loads(program.run("bench.seed", "timeline_parts"))
    figures = [Figure(f"timeline: {name}", seconds, note) for name, (seconds, note) in parts.items()]
    for _ in range(10):
        _page(program, cookie)
    again = [_pages(program, cookie, ["/"] * PAGES) for _ in range(ROUNDS)]
    figures.append(min(again, key=lambda figure: figure.cpu_seconds))
    return [*figures, _pages(program, cookie, None), _for_apps(program)]


def _for_apps(program: Program) -> Figure:
    """The same timeline as an app asks for it, in JSON."""
    token = program.run("speak", "token", "reader", "--scopes", "read").split()[-1]
    asked = urllib.request.Request(  # noqa: S310 - our own
        f"{program.url}/api/v1/timelines/home", headers={"Authorization": f"Bearer {token}"}
    )
    found = []
    for _ in range(1 + ROUNDS):
        before, waits = program.cpu_seconds("serve"), []
        for _ in range(PAGES):
            begun = time.perf_counter()
            with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 - our own
                posts = len(json.load(answer))
            waits.append(time.perf_counter() - begun)
            if posts != POSTS_IN_A_PAGE:
                message = f"{posts} posts instead of {POSTS_IN_A_PAGE}"
                raise RuntimeError(message)
        found.append(((program.cpu_seconds("serve") - before) / PAGES, _waiting(waits)))
    spent, note = min(found[1:])
    return Figure("home timeline for apps", spent, f"20 posts in JSON; {note}")


def _pages(program: Program, cookie: str, paths: list[str] | None) -> Figure:
    """Pages one after the other; without `paths`, ever older ones that nobody has seen yet."""
    before, waits, path = program.cpu_seconds("serve"), [], "/"
    for number in range(PAGES):
        begun = time.perf_counter()
        body = _page(program, cookie, paths[number] if paths else path)
        waits.append(time.perf_counter() - begun)
        if not paths:
            path = html.unescape(OLDER.findall(body)[-1])
    spent = (program.cpu_seconds("serve") - before) / PAGES
    name = "home timeline page" if paths else "older page, new to all"
    return Figure(name, spent, f"whole page; {_waiting(waits)}")


def _waiting(waits: list[float]) -> str:
    """How long one waits, in words."""
    ordered = sorted(waits)
    p50, p99 = statistics.median(ordered), ordered[int(len(ordered) * 0.99)]
    return f"p50 {p50 * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms"


def _page(program: Program, cookie: str, path: str = "/") -> str:
    request = urllib.request.Request(f"{program.url}{path}", headers={"Cookie": cookie})  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        body = answer.read()
    if b"Thing number" not in body:
        message = "the home page shows no timeline"
        raise RuntimeError(message)
    return str(body, "utf-8")


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
