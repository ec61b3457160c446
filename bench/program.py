"""The program under measurement: its processes, their CPU time and memory."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE_SECONDS = 60


@dataclass
class Program:
    """`speak serve` and `speak worker` on one database."""

    url: str
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *arguments: str) -> None:
        """Start `speak NAME …` in a session of its own."""
        command = [sys.executable, "-m", "speak", name, *arguments]
        self.processes[name] = subprocess.Popen(  # noqa: S603 - our own program
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=sys.stderr, start_new_session=True
        )

    def stop(self) -> None:
        """End what was started, by process id."""
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def run(self, module: str, *arguments: str) -> str:
        """Run a module of ours beside the program, with its settings; returns what it prints."""
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, check=True, text=True)  # noqa: S603
        return done.stdout

    def wait_until_it_answers(self) -> None:
        """Wait for the health page."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/health", timeout=2):  # noqa: S310
                return
            time.sleep(0.1)
        message = "the program did not answer"
        raise RuntimeError(message)

    def cpu_seconds(self, name: str) -> float:
        """CPU time so far of a process and its living children."""
        return sum(_cpu_seconds(pid) for pid in family(self.processes[name].pid))

    def memory(self) -> int:
        """Bytes of all processes together; shared pages are counted once (proportional set size)."""
        return sum(_memory(pid) for process in self.processes.values() for pid in family(process.pid))


@contextlib.contextmanager
def running(data: Path, *, database_url: str) -> Iterator[Program]:
    """The program on a free port of loopback, with fresh data."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "SPEAK_DATA": str(data),
        "SPEAK_URL": url,
        "SPEAK_DATABASE_URL": database_url,
        "SPEAK_ALLOW_NETWORKS": "127.0.0.0/8",
        "SPEAK_RATE_LIMITS": "off",
        "SPEAK_LOG": "ERROR",
        "DJANGO_SETTINGS_MODULE": "speak.operations.settings",
    }
    program = Program(url, environment)
    try:
        program.start("serve", "--host", "127.0.0.1", "--port", str(port))
        program.wait_until_it_answers()
        program.start("worker")
        program.start("stream", "--is-prepared", "--port", str(free_port()))
        yield program
    finally:
        program.stop()


def free_port() -> int:
    """A port that nobody has right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def family(pid: int) -> list[int]:
    """A process and all below it that live."""
    found = [pid]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found.extend(int(child) for child in children.read_text().split())
    return found


def _cpu_seconds(pid: int) -> float:
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    return 0.0


def _memory(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
