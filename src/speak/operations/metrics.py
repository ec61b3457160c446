"""`/metrics`, for Prometheus: what waits, since when, and what came of it; for whom SPEAK_METRICS names."""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from speak.federation.delivery import overview
from speak.kernel import clock, tasks
from speak.kernel.metrics import Gauge, as_text, inbox_answers
from speak.operations.callers import is_from_here
from speak.operations.health import seconds_since_beat

LOOPBACK = "loopback"
CONTENT_TYPE = "text/plain; version=1.0.0; charset=utf-8"


def metrics(request: HttpRequest) -> HttpResponse:
    """Counters and what is owed, for whom SPEAK_METRICS names; for everybody else there is no such page."""
    if not _may_read(request):
        return HttpResponse("There is nothing here.\n", status=404, content_type="text/plain; charset=utf-8")
    return HttpResponse(as_text(_gauges()), content_type=CONTENT_TYPE)


def count_inbox_answers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: count what activities of other servers were answered."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and request.path.endswith("/inbox"):
            inbox_answers.labels(str(response.status_code)).inc()
        return response

    return respond


def _gauges() -> list[Gauge]:
    waiting = {"deliveries": overview.waiting_since(), **{f"tasks-{k}": v for k, v in tasks.waiting_since().items()}}
    silent = seconds_since_beat()
    return [
        Gauge("speak_waiting", "How much waits, by kind of work", {k: n for k, (n, _) in waiting.items()}, "work"),
        Gauge(
            "speak_waiting_seconds",
            "For how long the first of it could have been done",
            {kind: _seconds_since(first) for kind, (_, first) in waiting.items()},
            "work",
        ),
        Gauge("speak_servers_left_alone", "Servers that do not answer", {"": overview.servers_left_alone()}),
        Gauge(
            "speak_worker_silent_seconds", "Since the worker said that it lives", {} if silent is None else {"": silent}
        ),
    ]


def _seconds_since(instant: dt.datetime | None) -> float:
    return max((clock.now() - instant).total_seconds(), 0.0) if instant else 0.0


def _may_read(request: HttpRequest) -> bool:
    allowed = settings.SPEAK_METRICS
    if not allowed:
        return False
    if allowed.lower() == LOOPBACK:
        return is_from_here(request)
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and constant_time_compare(token.strip(), allowed)
