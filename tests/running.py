"""Starts the program itself, as people run it, on loopback, and ends it by process id."""

import contextlib
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import trustme

from tests import prepared

PATIENCE_SECONDS = 120.0
Found = TypeVar("Found")


@dataclass
class Authority:
    """A certificate authority of the test's own, which the servers of the test trust."""

    folder: Path
    bundle: Path = field(init=False)
    certificate: Path = field(init=False)
    key: Path = field(init=False)

    def __post_init__(self) -> None:
        """Issue one certificate for localhost, and a bundle with the system's authorities and this one."""
        authority = trustme.CA()
        issued = authority.issue_cert("localhost", "127.0.0.1")
        self.bundle, self.certificate, self.key = (
            self.folder / name for name in ("bundle.pem", "certificate.pem", "key.pem")
        )
        system = Path(ssl.get_default_verify_paths().cafile or "/etc/ssl/certs/ca-certificates.crt")
        known = system.read_bytes() if system.exists() else b""
        self.bundle.write_bytes(known + b"\n" + authority.cert_pem.bytes())
        self.certificate.write_bytes(b"".join(pem.bytes() for pem in issued.cert_chain_pems))
        self.key.write_bytes(issued.private_key_pem.bytes())

    def context(self) -> ssl.SSLContext:
        """For clients in the test."""
        return ssl.create_default_context(cafile=str(self.bundle))


@dataclass
class Home:
    """One server of ours with its data: web and worker, and `stream` where a test starts it."""

    folder: Path
    port: int
    authority: Authority | None = None
    database_url: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    is_prepared: bool = False
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    stream_ports: dict[str, int] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Its public address."""
        return f"{'https' if self.authority else 'http'}://localhost:{self.port}"

    @property
    def domain(self) -> str:
        """What follows the @ in addresses."""
        return f"localhost:{self.port}"

    def environment(self) -> dict[str, str]:
        """The settings it runs with."""
        environment = {
            **os.environ,
            "SPEAK_DATA": str(self.folder),
            "SPEAK_URL": self.url,
            "SPEAK_DATABASE_URL": self.database_url,
            "SPEAK_ALLOW_NETWORKS": "127.0.0.0/8,::1/128",
            "SPEAK_RATE_LIMITS": "off",
            "PYTHONUNBUFFERED": "1",
            **self.settings,
        }
        if self.authority:
            environment["SSL_CERT_FILE"] = str(self.authority.bundle)
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        # What one process compiles, the next finds: twice as fast to start.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        return environment

    def speak(self, *arguments: str, typed: str = "", seconds: float = PATIENCE_SECONDS) -> str:
        """Run a command beside it; returns what it prints.

        Raises:
            CalledProcessError: it failed; its output is part of the message.
        """
        done = subprocess.run(
            [sys.executable, "-m", "speak", *arguments],
            env=self.environment(),
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )
        if done.returncode:
            raise AssertionError(
                f"speak {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
            )
        return done.stdout

    def python(self, code: str, *arguments: str) -> str:
        """Run a few lines beside it, with its settings and Django set up; returns what they print."""
        lines = f"import django\ndjango.setup()\n{code}"
        environment = self.environment() | {"DJANGO_SETTINGS_MODULE": "speak.operations.settings"}
        done = subprocess.run(
            [sys.executable, "-c", lines, *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=PATIENCE_SECONDS,
        )
        return done.stdout

    def start(self, *names: str) -> None:
        """Start `serve` and `worker`, or only those named, and wait for the web to answer; `worker 2` is one more."""
        for name in names or ("serve", "worker"):
            with (self.folder / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    [sys.executable, "-m", "speak", name.split()[0], *self._arguments(name)],
                    env=self.environment(),
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            if name == "serve":
                self._wait_for_web()
            if name.startswith("stream"):
                self._wait_for_port(self.stream_ports[name])

    def stop(self, *names: str, how: signal.Signals = signal.SIGTERM) -> None:
        """End processes, by default all and gently; SIGKILL is for tests of what survives."""
        for name in names or tuple(self.processes):
            process = self.processes.pop(name)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, how)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def get(self, path: str, *, accept: str = "text/html") -> tuple[int, str]:
        """Status and text of one of its addresses, as a stranger sees it."""
        request = urllib.request.Request(self.url + path, headers={"Accept": accept})  # noqa: S310
        context = self.authority.context() if self.authority else None
        try:
            with urllib.request.urlopen(request, timeout=10, context=context) as answer:  # noqa: S310
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def logs(self) -> str:
        """What its processes have said, for the message of a failing test."""
        return "".join(f"--- {log.name}\n{log.read_text()[-4000:]}" for log in self.folder.glob("*.log"))

    def _arguments(self, name: str) -> list[str]:
        if name.startswith("stream"):
            return ["--is-prepared", "--port", str(self.stream_ports.setdefault(name, free_port()))]
        if name != "serve":
            return []
        arguments = ["--host", "127.0.0.1", "--port", str(self.port)]
        if self.is_prepared:
            arguments.append("--is-prepared")
        if self.authority:
            arguments += ["--tls-cert", str(self.authority.certificate), "--tls-key", str(self.authority.key)]
        return arguments

    def _wait_for_port(self, port: int) -> None:
        until(lambda: is_open(port), seconds=PATIENCE_SECONDS, says=f"nobody listens at {port}\n{self.logs()}")

    def _wait_for_web(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                if self.get("/health")[0] == 200:
                    return
            time.sleep(0.1)
        raise AssertionError(f"{self.url} did not answer\n{self.logs()}")


def is_open(port: int) -> bool:
    """Whether somebody listens at a port of loopback."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def free_port() -> int:
    """A port of loopback that nobody has right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def home(folder: Path, **options: object) -> Iterator[Home]:
    """A running server, ended when the test is."""
    folder.mkdir(parents=True, exist_ok=True)
    server = Home(folder, free_port(), is_prepared=True, **options)  # type: ignore[arg-type]
    if not server.database_url:
        shutil.copy(prepared.embedded(), folder / prepared.NAME)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def until(check: Callable[[], Found], *, seconds: float = 20.0, says: str = "") -> Found:
    """Ask again and again until the answer is true; returns it.

    Raises:
        AssertionError: it never was.
    """
    deadline = time.monotonic() + seconds
    while True:
        found = check()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(says or f"still not so after {seconds} s: {check}")
        time.sleep(0.1)


def as_json(text: str) -> dict[str, object]:
    """A JSON object."""
    found = json.loads(text)
    assert isinstance(found, dict)
    return found
