"""Keeping what began with a name: a handle, a password, perhaps an e-mail address; nothing is lost."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from speak.identity.models import Actor, User
from speak.rooms.actions import leave_room
from speak.rooms.models import Guest, Room
from speak.rooms.queries import is_guest, members_of
from tests.makers import PASSWORD
from tests.rooms.meeting import begun, say
from tests.web.reading import text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[Actor | None], Client]
TYPED = {"handle": "@Nadia", "password": PASSWORD}
KEEP = "You are here with a name only"


@pytest.fixture
def room(alice: Actor) -> Room:
    """A meeting that goes on."""
    return begun(alice)


@pytest.fixture
def phone(room: Room, browser_of: Browser) -> Client:
    """Nadia's, who came in with a name."""
    browser = browser_of(None)
    browser.post(f"/here/{room.code}", {"name": "Nadia"})
    return browser


@pytest.fixture
def nadia(phone: Client) -> Actor:
    """She."""
    return Guest.objects.select_related("actor__user").get().actor


def test_a_guest_keeps_their_home_and_signs_in_elsewhere(
    phone: Client, nadia: Actor, room: Room, browser_of: Browser
) -> None:
    said = say(nadia, room, "I wonder.")
    assert 'value="nadia"' in text_of(phone.get("/claim"))
    kept = phone.post("/claim", TYPED, follow=True)
    assert "Your address is <b>@Nadia@home.example</b>" in text_of(kept)
    assert not is_guest(nadia)
    assert "I wonder." in text_of(phone.get(f"{room.path}/now")), "still signed in"
    elsewhere = browser_of(None)
    elsewhere.post("/account/login/", {"login": "nadia", "password": PASSWORD})
    assert "I wonder." in text_of(elsewhere.get(f"{room.path}/now"))
    said.refresh_from_db()
    assert said.author == nadia
    assert nadia in members_of(room)


def test_a_guest_reads_on_every_page_how_to_keep_it_and_then_no_more(phone: Client, room: Room) -> None:
    for path in ("/", f"{room.path}/now", "/drafts", "/search"):
        assert KEEP in text_of(phone.get(path))
    assert KEEP not in text_of(phone.get("/claim"))
    phone.post("/claim", TYPED)
    for path in ("/", f"{room.path}/now", "/drafts", "/search"):
        assert KEEP not in text_of(phone.get(path))


@pytest.mark.parametrize("path", ["/settings", "/settings/handle", "/account/password/set/"])
def test_settings_lead_a_guest_to_where_they_keep_it(phone: Client, path: str) -> None:
    assert phone.get(path)["Location"] == "/claim"
    assert phone.post(path, {"password1": PASSWORD, "password2": PASSWORD})["Location"] == "/claim"
    phone.post("/claim", TYPED)
    assert phone.get(path).headers.get("Location") != "/claim"


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"handle": "alice"}, "handle", "somebody else's already"),
        ({"handle": "admin"}, "handle", "look like the server"),
        ({"handle": ""}, "handle", "required"),
        ({"password": "short"}, "password", "too short"),
        ({"password": ""}, "password", "required"),
        ({"email": "not an address"}, "email", "valid email"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_nothing_has_changed(
    phone: Client, nadia: Actor, typed: dict[str, str], field: str, says: str
) -> None:
    answer = phone.post("/claim", {**TYPED, **typed})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in text_of(answer)
    assert says in text_of(answer)
    assert PASSWORD not in text_of(answer)
    assert is_guest(nadia)
    assert not User.objects.get(actor=nadia).has_usable_password()


def test_an_e_mail_address_is_kept_where_one_is_given(phone: Client, nadia: Actor) -> None:
    phone.post("/claim", {**TYPED, "email": "nadia@mail.example"})
    assert not is_guest(nadia)
    assert EmailAddress.objects.get(user=nadia.user).email == "nadia@mail.example"


def test_whoever_has_a_passkey_needs_no_password(phone: Client, nadia: Actor) -> None:
    assert phone.get("/account/2fa/webauthn/add/").status_code == 200
    Authenticator.objects.create(user=nadia.user, type=Authenticator.Type.WEBAUTHN, data={})
    assert "you need no password" in text_of(phone.get("/claim"))
    assert phone.post("/claim", {"handle": "nadia", "password": ""}).status_code == 302
    assert not is_guest(nadia)
    assert KEEP not in text_of(phone.get("/"))


def test_whoever_has_a_home_is_told_so(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    assert "@alice@home.example" in text_of(browser.get("/claim"))
    browser.post("/claim", {"handle": "eve", "password": PASSWORD})
    alice.refresh_from_db()
    assert alice.handle == "alice"
    assert browser_of(None).get("/claim").status_code == 302


def test_whoever_has_a_password_is_not_even_asked_about(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    browser.get("/drafts")
    with CaptureQueriesContext(connection) as captured:
        browser.get("/drafts")
    assert "rooms_guest" not in " ".join(query["sql"] for query in captured)


def test_whoever_has_left_can_keep_their_home_all_the_same(phone: Client, nadia: Actor, room: Room) -> None:
    assert f'href="{room.path}/now"' in text_of(phone.get("/claim"))
    leave_room(nadia, room=room, takes_words=False)
    assert f'href="{room.path}/now"' not in text_of(phone.get("/claim"))
    assert phone.post("/claim", TYPED).status_code == 302
    assert not is_guest(nadia)


def test_a_guest_opens_no_room_and_asks_nobody(phone: Client, nadia: Actor, room: Room) -> None:
    say(nadia, room)
    assert phone.post(f"{room.path}/screen/act", {"do": "begin"}).status_code == 403
