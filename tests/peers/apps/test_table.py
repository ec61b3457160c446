"""The table of what Mastodon.py finds here is what the code says, and most of it is tried."""

from tests.peers.apps import asking, notes, table
from tests.peers.apps.called import METHODS
from tests.peers.apps.table import PAGE, State


def test_the_table_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == table.page(), "run `make docs`"


def test_every_method_is_in_it() -> None:
    assert set(table.states()) | asking.HELPERS == set(METHODS)
    assert all(asked for asked in asking.asked_for().values())


def test_at_least_120_methods_are_called_and_none_that_is_absent() -> None:
    found = table.states()
    called = table.called() & set(found)
    assert len(called) >= 120
    assert not {name for name in called if found[name] == State.ABSENT}


def test_what_is_empty_is_so_for_a_reason() -> None:
    assert not [
        name for name, state in table.states().items() if state == State.EMPTY and notes.why(name) == notes.NOT_YET
    ]
