"""What the attacks use: a whole house, far.example, and the command line."""

import pytest

from tests.federation.conftest import far, far_and_pages, no_memory
from tests.operations.conftest import speak, written
from tests.promises.house import House, furnish

__all__ = ["far", "far_and_pages", "house", "no_memory", "speak", "written"]


@pytest.fixture
def house(db: None) -> House:
    """A house in which everything there is exists once."""
    return furnish()
