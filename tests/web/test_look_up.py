"""Looking oneself up: from the addresses one gives to what would mend it; for oneself alone."""

import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from speak.clients import archive
from speak.federation.looking_up import asking
from speak.federation.looking_up.pages import read_html
from speak.federation.models import LookUp
from speak.identity.actions import ProfileWords, replace_links, set_picture, write_profile
from speak.identity.models import Actor, User
from speak.kernel import clock, tasks
from speak.kernel.outbound import Answer
from tests import makers
from tests.fakes import FakeOutbound
from tests.federation.far import Addresses
from tests.federation.looking_up.sites import FACES, HOME, SITES, Says, web
from tests.promises.doors import calls, pages_for
from tests.promises.house import app_of, furnish
from tests.web.reading import text_of

Browser = Callable[[Actor | None], Client]
PAGE = "/settings/look-up"
CARD, CODE, CLUB = "https://alice.example/", "https://code.example/alice", "https://club.example/alice"


@pytest.fixture(name="alice")
def alice_example(alice: Actor) -> Actor:
    """She has a name, a face, and links to some of her places."""
    write_profile(alice, words=ProfileWords("Alice Example", "Mends boats."))
    set_picture(alice, data=FACES["hers-again"])
    replace_links(alice, links=[("Card", CARD), ("Club", CLUB)])
    alice.refresh_from_db()
    return alice


def looks(browser: Client, outbound: FakeOutbound, *addresses: str) -> str:
    """She gives addresses, and they are read; the page after that."""
    LookUp.objects.update(asked_at=clock.now() - dt.timedelta(hours=1))
    assert browser.post(PAGE, {"addresses": "\n".join(addresses)}).status_code == 302
    assert "being read" in text_of(browser.get(PAGE))
    reads(outbound)
    return text_of(browser.get(PAGE))


def reads(outbound: FakeOutbound) -> None:
    """The worker reads every place."""
    look = LookUp.objects.order_by("-pk")[0]
    while asking.read_one(look.pk, ask=outbound.ask):
        pass


def test_she_sees_what_her_places_say_what_does_not_fit_and_what_mends_it(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    first = text_of(browser.get(PAGE))
    assert f"{CARD}\n{CLUB}" in first
    assert "What a stranger would conclude" not in first
    outbound = web(alice=Says(name="Captain Tides"), code=Says(face="another", said_at="2026-10-20"))
    outbound.answers[CLUB] = Answer(410)
    shown = looks(browser, outbound, CARD, CODE, CLUB, HOME)
    for told in (
        "A stranger would find “Alice Example” and “Captain Tides”, and could not be sure that all of them are you.",
        "alice.example calls you “Captain Tides”.",
        "Call yourself “Alice Example” there, too.",
        "code.example/alice shows another picture than your page here.",
        "code.example/alice points to your page here, which does not point back.",
        "Nothing is at club.example/alice any more.",
        "Take the link to it off your page here.",
        "Your page here and alice.example point to each other.",
        "Mends boats in the harbor.",
        'src="/media/far/looks/1?of=',
    ):
        assert told in shown, told
    assert not re.findall(r'src="https?:(?!//home.example/)', shown)


def test_one_step_is_done_at_once(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    told = "code.example/alice points to your page here, which does not point back."
    assert told in looks(browser, web(), CARD, CODE)
    assert browser.post(f"{PAGE}/add", {"address": CODE}).status_code == 302
    assert [link.url for link in alice.links.all()] == [CARD, CLUB, CODE]
    assert told not in text_of(browser.get(PAGE))
    assert browser.post(f"{PAGE}/add", {"address": "https://elsewhere.example/"}).status_code == 404


def test_looking_again_says_what_changed(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    looks(browser, web(alice=Says(name="Captain Tides")), CARD, CODE)
    assert "Nothing is otherwise" in looks(browser, web(alice=Says(name="Captain Tides")), CARD, CODE)
    shown = looks(browser, web(code=Says(said_at="2020-01-01", me=())), CARD, CODE)
    assert "alice.example calls you “Alice Example” now; it was “Captain Tides”." in shown
    assert "No longer so: code.example/alice points to your page here, which does not point back." in shown
    assert LookUp.objects.count() == 2


def test_what_was_found_is_forgotten_at_once(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    looks(browser, web(), CARD)
    assert browser.post(f"{PAGE}/forget").status_code == 302
    assert not LookUp.objects.exists()
    assert "What a stranger would conclude" not in text_of(browser.get(PAGE))
    browser.post(PAGE, {"addresses": CARD})
    look = LookUp.objects.get()
    browser.post(f"{PAGE}/forget")
    assert not asking.read_one(look.pk, ask=web().ask)
    assert not LookUp.objects.exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "required"),
        ("nonsense", "“nonsense” is no address."),
        ("javascript:alert(1)", "is no address."),
        ("https://a.example/ b", "is no address."),
        ("@alice", "is no address."),
        ("https://home.example/@alice", "Give at least one address elsewhere."),
        ("\n".join(f"https://{number}.example/" for number in range(13)), "more than a dozen"),
    ],
)
def test_what_cannot_be_looked_at_is_said(alice: Actor, browser_of: Browser, typed: str, told: str) -> None:
    answer = browser_of(alice).post(PAGE, {"addresses": typed})
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert not LookUp.objects.exists()


def test_nobody_looks_twice_at_once_nor_again_at_once(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    assert browser.post(PAGE, {"addresses": CARD}).status_code == 302
    assert "being read already" in text_of(browser.post(PAGE, {"addresses": CARD}))
    reads(web())
    assert "You looked a moment ago." in text_of(browser.post(PAGE, {"addresses": CARD}))
    assert browser_of(bob).post(PAGE, {"addresses": CARD}).status_code == 302


def test_a_look_that_was_lost_may_be_begun_anew(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    browser.post(PAGE, {"addresses": CARD})
    LookUp.objects.update(asked_at=clock.now() - dt.timedelta(hours=1))
    assert "<progress" not in text_of(browser.get(PAGE))
    assert browser.post(PAGE, {"addresses": CODE}).status_code == 302
    assert LookUp.objects.get().addresses == [CODE]


@pytest.mark.django_db(transaction=True)
def test_the_worker_reads_one_place_after_the_other_and_nothing_inside(browser_of: Browser) -> None:
    alice = makers.person("alice")
    inside = ["https://127.0.0.1/", "https://10.0.0.1/"]
    browser = browser_of(alice)
    browser.post(PAGE, {"addresses": "\n".join(inside)})
    assert tasks.do_all() == len(inside)
    look = LookUp.objects.get()
    assert [(place["address"], place["state"]) for place in look.places] == [(url, "not-asked") for url in inside]
    assert "It is not on the open web" in text_of(browser.get(PAGE))


def test_pictures_of_ones_places_are_seen_through_this_server_by_oneself_alone(
    alice: Actor, bob: Actor, browser_of: Browser, settings: Settings
) -> None:
    browser, outbound = browser_of(alice), web()
    looks(browser, outbound, CARD)
    settings.ROOT_URLCONF = Addresses(outbound)
    path = "/media/far/looks/0"
    answer = browser.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"].startswith("private")
    for other in (browser_of(bob), browser_of(None)):
        assert other.get(path).status_code == 404
    assert browser.get("/media/far/looks/7").status_code == 404


@pytest.mark.parametrize("many", [1, 10])
def test_many_places_take_as_many_queries_as_one(
    alice: Actor, browser_of: Browser, django_assert_max_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    browser = browser_of(alice)
    for _ in range(2):
        looks(browser, web(), *list(SITES)[:many])
    with django_assert_max_num_queries(25):
        browser.get(PAGE)


# --- Private ---------------------------------------------------------------------------------

SECRET = "Qaxolotl Zyzzyva"


def test_no_other_door_shows_what_she_found(db: None, browser_of: Browser, tmp_path: Path) -> None:
    """Pages of others and of whoever runs the place, what apps are answered, what others take along."""
    house = furnish()
    looks(browser_of(house.alice), web(alice=Says(name=SECRET), code=Says(about=SECRET)), CARD, CODE)
    assert SECRET in text_of(browser_of(house.alice).get(PAGE))
    assert User.objects.get(actor=house.olga).is_staff
    for actor in (house.bob, house.olga):
        browser = browser_of(actor)
        for name, page in pages_for(browser, {**house.paths, "metrics": "/metrics"}):
            assert SECRET not in page, name
    app = app_of(house.olga)
    for method, path in calls(house.stands_for):
        if method == "GET":
            assert SECRET.encode() not in b"".join(app.get(path)), path
    assert SECRET not in _taken_along(house.olga, tmp_path)
    assert SECRET in _taken_along(house.alice, tmp_path)


def _taken_along(actor: Actor, folder: Path) -> str:
    archive.make(actor, folder / "all.zip")
    with zipfile.ZipFile(io.BytesIO((folder / "all.zip").read_bytes())) as file:
        read = [json.loads(file.read(name)) for name in file.namelist() if name.endswith(".json")]
        return json.dumps(read, ensure_ascii=False)


def test_nobody_reaches_the_page_without_signing_in(browser_of: Browser) -> None:
    for path in (PAGE, f"{PAGE}/add", f"{PAGE}/forget"):
        assert browser_of(None).post(path, {"addresses": CARD}).status_code in {302, 403}


def test_ways_lead_there(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    for path in ("/@alice", "/settings/places", "/practices/look-yourself-up", "/practices/join-it-up"):
        assert f'href="{PAGE}"' in browser.get(path).content.decode(), path


EVIL = '<script>alert(1)</script><img src=x onerror="alert(1)">'


def test_script_in_every_field_runs_nowhere(alice: Actor, browser_of: Browser) -> None:
    outbound = web(
        social=Says(name=EVIL, about=escape(EVIL)), code=Says(name=escape(EVIL)), work=Says(name=escape(escape(EVIL)))
    )
    browser = browser_of(alice)
    looks(browser, outbound, *SITES)
    page = browser.get(PAGE).content.decode()
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_page_of_a_server_like_this_one_is_read_whole(alice: Actor, browser_of: Browser) -> None:
    got = browser_of(None).get("/@alice")
    read = read_html(Answer(200, got.content, HOME, {"content-type": got["Content-Type"]}))
    assert read is not None
    assert (read.name, read.about, read.picture_url) == ("Alice Example", "Mends boats.", alice.picture_url)
    assert {CARD, CLUB} <= set(read.points_to)
    assert read.actors == (alice.uri,)
    assert read.feeds == ("https://home.example/@alice/feed.atom",)
