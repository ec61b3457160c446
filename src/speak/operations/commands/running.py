"""`speak run`: everything, under one supervisor. It loads nothing of the program itself."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click

from speak.operations.commands.serving import A_FILE, A_PORT, address_from, port_beside, prepared, streaming_from

PATIENCE_SECONDS = 15
LONGEST_PAUSE_SECONDS = 60.0
LIVED_WELL_SECONDS = 60.0


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=A_PORT, help="The port to listen on.")
@click.option("--stream-port", type=A_PORT, help="The port for apps that listen; by default 1000 above the other.")
@click.option("--tls-cert", type=A_FILE, help="Certificate chain (PEM): the server speaks TLS itself.")
@click.option("--tls-key", type=A_FILE, help="The certificate's key (PEM).")
def run(*, host: str, port: int, stream_port: int | None, tls_cert: Path | None, tls_key: Path | None) -> None:
    """Start web, worker and streaming, and start them again if one falls; Ctrl-C ends all."""
    address_from(port, tls_cert, tls_key)
    streams_at = stream_port or port_beside(port)
    streaming_from(streams_at)
    prepared("welcome", quietly=False)
    tls = ["--tls-cert", str(tls_cert), "--tls-key", str(tls_key)] if tls_cert and tls_key else []
    watch(everything(port, streams_at, "--host", host, *tls))


def everything(port: int, stream_port: int, *further: str) -> list["Child"]:
    """What runs: web, worker and streaming."""
    return [
        Child("serve", "--is-prepared", "--port", str(port), *further),
        Child("worker"),
        Child("stream", "--is-prepared", "--port", str(stream_port), *further),
    ]


class Child:
    """One process that should always be there."""

    def __init__(self, *arguments: str) -> None:
        """`arguments` follow `speak` on the command line."""
        self.arguments = arguments
        self.failures = 0
        self.start_at = 0.0
        self.started_at = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def tend(self, now: float) -> None:
        """Start it, or start it again after a pause that grows while it keeps falling."""
        if self.process is None:
            if now >= self.start_at:
                command = [sys.executable, "-m", "speak", *self.arguments]
                self.process = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own program
                self.started_at = now
            return
        code = self.process.poll()
        if code is None:
            return
        self.end(signal.SIGKILL)  # what it had started itself would go on alone, and hold the port
        self.failures = 1 if now - self.started_at > LIVED_WELL_SECONDS else self.failures + 1
        pause = min(2.0 ** (self.failures - 1), LONGEST_PAUSE_SECONDS)
        click.echo(f"“speak {self.arguments[0]}” ended with {code}; again in {pause:.0f} s.", err=True)
        self.process, self.start_at = None, now + pause

    def end(self, how: signal.Signals) -> None:
        """Ask it, or make it, end, with all that it has started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, how)

    @property
    def is_there(self) -> bool:
        """Whether it still runs."""
        return self.process is not None and self.process.poll() is None


def watch(children: list[Child]) -> None:
    """Tend them until Ctrl-C."""
    click.echo("Ctrl-C ends it.")
    _Supervisor(children).watch()


class _Supervisor:
    """Tends its children until it is asked to end."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.is_ending = False
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._be_asked_to_end)

    def watch(self) -> None:
        while not self.is_ending:
            for child in self.children:
                child.tend(time.monotonic())
            time.sleep(0.2)
        for child in self.children:
            child.end(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while any(child.is_there for child in self.children) and time.monotonic() < deadline:
            time.sleep(0.1)
        for child in self.children:
            child.end(signal.SIGKILL)
        click.echo("Everything has ended; what was owed is kept and goes on next time.")

    def _be_asked_to_end(self, *_: object) -> None:
        self.is_ending = True
