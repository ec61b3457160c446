"""Facts, and who hears them.

An event is a frozen dataclass in the past tense that carries ids. `emit` calls its listeners
at once, inside the transaction that made the fact true: a listener may write rows of its own
package or enqueue later work, and what it writes commits or rolls back with the fact.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection

Listener = Callable[[Any], None]
Declared = TypeVar("Declared", bound=Listener)

_listeners: defaultdict[type, list[Listener]] = defaultdict(list)


def on(*event_types: type) -> Callable[[Declared], Declared]:
    """Declare a listener; it lives in a package's `handlers.py`, loaded when the app is ready."""

    def declare(listener: Declared) -> Declared:
        for event_type in event_types:
            _listeners[event_type].append(listener)
        return listener

    return declare


def emit(event: object) -> None:
    """Tell everyone who listens that something has happened.

    Raises:
        RuntimeError: outside a transaction, where a consequence could be lost.
    """
    if not connection.in_atomic_block:
        message = f"{type(event).__name__} must be emitted inside a transaction"
        raise RuntimeError(message)
    for listener in _listeners.get(type(event), ()):
        listener(event)


def listeners() -> dict[type, list[Listener]]:
    """Every event that somebody listens to, for the generated reference."""
    return dict(_listeners)
