"""What an app is given, as JSON."""

import datetime as dt
import json
from typing import Any

import msgspec


def written(answer: object) -> bytes:
    """This value in JSON. Times are in UTC and have exactly three decimals, as Mastodon's: apps expect no others."""
    plain = msgspec.to_builtins(answer, builtin_types=(dt.datetime,))
    return json.dumps(plain, default=_moment, ensure_ascii=False, separators=(",", ":")).encode()


def _moment(value: Any) -> str:  # noqa: ANN401 - as json hands it over
    if not isinstance(value, dt.datetime):
        raise TypeError(f"{type(value).__name__} is nothing that JSON knows.")
    return value.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
