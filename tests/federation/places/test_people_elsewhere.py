"""People of the organisation whose home is elsewhere: shown by their own consent, and for as long as it stands."""

import datetime as dt
from collections.abc import Callable

import mf2py
import pytest
from django.test import Client

from speak.federation.places.looking import look, take_up_due
from speak.federation.render.actor import document
from speak.identity.actions import ProfileWords, block, change_preferences, let_run_server
from speak.identity.models import Actor, Link
from speak.kernel import clock
from speak.kernel.errors import NotAllowed, NotFound, Refusal
from speak.rooms.actions import found_organisation, leave_person_out, look_at_person, name_person_elsewhere
from speak.rooms.models import PersonElsewhere
from speak.rooms.queries import people_elsewhere, people_named, the_organisation
from tests import makers
from tests.clients.apps import app_of
from tests.fakes import FakeOutbound
from tests.federation.far import FarServer, does
from tests.federation.webmention.site import html

Browser = Callable[[Actor | None], Client]
pytestmark = pytest.mark.django_db
HOME = "https://home.example/organisation"
ERIN = "https://erin.example/"
EVIL = "<script>alert(1)</script>"
BACK = html(f'<a rel="me" href="{HOME}">Harbor Works</a>')


@pytest.fixture
def keeper(alice: Actor) -> Actor:
    """Alice runs this server, which has an organisation."""
    let_run_server(alice)
    found_organisation(alice, handle="harbor", words=ProfileWords(name="Harbor Works", aim="We keep boats afloat."))
    return alice


def shown(viewer: Actor | None = None) -> list[str]:
    organisation = the_organisation()
    assert organisation is not None
    return [person.link.url for person in people_elsewhere(viewer, organisation)]


def worker_looks(outbound: FakeOutbound) -> None:
    for link_id in take_up_due():
        look(link_id, ask=outbound.ask)


def on_the_wire() -> list[object]:
    organisation = the_organisation()
    assert organisation is not None
    found = document(organisation.actor)["attachment"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("back", [HOME, "https://home.example/@harbor", f"{HOME}/"])
def test_somebody_is_shown_when_both_pages_point_at_each_other(
    keeper: Actor, bob: Actor, browser_of: Browser, back: str
) -> None:
    change_preferences(bob, approves_followers=False, is_listed=True)
    name_person_elsewhere(keeper, url=ERIN)
    assert shown() == []
    assert on_the_wire() == []
    assert "erin.example" not in browser_of(None).get("/organisation").text
    worker_looks(FakeOutbound({ERIN: html(f'<a rel="me" href="{back}">Harbor Works</a>')}))
    assert shown() == [ERIN]
    rels = mf2py.parse(doc=browser_of(None).get("/organisation").text, url=HOME)["rels"]
    assert rels["me"] == ["https://home.example/@bob", ERIN]
    assert HOME in mf2py.parse(doc=browser_of(None).get("/@bob").text, url=HOME)["rels"]["me"]
    assert "organisation" not in browser_of(None).get("/@alice").text.partition("<main")[2]
    assert [ERIN in str(field) for field in on_the_wire()] == [True]


def test_without_their_consent_nothing_of_them_leaves(keeper: Actor) -> None:
    name_person_elsewhere(keeper, url=ERIN)
    worker_looks(FakeOutbound({ERIN: html(f'<a href="{HOME}">Not with rel=me</a>')}))
    assert shown() == on_the_wire() == []
    organisation = the_organisation()
    assert organisation is not None
    assert app_of(keeper).get(f"/api/v1/accounts/{organisation.actor_id}")["fields"] == []


def test_who_takes_the_link_away_is_shown_no_more(keeper: Actor) -> None:
    name_person_elsewhere(keeper, url=ERIN)
    outbound = FakeOutbound({ERIN: BACK})
    worker_looks(outbound)
    outbound.answers[ERIN] = html("<p>On my own again.</p>")
    with clock.moved(dt.timedelta(days=2)):
        worker_looks(outbound)
    assert shown() == on_the_wire() == []


def test_somebody_of_the_social_web_is_shown_with_name_and_face_until_they_change_their_profile(
    keeper: Actor, dora: Actor, far: FarServer, browser_of: Browser
) -> None:
    Actor.objects.filter(pk=dora.pk).update(name=f"Dora {EVIL}")
    name_person_elsewhere(keeper, url=dora.url, actor=dora)
    fields = [{"type": "PropertyValue", "name": "Work", "value": f'<a href="{HOME}">{HOME}</a>'}]
    actor = far.serves_actor(dora.uri, "dora", url=dora.url, attachment=fields)
    far.outbound.answers[dora.url] = far.outbound.answers[dora.uri]
    worker_looks(far.outbound)
    assert shown() == [dora.url]
    with clock.moved(dt.timedelta(hours=1)):
        mended = {**actor, "attachment": []}
        far.serves(dora.uri, mended)
        far.serves(dora.url, mended)
        assert far.post(dora, does(dora, "Update", mended)).status == 202
        assert take_up_due() == []
    with clock.moved(dt.timedelta(hours=1, minutes=2)):
        worker_looks(far.outbound)
    assert shown() == []


def test_who_is_gone_limited_or_blocks_the_reader_is_not_shown(
    keeper: Actor, bob: Actor, dora: Actor, browser_of: Browser
) -> None:
    Actor.objects.filter(pk=dora.pk).update(name=f"Dora {EVIL}")
    name_person_elsewhere(keeper, url=dora.url, actor=dora)
    name_person_elsewhere(keeper, url=ERIN)
    Link.objects.update(verified_at=clock.now())
    assert set(shown(bob)) == {dora.url, ERIN}
    page = browser_of(bob).get("/organisation").text
    assert EVIL not in page
    assert "lives at far.example" in page
    block(dora, blocked=bob)
    assert shown(bob) == [ERIN]
    for change in ({"gone_at": clock.now()}, {"suspended_at": clock.now(), "gone_at": None}):
        Actor.objects.filter(pk=dora.pk).update(**change)
        assert shown() == [ERIN]


def test_only_keepers_name_people_and_see_who_was_named(
    keeper: Actor, bob: Actor, carol: Actor, dora: Actor, browser_of: Browser
) -> None:
    person = name_person_elsewhere(keeper, url=dora.url, actor=dora)
    organisation = the_organisation()
    assert organisation is not None
    for act in (
        lambda: name_person_elsewhere(bob, url=ERIN),
        lambda: leave_person_out(bob, person_id=person.pk),
        lambda: look_at_person(bob, person_id=person.pk),
        lambda: people_named(bob, organisation),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert browser_of(bob).get("/organisation/elsewhere").status_code == 403
    assert browser_of(None).get("/organisation/elsewhere").status_code == 302
    for wrong in (
        {"url": ERIN, "actor": dora},
        {"url": carol.url, "actor": carol},
        {"url": dora.url},
        {"url": "javascript:alert(1)"},
    ):
        with pytest.raises(Refusal):
            name_person_elsewhere(keeper, **wrong)
    with pytest.raises(NotFound):
        look_at_person(keeper, person_id=person.pk + 1)
    makers.room(bob)
    assert name_person_elsewhere(bob, url=ERIN).link.url == ERIN


def test_a_keeper_names_looks_again_and_leaves_out_on_a_page(keeper: Actor, dora: Actor, browser_of: Browser) -> None:
    browser, page = browser_of(keeper), "/organisation/elsewhere"
    assert "Name somebody of you who lives elsewhere" in browser.get("/organisation").text
    assert browser.post(page, {"do": "name", "address": "@dora@far.example"}).status_code == 302
    assert browser.post(page, {"do": "name", "address": "not an address"}).status_code == 422
    assert browser.post(page, {"do": "name", "address": makers.far_post(dora).uri}).status_code == 422
    assert browser.post(page, {"do": "nonsense"}).status_code == 200
    person = PersonElsewhere.objects.get()
    assert (person.actor, person.link.url) == (dora, dora.url)
    assert browser.post(page, {"do": "look", "person": person.pk}).status_code == 302
    assert browser.post(page, {"do": "look", "person": "x"}).status_code == 404
    assert "https://home.example/organisation" in browser.get(page).text
    assert browser.post(page, {"do": "leave_out", "person": person.pk}).status_code == 302
    assert not PersonElsewhere.objects.exists()
    assert not Link.objects.exists()
