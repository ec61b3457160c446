"""A site made to hurt, on a real socket behind the real door: nothing of it is kept, nothing takes long (4.2, 4.3)."""

import time
from collections.abc import Iterator

import pytest

from speak.federation.models import OwedMention
from speak.federation.webmention import receiving, sending
from speak.identity.models import Actor
from tests.federation.hostile import PATHS, PATIENCE_SECONDS, Hostile, ask, hostile_site
from tests.kernel.outbound.places import INSIDE
from tests.makers import post

from .site import kept, sends

pytestmark = pytest.mark.allow_hosts(["127.0.0.0/8"])


@pytest.fixture
def site(alice: Actor) -> Iterator[str]:
    """The hostile site; every page of it that says anything links to what Alice said."""
    with hostile_site() as address:
        yield address


@pytest.mark.parametrize("way", PATHS)
def test_nothing_is_kept_of_a_page_that_hurts(site: str, alice: Actor, way: str) -> None:
    said = post(alice, "What do you think?")
    Hostile.link = f'<a href="{said.url}">x</a>'.encode()
    assert sends(f"{site}/{way}", said.url) == 202
    began = time.monotonic()
    for mention_id in receiving.take_up_due():
        receiving.check(mention_id, ask=ask)
    assert time.monotonic() - began < PATIENCE_SECONDS
    assert not [mention for mention in kept() if mention.state != "unseen"]


@pytest.mark.parametrize("way", PATHS)
def test_nothing_is_sent_to_a_page_that_hurts(site: str, alice: Actor, way: str) -> None:
    Hostile.link = f'<link rel="webmention" href="http://{INSIDE}:1/">'.encode()
    post(alice, f"Look at {site}/{way} please.")
    began = time.monotonic()
    for owed_id in sending.take_up_due():
        sending.tell_site(owed_id, ask=ask)
    assert time.monotonic() - began < PATIENCE_SECONDS
    assert OwedMention.objects.get().sent_at is None
