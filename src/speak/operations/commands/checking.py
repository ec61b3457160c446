"""`speak doctor`: looks at the running machine, and says what is wrong and what to do."""

import datetime as dt
import email.utils
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import click
from django.conf import settings
from django.db import Error, connection

from speak.identity.queries import people_here
from speak.kernel import clock
from speak.kernel.outbound import Ask, Call, OutboundFailure, Purpose, ask
from speak.operations.commands.ground import migrations_missing
from speak.operations.health import SILENT_AFTER_SECONDS, seconds_since_beat

LEAST_FREE_BYTES = 500 * 1024 * 1024
WELL, WRONG, UNKNOWN = "well", "WRONG", "unknown"
MOST_CLOCK_ERROR = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Finding:
    """What one look found; unknown where it could not be looked at."""

    state: str
    sentence: str


Look = Callable[[], Finding]


@click.command()
@click.option("--ask-the-time-of", "peer", default="", help="An https address whose clock to compare with.")
def doctor(peer: str) -> None:
    """Check settings, database, worker, files, clock and the way out. Exit code 1 if anything is wrong."""
    looks: dict[str, Look] = {
        "settings": look_at_settings,
        "database": look_at_database,
        "addresses": look_at_addresses,
        "worker": look_at_worker,
        "files": look_at_files,
        "web": lambda: look_from_outside(f"{settings.SPEAK_URL}/health", ask=ask),
        "clock": lambda: look_at_clock(peer, ask=ask),
    }
    is_ill = False
    for name, look in looks.items():
        finding = look()
        is_ill = is_ill or finding.state == WRONG
        click.echo(f"{name:10} {finding.state:8} {finding.sentence}")
    raise SystemExit(1 if is_ill else 0)


def look_at_settings() -> Finding:
    """Whether other servers can do anything with this address, and none is led where it must not be."""
    address = urlsplit(settings.SPEAK_URL)
    if settings.SPEAK_ALLOW_NETWORKS and address.hostname not in {"localhost", "127.0.0.1"}:
        return Finding(WRONG, "SPEAK_ALLOW_NETWORKS lets other servers lead this one into private networks: unset it.")
    if address.scheme == "http" and address.hostname not in {"localhost", "127.0.0.1"}:
        return Finding(WRONG, f"SPEAK_URL is {settings.SPEAK_URL}: other servers want https.")
    return Finding(WELL, f"this is {settings.SPEAK_URL}, its data lies in {settings.SPEAK_DATA}")


def look_at_database() -> Finding:
    """Whether it opens, and is as this version needs it."""
    try:
        missing = migrations_missing()
    except Error as error:
        return Finding(WRONG, f"cannot be opened: {str(error).strip()}. Look at SPEAK_DATABASE_URL.")
    if missing:
        return Finding(WRONG, f"lacks {len(missing)} changes of this version: run “speak migrate”.")
    return Finding(WELL, connection.vendor)


def look_at_addresses() -> Finding:
    """Whether everybody here was made at the address that is set now."""
    try:
        stranger = people_here().exclude(uri__startswith=f"{settings.SPEAK_URL}/").first()
    except Error:
        return Finding(UNKNOWN, "the database cannot be read")
    if stranger:
        return Finding(WRONG, f"{stranger.handle} was made as {stranger.uri}: SPEAK_URL must stay what it was then.")
    return Finding(WELL, "everybody's address begins with SPEAK_URL")


def look_at_worker() -> Finding:
    """Whether it has said lately that it lives."""
    silent = seconds_since_beat()
    if silent is None or silent > SILENT_AFTER_SECONDS:
        return Finding(WRONG, "no worker runs, so nothing is delivered: start “speak worker”.")
    return Finding(WELL, "works")


def look_at_files() -> Finding:
    """Whether there is room for more."""
    free = shutil.disk_usage(settings.SPEAK_DATA).free
    sentence = f"{free // 2**20} MiB free where the data lies"
    return Finding(WELL if free > LEAST_FREE_BYTES else WRONG, sentence)


def look_from_outside(url: str, *, ask: Ask) -> Finding:
    """Whether the way out, and back in by the public address, is open."""
    try:
        answer = ask(Call("GET", url, Purpose.DOCUMENT))
    except OutboundFailure as failure:
        local = urlsplit(url).hostname in {"localhost", "127.0.0.1"} and not settings.SPEAK_ALLOW_NETWORKS
        sentence = f"{url}: {failure}"
        return Finding(UNKNOWN, f"{sentence} (private addresses are closed)") if local else Finding(WRONG, sentence)
    return Finding(WELL if answer.status == HTTPStatus.OK else WRONG, f"{url} answers {answer.status}")


def look_at_clock(peer: str, *, ask: Ask) -> Finding:
    """Signatures carry the time: other servers refuse those of a clock that is far off."""
    if not peer:
        return Finding(UNKNOWN, "name a server to compare with: --ask-the-time-of https://…")
    try:
        answer = ask(Call("GET", peer, Purpose.PAGE))
        stated = email.utils.parsedate_to_datetime(answer.headers["date"])
    except (OutboundFailure, KeyError, ValueError) as failure:
        return Finding(UNKNOWN, f"{peer} did not tell the time ({failure})")
    error = abs(clock.now() - stated)
    return Finding(WELL if error < MOST_CLOCK_ERROR else WRONG, f"{error.total_seconds():.0f} s from {peer}")
