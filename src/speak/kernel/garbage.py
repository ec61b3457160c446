"""Python's search for garbage in circles: not among what stays as long as the process."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# So many new objects before the young are searched (Python: 700), so many such searches before the next age.
YOUNG, OLDER, OLDEST = 20_000, 20, 20


@contextmanager
def while_loading() -> Iterator[None]:
    """Nothing is searched while modules are loaded, since all of it stays: a sixth of the time of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def settle() -> None:
    """Set aside all that is there, once a program has started, and search the rest less often.

    Without it, each search of the oldest takes a tenth of a second here, and a thousand deliveries cause several.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, OLDEST)
