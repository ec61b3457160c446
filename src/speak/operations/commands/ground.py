"""What commands stand on: Django set up, a database in order, refusals said instead of traces."""

import atexit
import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

import click
import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from speak.kernel.env import WrongSetting
from speak.kernel.errors import Refusal


def set_up() -> None:
    """Read the settings; a wrong one ends the command with a sentence. When it ends the database is let go of."""
    try:
        django.setup()
    except (WrongSetting, ImproperlyConfigured) as error:
        raise click.ClickException(str(error)) from error
    # Else SQLite leaves what was written last in a file beside the database.
    atexit.register(connections.close_all)


def prepare_database() -> None:
    """Bring the database to what this version needs; several processes may try at once."""
    with (Path(settings.SPEAK_DATA) / "preparing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            if migrations_missing():
                call_command("migrate", verbosity=0, interactive=False)
        except OperationalError as error:
            sentence = f"The database cannot be opened: {str(error).strip()}\nhint: look at SPEAK_DATABASE_URL."
            raise click.ClickException(sentence) from error


def migrations_missing() -> list[str]:
    """The names of the migrations that have not been applied."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _ in plan]


@contextlib.contextmanager
def said_plainly() -> Iterator[None]:
    """A refusal is told in its own words, with what one can do, and ends with exit code 1."""
    try:
        yield
    except Refusal as refusal:
        raise complaint(refusal.sentence, hint=refusal.hint) from refusal


def complaint(sentence: str, *, hint: str) -> click.ClickException:
    """How a command ends that cannot do what it was asked: why, and what one can do about it."""
    return click.ClickException(f"{sentence}\nhint: {hint}" if hint else sentence)
