"""What tests of apps may use."""

import pytest

from tests.clients.furnished import Furnished, furnish


@pytest.fixture
def house(db: None) -> Furnished:
    """One of everything that an app can ask for."""
    return furnish()
