"""The database as one file, while it is in use; and back. PostgreSQL has programs of its own for both."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.loader import MigrationLoader

from speak.kernel.errors import Conflict, Invalid
from speak.operations.copies.values import DUMPED, EMBEDDED

PATIENCE_SECONDS = 20


def name_of_copy() -> str:
    """What the database is called in a copy, which also says of which kind it is."""
    return EMBEDDED if connection.vendor == "sqlite" else DUMPED


def copy_database(to: Path) -> None:
    """All that is in the database at one moment.

    Raises:
        Conflict: it cannot be copied, and why.
    """
    if connection.vendor == "sqlite":
        _copy_embedded(Path(str(connection.settings_dict["NAME"])), to)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")


def check_database(copied: Path) -> None:
    """Refuse a copied database that is damaged, or newer than this program.

    Raises:
        Invalid: it is.
    """
    if copied.name == DUMPED:
        _run("pg_restore", "--list", str(copied), names_database=False)
        return
    with contextlib.closing(sqlite3.connect(f"file:{copied}?mode=ro", uri=True)) as found:
        try:
            state = found.execute("PRAGMA integrity_check").fetchone()[0]
            applied = set(found.execute("SELECT app, name FROM django_migrations"))
        except sqlite3.DatabaseError as error:
            raise Invalid(f"The database in it cannot be read: {error}.") from error
    if state != "ok":
        raise Invalid(f"The database in it is damaged: {state}.")
    if applied - set(MigrationLoader(None).disk_migrations):
        raise Invalid("It was made by a newer version of this program.", hint="Install that version, then try again.")


def put_database_back(copied: Path) -> None:
    """PostgreSQL's own: all or nothing, in place of what is there.

    Raises:
        Conflict: it did not work, and why; nothing has changed.
    """
    connection.close()
    _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error", str(copied))


def _copy_embedded(source: Path, to: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(source, timeout=PATIENCE_SECONDS)) as here,
        contextlib.closing(sqlite3.connect(to)) as there,
    ):
        here.backup(there)
        # One file, with nothing beside it.
        there.execute("PRAGMA journal_mode=DELETE")
        state = there.execute("PRAGMA integrity_check").fetchone()[0]
    if state != "ok":
        raise Conflict(f"The database is damaged: {state}.", hint="Keep the copies you have.")


def _run(program: str, *arguments: str, names_database: bool = True) -> None:
    """Run one of PostgreSQL's programs; a password goes by the environment, where nobody else reads it."""
    path = shutil.which(program)
    if path is None:
        raise Conflict(
            f"{program} is not there, and only it copies PostgreSQL.",
            hint="Install PostgreSQL's client programs (on Debian: postgresql-client), as new as the server.",
        )
    database, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    *where, name = database[1:]
    named = [*where, f"--dbname={name}"] if names_database else []
    done = subprocess.run(  # noqa: S603 - found by its name, with arguments of ours
        [path, *named, *arguments],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Conflict(f"{program} did not do it: {done.stderr.strip()}")
