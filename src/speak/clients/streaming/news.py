"""News: what has just become true, on its way from the process where it did to those where apps listen.

PostgreSQL carries it itself, to every process that listens, when the transaction holds (NOTIFY). The embedded database
has one writer, so rows come in the order in which they hold, and whoever listens reads those that are new.
"""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from typing import Literal

import msgspec
from django.db import DatabaseError, connection

from speak.clients.models import NewsRow
from speak.kernel import clock

CHANNEL = "speak_news"
KEPT_FOR = dt.timedelta(minutes=10)
SECONDS_BETWEEN_LOOKS = 0.2
# How long a listener waits for PostgreSQL before it looks whether it should end.
SECONDS_OF_WAITING = 1.0

What = Literal["said", "edited", "withdrawn", "passed_on", "passed_on_no_more", "told", "filters_changed"]


class News(msgspec.Struct, frozen=True, omit_defaults=True):
    """What happened to which row, and by whom; who may hear it is found out by whoever tells it on.

    `row_id` is a post, a boost, a notification, or nothing; `actor_id` is its author, or whom alone it concerns.
    """

    what: What
    row_id: int
    actor_id: int = 0


class Lost(Exception):
    """The line to the database broke; what was said meanwhile is not known."""


def tell(news: News) -> None:
    """Send it out when, and only if, the transaction holds."""
    words = msgspec.json.encode(news).decode()
    if connection.vendor != "postgresql":
        NewsRow.objects.create(words=words)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, words])


def listen(stop: threading.Event, *, began: Callable[[], object]) -> Iterator[News]:
    """All that becomes true after `began` was called, until `stop` is set. To be run in a thread of its own.

    Raises:
        Lost: the database is gone, or was.
    """
    try:
        yield from _notified(stop, began) if connection.vendor == "postgresql" else _read(stop, began)
    except DatabaseError as error:
        raise Lost from error
    finally:
        connection.close()


def forget_old_news() -> int:
    """Forget what every listener has read long ago; returns how many rows."""
    return NewsRow.objects.filter(told_at__lt=clock.now() - KEPT_FOR).delete()[0]


def _notified(stop: threading.Event, began: Callable[[], object]) -> Iterator[News]:
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    began()
    with connection.wrap_database_errors:
        while not stop.is_set():
            for note in connection.connection.notifies(timeout=SECONDS_OF_WAITING):
                yield msgspec.json.decode(note.payload, type=News)


def _read(stop: threading.Event, began: Callable[[], object]) -> Iterator[News]:
    read_up_to = NewsRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    began()
    while not stop.wait(SECONDS_BETWEEN_LOOKS):
        for number, words in NewsRow.objects.filter(pk__gt=read_up_to).order_by("pk").values_list("pk", "words"):
            read_up_to = number
            yield msgspec.json.decode(words, type=News)
