"""What stands at the top of a profile, in both directions."""

from collections.abc import Callable

import pytest
from django.test import Client

from speak.federation.discovery import find_featured
from speak.identity.models import Actor
from speak.voice.actions import pin, unpin, withdraw_post
from speak.voice.models import Pin
from speak.voice.queries import pinned_by
from speak.voice.reach import Reach
from tests import makers
from tests.federation.delivery.owed import owed
from tests.federation.far import FarServer, does, note

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(dora: Actor) -> Actor:
    """She has a list of what stands at the top, as people elsewhere do."""
    dora.featured_url = f"{dora.uri}/featured"
    dora.save()
    return dora


def test_what_is_kept_at_the_top_stands_in_the_list_and_is_told(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(dora, alice)
    first, second = makers.post(alice, "First."), makers.post(alice, "Second.")
    pin(alice, post=first)
    pin(alice, post=second)
    listed = far.read(alice.featured_url)
    assert [post["id"] for post in listed["orderedItems"]] == [second.uri, first.uri]  # type: ignore[attr-defined]
    told = owed("Add")
    assert [(each["object"], each["target"]) for each in told] == [
        (first.uri, alice.featured_url),
        (second.uri, alice.featured_url),
    ]
    unpin(alice, post=first)
    assert [each["object"] for each in owed("Remove")] == [first.uri]
    assert pinned_by(None, alice) == [second]


def test_what_was_withdrawn_stands_nowhere(far: FarServer, alice: Actor) -> None:
    said = makers.post(alice)
    pin(alice, post=said)
    withdraw_post(alice, post=said)
    assert far.read(alice.featured_url)["orderedItems"] == []


def test_only_what_anyone_may_read_is_kept_at_the_top(alice: Actor, browser_of: Callable[[Actor], Client]) -> None:
    for reach in (Reach.HERE, Reach.FOLLOWERS, Reach.SELF):
        said = makers.post(alice, reach=reach)
        assert browser_of(alice).post(f"/said/{said.pk}/act", {"act": "pin"}).status_code == 403
    assert not Pin.objects.exists()


def test_nobody_pins_the_words_of_another(alice: Actor, bob: Actor, browser_of: Callable[[Actor], Client]) -> None:
    said = makers.post(alice)
    assert browser_of(bob).post(f"/said/{said.pk}/act", {"act": "pin"}).status_code == 403


def test_a_profile_begins_with_what_is_kept_at_the_top(alice: Actor, browser_of: Callable[[Actor], Client]) -> None:
    said = makers.post(alice, "Who I am.")
    for number in range(3):
        makers.post(alice, f"Word {number}.")
    assert browser_of(alice).post(f"/said/{said.pk}/act", {"act": "pin"}).status_code == 302
    page = browser_of(alice).get(alice.path).content.decode()
    assert page.index("Who I am.") < page.index("Word 2.")
    assert page.count("Who I am.</p>") == 1


def test_what_others_keep_at_the_top_is_known(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    said = makers.far_post(dora)
    add = does(dora, "Add", said.uri, target=dora.featured_url)
    assert far.post(dora, add).status == 202
    assert pinned_by(None, dora) == [said]
    assert far.post(dora, does(dora, "Remove", said.uri, name="2", target=dora.featured_url)).status == 202
    assert pinned_by(None, dora) == []


def test_nobody_changes_the_list_of_another(far: FarServer, alice: Actor, dora: Actor) -> None:
    eve, zoe = makers.far_person("eve", domain="evil.example"), makers.far_person("zoe")
    eve.featured_url = f"{eve.uri}/featured"
    eve.save()
    hers, own = makers.far_post(dora), makers.far_post(eve)
    assert far.post(eve, does(eve, "Add", hers.uri, target=dora.featured_url)).status == 403
    assert far.post(eve, does(eve, "Add", hers.uri, name="2", target=eve.featured_url)).status == 403
    assert far.post(eve, does(eve, "Add", own.uri, name="3", target=alice.featured_url)).status == 403
    assert far.post(zoe, does(zoe, "Add", hers.uri, name="4", target=dora.featured_url)).status == 202
    assert not Pin.objects.exists()


def test_the_whole_list_is_taken_over_but_only_their_own_words(far: FarServer, dora: Actor) -> None:
    eve = makers.far_person("eve")
    for document in (note(dora, "1"), note(dora, "2"), note(eve, "3")):
        far.serves(str(document["id"]), document)
    uris = [f"https://far.example/notes/{name}" for name in "132"] + ["https://evil.example/9"]
    far.serves(
        dora.featured_url, {"id": dora.featured_url, "type": "OrderedCollection", "orderedItems": [*uris, {"x": 1}]}
    )
    find_featured(dora, ask=far.outbound.ask)
    assert [post.uri for post in pinned_by(None, dora)] == [uris[0], uris[2]]


def test_likes_and_shares_are_there_but_show_neither_whose_nor_how_many(
    far: FarServer, alice: Actor, bob: Actor, dora: Actor
) -> None:
    said = makers.post(alice)
    document = far.read(said.uri)
    for name in ("likes", "shares"):
        assert document[name] == f"{said.uri}/{name}"
        listed = far.read(f"{said.uri}/{name}")
        assert (listed["id"], listed["type"]) == (f"{said.uri}/{name}", "OrderedCollection")
        assert not {"totalItems", "first", "orderedItems", "items"} & set(listed)
    kept = makers.post(alice, reach=Reach.FOLLOWERS)
    assert far.get(f"/posts/{kept.pk}/likes").status == 404
