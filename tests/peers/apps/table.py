"""The table of what Mastodon.py finds here: `python -m tests.peers.apps.table` writes it anew."""

import importlib
import inspect
from enum import StrEnum
from pathlib import Path

from django.urls import Resolver404, resolve
from django.urls.resolvers import RoutePattern
from mastodon import Mastodon

import tests.conftest  # noqa: F401 - starts Django
from speak.clients.mastodon import empty
from speak.clients.urls import ENDPOINTS
from tests.peers.apps import asking, notes
from tests.peers.apps.called import CALLED, METHODS

FOLDER = Path(__file__).parent
PAGE = Path(__file__).parents[3] / "docs" / "reference" / "mastodon-api.md"
# What is answered beside Django, by the beginning of its address.
ANSWERED_BESIDE = ("/api/v1/streaming",)
# Endpoints that have a module of their own for other reasons, and never anything to tell.
ALWAYS_EMPTY = frozenset({"/api/v1/custom_emojis"})
HEAD = ("| method | asks for | here | called | why |", "|---|---|---|---|---|")
INTRODUCTION = """# Mastodon's API, by the methods of Mastodon.py

[Mastodon.py](https://pypi.org/project/Mastodon.py/) is a library that others wrote and that knows Mastodon's whole API.
This table holds each of its methods: *served* with real answers, *empty* where the honest answer is always nothing, or
*absent*. `make docs` writes it from the library and from the addresses of this server;
a test fails when it is not current. *Called* are those that a test calls on a running server, saying what has to come.
"""


class State(StrEnum):
    """What a method finds here."""

    SERVED = "served"
    EMPTY = "empty"
    ABSENT = "absent"


def states() -> dict[str, State]:
    """What every method finds that asks for something."""
    order = (State.ABSENT, State.EMPTY, State.SERVED)
    found = {name: {_state(*each) for each in asked} for name, asked in asking.asked_for().items()}
    return {name: next(state for state in order if state in several) for name, several in found.items()}


def called() -> set[str]:
    """Every method that some test calls."""
    for file in sorted(FOLDER.glob("test_*.py")):
        importlib.import_module(f"{__package__}.{file.stem}")
    return CALLED


def page() -> str:
    """The whole page."""
    found, tried, asked = states(), called(), asking.asked_for()
    sums = ", ".join(f"{sum(each == state for each in found.values())} {state}" for state in State)
    parts = [INTRODUCTION, f"{len(found)} methods: {sums}. {len(tried & set(found))} are called.\n"]
    for chapter, names in _chapters().items():
        listed = [name for name in names if name in found]
        if listed:
            rows = [_row(name, asked[name][-1], state=found[name], is_called=name in tried) for name in listed]
            parts.append("\n".join([f"## {chapter.replace('_', ' ').capitalize()}", "", *HEAD, *rows, ""]))
    helpers = ", ".join(f"`{name}`" for name in sorted(asking.HELPERS))
    parts.append(f"## Helpers\n\nThese work on what an app holds already: {helpers}.\n")
    return "\n".join(parts)


def _row(name: str, asked: asking.Asked, *, state: State, is_called: bool) -> str:
    method, path = asked
    note = "" if state == State.SERVED else notes.why(name)
    route = "/".join("…" if part == "1" else part for part in path.split("/"))
    return f"| `{name}` | `{method} {route}` | {state} | {'yes' if is_called else ''} | {note} |"


def _chapters() -> dict[str, list[str]]:
    """The methods by the module of the library in which they stand."""
    chapters: dict[str, list[str]] = {}
    for name in METHODS:
        module = inspect.unwrap(getattr(Mastodon, name)).__module__
        chapters.setdefault(module.rpartition(".")[2], []).append(name)
    return dict(sorted(chapters.items()))


def _state(method: str, path: str) -> State:
    if path.startswith(ANSWERED_BESIDE):
        return State.SERVED
    for each in ENDPOINTS:
        route = RoutePattern(each.route.lstrip("/"), is_endpoint=True)
        if each.method == method and route.match(path.strip("/")):
            is_empty = each in empty.ENDPOINTS or each.route in ALWAYS_EMPTY
            return State.EMPTY if is_empty else State.SERVED
    return State.SERVED if not path.startswith("/api/") and _leads_somewhere(path) else State.ABSENT


def _leads_somewhere(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def main() -> None:
    """Write it."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
