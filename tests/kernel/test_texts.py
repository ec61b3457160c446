"""What no database keeps is not in what is handed to it."""

import pytest

from speak.kernel.texts import storable


@pytest.mark.parametrize(
    ("given", "kept"),
    [("", ""), ("héllo ☃ 🙂", "héllo ☃ 🙂"), ("a\0b\0", "ab"), ("half \ud83d of it", "half ? of it")],
)
def test_only_what_a_database_keeps_is_left(given: str, kept: str) -> None:
    assert storable(given) == kept
