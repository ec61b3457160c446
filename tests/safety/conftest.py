"""People who hear reports: helen and hugo. alice runs the place, and hears none."""

import pytest

from speak.identity.actions import let_run_server
from speak.identity.models import Actor
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
    let_run_server(alice)
    return Actor.objects.select_related("user").get(pk=alice.pk)
