#!/usr/bin/env python3
"""Prepare .venv from uv.lock, with nothing but Python's standard library.

    python3 scripts/bootstrap.py          what running needs
    python3 scripts/bootstrap.py --dev    what checks and tests need as well
    python3 scripts/bootstrap.py --engines  and what `make test-engines` asks: Spark, ClickHouse, Trino

Silent and quick when nothing has changed since the last time. Works with the `uv` on PATH; where
there is none, with one of its own in .tools, which some pip brings: this Python's, one that
`venv` makes, or, on a Debian without both, the one in Debian's package python3-pip-whl.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "prepared"
TOOLS = ROOT / ".tools"
UV_VERSION = "0.13.9"
OLDEST_UV = (0, 9)
OLDEST_PYTHON = (3, 11)
DEBIAN_PIP = "python3-pip-whl"
PIP_WHEEL = "usr/share/python-wheels/pip-*.whl"


def main(arguments: Sequence[str]) -> None:
    """Make .venv what uv.lock says, or leave with a sentence that says what to do."""
    if sys.version_info < OLDEST_PYTHON:
        leave(
            f"this needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.",
            "name another one: make run PYTHON=/path/to/python3.11",
        )
    prepared = STAMP.read_text(encoding="ascii").split() if STAMP.exists() else []
    with_engines = "--engines" in arguments or "engines" in prepared
    with_tests = with_engines or "--dev" in arguments or "tests" in prepared
    wanted = ["engines" if with_engines else "tests" if with_tests else "run", fingerprint()]
    if prepared == wanted and (ENVIRONMENT / "bin" / "python").exists():
        return
    say(f"preparing {ENVIRONMENT} for {'running and testing' if with_tests else 'running'} …")
    STAMP.unlink(missing_ok=True)
    sync(find_uv(), with_tests=with_tests, with_engines=with_engines)
    STAMP.write_text(" ".join(wanted), encoding="ascii")
    say("ready.")


def fingerprint() -> str:
    """What .venv depends on, as one word."""
    found = hashlib.sha256()
    for name in ("pyproject.toml", "uv.lock"):
        found.update((ROOT / name).read_bytes())
    return found.hexdigest()


def sync(uv: str, *, with_tests: bool, with_engines: bool) -> None:
    """Let uv install exactly what uv.lock names, with this Python."""
    command = [uv, "sync", "--frozen", "--python", str(Path(sys.executable).resolve())]
    if not with_tests:
        command += ["--no-dev", "--inexact"]  # what somebody added for themselves stays
    if with_engines:
        command += ["--group", "engines"]
    settings = {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT)}
    run(
        command,
        settings,
        hint="is PyPI reachable? uv's own words above say more. To start afresh: rm -r .venv",
    )


def find_uv() -> str:
    """The uv on PATH if it is new enough, else one of our own, installed once."""
    on_path = shutil.which("uv")
    if on_path and version_of(on_path) >= OLDEST_UV:
        return on_path
    home = TOOLS / f"uv-{UV_VERSION}"
    ours = home / "bin" / "uv"
    if not ours.exists():
        say(f"no recent uv on PATH: installing uv {UV_VERSION} into {home} …")
        install = [*find_pip(), "install", "--quiet", "--disable-pip-version-check", "--no-input"]
        # Some people's pip refuses to work outside an environment; here it does not touch the system.
        run(
            [*install, "--target", str(home), f"uv=={UV_VERSION}"],
            {"PIP_REQUIRE_VIRTUALENV": "0", "PIP_ROOT_USER_ACTION": "ignore"},
            hint="is PyPI reachable? If not, install uv some other way and put it on PATH.",
        )
    return str(ours)


def version_of(uv: str) -> tuple[int, ...]:
    """Its first two numbers, or nothing when it does not run."""
    try:
        answer = subprocess.run([uv, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ()
    numbers = re.search(r"(\d+)\.(\d+)", answer)
    return tuple(map(int, numbers.groups())) if numbers else ()


def find_pip() -> list[str]:
    """The words that start some pip."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if importlib.util.find_spec("ensurepip"):
        run([sys.executable, "-m", "venv", str(TOOLS / "pip")], {}, hint="rm -r .tools, and try again.")
        return [str(TOOLS / "pip" / "bin" / "python"), "-m", "pip"]
    return [sys.executable, f"{debian_pip()}/pip"]


def debian_pip() -> Path:
    """A pip that runs from its wheel: Debian leaves `ensurepip` out of Python, and packs this instead."""
    unpacked = TOOLS / "debian"
    found = pip_wheel(Path("/")) or pip_wheel(unpacked)
    if found:
        return found
    by_hand = "install uv and put it on PATH, or as root: apt-get install python3-venv ca-certificates"
    if not shutil.which("apt-get"):
        leave(f"{sys.executable} has neither pip nor ensurepip, and there is no uv on PATH.", by_hand)
    if os.geteuid() == 0:
        say(f"this Python has no pip: installing Debian's {DEBIAN_PIP} …")
        run(["apt-get", "update", "--quiet=2"], {}, hint=by_hand)
        run(
            [
                "apt-get",
                "install",
                "--quiet=2",
                "--yes",
                "--no-install-recommends",
                DEBIAN_PIP,
                "ca-certificates",
            ],
            {"DEBIAN_FRONTEND": "noninteractive"},
            hint=by_hand,
        )
    else:
        say(f"this Python has no pip: unpacking Debian's {DEBIAN_PIP} into {unpacked} …")
        unpacked.mkdir(parents=True, exist_ok=True)
        run(["apt-get", "download", "--quiet=2", DEBIAN_PIP], {}, hint=by_hand, folder=unpacked)
        for package in unpacked.glob("*.deb"):
            run(["dpkg-deb", "--extract", str(package), str(unpacked)], {}, hint=by_hand)
    found = pip_wheel(Path("/")) or pip_wheel(unpacked)
    if not found:
        leave(f"{DEBIAN_PIP} is there, but holds no pip.", by_hand)
    return found


def pip_wheel(below: Path) -> Path | None:
    """The newest pip wheel in a folder laid out like the root of a Debian system."""
    return max(below.glob(PIP_WHEEL), default=None)


def run(command: Sequence[str], settings: Mapping[str, str], *, hint: str, folder: Path = ROOT) -> None:
    """Run a program to its end; when it fails, leave with the hint."""
    environment = {**os.environ, **settings}
    environment.pop("VIRTUAL_ENV", None)  # whichever environment is active, ours is .venv
    try:
        subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    except OSError as error:
        leave(f"{command[0]} does not run: {error.strerror}.", hint)
    except subprocess.CalledProcessError as error:
        leave(f"`{' '.join(command)}` failed with code {error.returncode}.", hint)


def say(sentence: str) -> None:
    """Tell whoever waits what is happening."""
    print(f"speak: {sentence}", file=sys.stderr, flush=True)


def leave(sentence: str, hint: str) -> NoReturn:
    """Stop with what happened and what one can do."""
    sys.exit(f"speak: {sentence}\nhint: {hint}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
