"""`speak worker`: everything that is owed, to people here and to other servers."""

import signal
import threading
from pathlib import Path

import click
from django.conf import settings
from django.db import connection

from speak.operations import work
from speak.operations.commands.ground import prepare_database
from speak.operations.presence import be_here


@click.command()
def worker() -> None:
    """Deliver what other servers are owed, say what was held, do what was put off."""
    prepare_database()
    be_here(Path(settings.SPEAK_DATA))
    connection.close()  # its threads open their own
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    work.until(stop)
