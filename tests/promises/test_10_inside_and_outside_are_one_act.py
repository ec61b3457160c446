"""Promise 10: Inside and outside are one act.

Same place to write, different audience; going outside is always the person's own choice. One form and one call say the
same words to every audience; words that nobody sent outside are looked for in all that leaves the house.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from speak.federation.models import Activity
from speak.identity.models import Actor
from speak.rooms.models import Gathering
from speak.voice import rules
from speak.voice.models import Post
from speak.voice.queries import readable_by
from speak.voice.reach import OPEN, STAYS_HERE, Reach
from tests.clients.apps import App
from tests.clients.apps import app_of as signed_in
from tests.federation.far import FarServer
from tests.makers import answer, far_person, follows, post, room
from tests.promises.doors import Form, forms_for, forms_on, pages_for, undone
from tests.promises.house import House

Browser = Callable[[Actor | None], Client]
MARK = "The same words, wherever they go."
# How an app says each audience.
KINDS = {
    Reach.SELF: "self",
    Reach.NAMED: "named",
    Reach.HERE: "here",
    Reach.FOLLOWERS: "followers",
    Reach.QUIET: "quiet",
    Reach.PUBLIC: "public",
}


def box_on(page: str) -> Form:
    """The place to write of a page."""
    return next(form for form in forms_on(page) if form.action == "/compose" and "words" in form.words)


def test_one_form_says_the_same_words_to_every_audience(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    browser, table = browser_of(alice), room(alice, bob)
    box = box_on(browser.get("/").content.decode())
    for reach in Reach:
        audience = f"room-{table.pk}" if reach == Reach.ROOM else str(reach.value)
        more = {"named": "@bob"} if reach == Reach.NAMED else {}
        browser.post(box.action, {**box.fields, "words": MARK, "do": "say", "audience": audience, **more})
        said = Post.objects.latest("pk")
        assert (said.author, said.source, said.reach) == (alice, MARK, reach)
    assert Post.objects.count() == len(Reach)
    assert len(set(Post.objects.values_list("html", flat=True))) == 1


def test_every_place_to_write_leads_to_that_form(house: House, browser_of: Browser) -> None:
    met = {}
    for name, page in pages_for(browser_of(house.alice), house.paths):
        for form in forms_on(page):
            if "audience" in form.fields and "words" in form.words:
                met[name] = form
    assert {"home", "compose", "room"} <= met.keys()
    fields = {frozenset(form.fields) - {"next", "answers"} for form in met.values()}
    assert all({"words", "audience"} <= each for each in fields)
    assert {form.action for form in met.values()} <= {"", "/compose"}


def test_one_call_of_an_app_says_the_same_words_to_every_audience(alice: Actor, bob: Actor) -> None:
    app: App = signed_in(alice)
    for reach, kind in KINDS.items():
        words = f"@bob {MARK}"
        said = app.post("/api/v1/statuses", status=words, audience={"kind": kind})
        assert Post.objects.get(pk=said["id"]).reach == reach
        assert Post.objects.get(pk=said["id"]).source == words


def test_an_app_that_chooses_nothing_sends_nothing_to_everybody(alice: Actor) -> None:
    said = signed_in(alice).post("/api/v1/statuses", status=MARK)
    assert Post.objects.get(pk=said["id"]).reach not in OPEN


def test_pressing_any_button_without_choosing_says_nothing_outside(house: House, browser_of: Browser) -> None:
    browser, said = browser_of(house.bob), 0
    for address, form, (name, value) in forms_for(browser, house.paths):
        if "words" not in form.words:
            continue
        with undone(browser):
            browser.post(address, form.filled(MARK, **({name: value} if name else {})))
            for post_ in Post.objects.filter(source__contains=MARK):
                said += 1
                assert post_.reach in STAYS_HERE, f"{address} {name}={value}"
                assert not Activity.objects.filter(body__contains=MARK).exists()
    assert said


@pytest.mark.parametrize("reach", STAYS_HERE)
def test_what_stays_here_leaves_by_no_activity_and_no_document(far: FarServer, reach: Reach, alice: Actor) -> None:
    dora, erin = far_person("dora"), far_person("erin")
    follows(dora, alice)
    said = post(alice, MARK, reach=reach)
    answer(alice, said, f"And more. {MARK}")
    assert not rules.leaves_the_server(reach)
    assert not Activity.objects.filter(body__contains=MARK).exists()
    for viewer in (None, dora, erin):
        for path in (f"/posts/{said.pk}", f"/actors/{alice.pk}/outbox?page=true", f"/actors/{alice.pk}/outbox"):
            assert MARK not in far.get(path, viewer).body.decode(), path


def test_what_goes_outside_goes_by_the_same_words(far: FarServer, alice: Actor) -> None:
    follows(far_person("dora"), alice)
    post(alice, MARK)
    assert Activity.objects.filter(body__contains=MARK).count() == 1


def test_nobody_is_gathered_or_shown_outside_who_did_not_agree(house: House, browser_of: Browser) -> None:
    stranger = browser_of(None)
    post(house.bob, MARK)
    assert not Gathering.objects.filter(actor=house.bob).exists()
    for path in ("/organisation", "/window", "/stories"):
        assert MARK not in stranger.get(path).content.decode(), path
    for inside in (house.room_post, house.of_bob):
        assert not readable_by(None).filter(pk=inside.pk).exists()
