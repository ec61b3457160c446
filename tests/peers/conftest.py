"""The environments in which programs of others run: beside ours, because they want other libraries than we do."""

import contextlib
import fcntl
import os
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Authority

PEERS = Path(__file__).parent
BOOTSTRAP = PEERS.parent.parent / "scripts" / "bootstrap.py"
ENVIRONMENTS = Path(sys.executable).parent.parent / "peers"
TOOLS = Path(sys.executable).parent


def environment_of(name: str) -> Path:
    """The Python in whose environment the programs of this folder are, as its lock says."""
    home = ENVIRONMENTS / name
    environment = {
        **os.environ,
        "UV_PROJECT_ENVIRONMENT": str(home),
        "UV_PYTHON_DOWNLOADS": "never",
    }
    environment.pop("VIRTUAL_ENV", None)
    uv = runpy.run_path(str(BOOTSTRAP))["find_uv"]()
    command = [uv, "sync", "--frozen", "--quiet", "--project", str(PEERS / name)]
    with one_at_a_time(name):
        python = str(Path(sys.base_prefix) / "bin" / "python3")
        subprocess.run([*command, "--python", python], env=environment, check=True)
    return home / "bin" / "python"


@pytest.fixture(scope="session")
def pasture() -> Path:
    """The Python in whose environment Helge's programs are, as their lock says."""
    return environment_of("pasture")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Whom our server and theirs trust."""
    return Authority(tmp_path_factory.mktemp("authority"))


def with_packages_of(folder: Path) -> dict[str, str]:
    """The environment for Node in this folder, whose packages are there as its lock says."""
    environment = {**os.environ, "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"}
    with one_at_a_time(folder.name):
        if not (folder / "node_modules" / ".package-lock.json").is_file():
            command = [str(TOOLS / "npm"), "ci", "--no-audit", "--no-fund", "--loglevel=error"]
            subprocess.run(command, cwd=folder, env=environment, check=True, timeout=240)
    return environment


@contextlib.contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Tests run in several processes, and two that install into one folder spoil it for each other."""
    ENVIRONMENTS.mkdir(exist_ok=True)
    with (ENVIRONMENTS / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
