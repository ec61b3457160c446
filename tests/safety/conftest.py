"""People who hear reports: helen and hugo. alice runs the place, and hears none."""

import pytest

from speak.identity.models import Actor, User
from tests import makers
from tests.safety.telling import hears


@pytest.fixture
def helen(db: None) -> Actor:
    """She hears reports."""
    return hears(makers.person("helen"))


@pytest.fixture
def hugo(db: None) -> Actor:
    """He hears reports, too."""
    return hears(makers.person("hugo"))


@pytest.fixture
def operator(alice: Actor) -> Actor:
    """Alice, who runs the place."""
    User.objects.filter(actor=alice).update(is_staff=True)
    return Actor.objects.select_related("user").get(pk=alice.pk)
