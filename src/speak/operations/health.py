"""Whether the program is well: for supervisors, proxies and `speak doctor`."""

import time
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

BEATS_EVERY_SECONDS = 5
SILENT_AFTER_SECONDS = 30


def health(_request: HttpRequest) -> HttpResponse:
    """200 when the web answers and the database with it; in the word that apps for Mastodon read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("OK", content_type="text/plain; charset=utf-8")


def beat() -> None:
    """The worker says that it lives."""
    _heart().touch()


def seconds_since_beat() -> float | None:
    """How long ago the worker said that it lives, or nothing where it never did."""
    try:
        return time.time() - _heart().stat().st_mtime
    except FileNotFoundError:
        return None


def _heart() -> Path:
    return Path(settings.SPEAK_DATA) / "worker.alive"
