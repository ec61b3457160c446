"""How what an app is given is written."""

import datetime as dt
import json

import msgspec
import pytest

from speak.clients.api.writing import written


class Said(msgspec.Struct):
    """Something with a time, and a name that Python does not allow."""

    at: dt.datetime | None
    on: dt.date
    name: str = msgspec.field(name="reading:name")


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (dt.datetime(2026, 11, 23, 10, 15, 47, tzinfo=dt.UTC), "2026-11-23T10:15:47.000Z"),
        (dt.datetime(2026, 11, 23, 10, 15, 47, 961_999, tzinfo=dt.UTC), "2026-11-23T10:15:47.961Z"),
        (dt.datetime(2026, 11, 23, 12, 15, tzinfo=dt.timezone(dt.timedelta(hours=2))), "2026-11-23T10:15:00.000Z"),
    ],
)
def test_every_time_has_three_decimals_for_apps_that_read_no_other(at: dt.datetime, shown: str) -> None:
    read = json.loads(written([Said(at, at.date(), "Überall")]))
    assert read == [{"at": shown, "on": "2026-11-23", "reading:name": "Überall"}]


def test_what_is_nothing_stays_nothing() -> None:
    assert json.loads(written(Said(None, dt.date(2026, 1, 2), "")))["at"] is None


def test_what_json_does_not_know_is_not_guessed() -> None:
    with pytest.raises(TypeError):
        written(object())
