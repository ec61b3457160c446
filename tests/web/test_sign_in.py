"""Signing in and out, and what guards a home."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from speak.identity.actions import give_up_domain, rename_handle
from speak.identity.models import Actor, User
from tests.makers import PASSWORD, own_domain

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db
Browser = Callable[[Actor | None], Client]
SIGN_IN = "/account/login/"
OTHER_PASSWORD = "seven herons on a pier"


def sign_in(browser: Client, login: str, password: str = PASSWORD, *, path: str = SIGN_IN) -> "Answer":
    """What answers to a name and a password."""
    return browser.post(path, {"login": login, "password": password})


def say_it_is_me(browser: Client, password: str = PASSWORD) -> None:
    """The question before something grave."""
    assert browser.post("/account/reauthenticate/", {"password": password}).status_code == 302


def code_of(secret: str) -> str:
    """What an authenticator app with this secret shows now."""
    code: str = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    return code


@pytest.mark.parametrize("login", ["alice", "Alice", "@alice", "@alice@home.example", "alice@home.example"])
def test_somebody_signs_in_with_their_handle_however_they_write_it(
    browser_of: Browser, alice: Actor, login: str
) -> None:
    browser = browser_of(None)
    assert sign_in(browser, login).headers["Location"] == "/"
    assert browser.get("/settings").status_code == 200


@pytest.mark.parametrize("login", ["@alice@annas.garden", "Alice@Annas.Garden"])
def test_somebody_signs_in_with_the_address_on_their_own_domain(browser_of: Browser, alice: Actor, login: str) -> None:
    own_domain(alice, "annas.garden", in_address=True)
    assert sign_in(browser_of(None), login).headers["Location"] == "/"
    give_up_domain(alice)
    browser = browser_of(None)
    sign_in(browser, login)
    assert "_auth_user_id" not in browser.session


def test_somebody_signs_in_with_their_e_mail_address(browser_of: Browser, alice: Actor) -> None:
    User.objects.update(email="alice@mail.example")
    assert sign_in(browser_of(None), "alice@mail.example").headers["Location"] == "/"


def test_a_page_that_asked_to_sign_in_is_opened_after(browser_of: Browser, alice: Actor) -> None:
    browser = browser_of(None)
    asked = browser.get("/settings/handle").headers["Location"]
    assert sign_in(browser, "alice", path=asked).headers["Location"] == "/settings/handle"


@pytest.mark.parametrize(("login", "password"), [("alice", "wrong"), ("nobody", PASSWORD), ("", ""), ("bob", PASSWORD)])
def test_a_wrong_name_or_password_opens_nothing_and_tells_nothing(
    browser_of: Browser, alice: Actor, login: str, password: str
) -> None:
    browser = browser_of(None)
    answer = sign_in(browser, login, password)
    assert "_auth_user_id" not in browser.session
    assert "sign in" in answer.text.lower()
    if login:
        assert "This handle and this password do not belong together." in answer.text


def test_a_former_handle_signs_nobody_in(browser_of: Browser, alice: Actor) -> None:
    rename_handle(alice, handle="alicia")
    assert "do not belong together" in sign_in(browser_of(None), "alice").text
    assert sign_in(browser_of(None), "alicia").status_code == 302


def test_guessing_is_slowed_down(browser_of: Browser, alice: Actor, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {}
    cache.clear()
    browser = browser_of(None)
    for _ in range(5):
        sign_in(browser, "alice", "wrong")
    answer = sign_in(browser, "alice")
    assert "tried too often" in answer.text
    assert "_auth_user_id" not in browser.session
    cache.clear()


def test_signing_out_takes_a_press_of_a_button(browser_of: Browser, alice: Actor) -> None:
    browser = browser_of(alice)
    browser.get("/account/logout/")
    assert browser.get("/settings").status_code == 200
    assert browser.post("/account/logout/").headers["Location"] == "/"
    assert browser.get("/settings").status_code == 302


def test_a_password_is_changed_by_whoever_knows_the_old_one(browser_of: Browser, alice: Actor) -> None:
    browser = browser_of(alice)
    path = "/account/password/change/"
    wrong = browser.post(path, {"oldpassword": "x", "password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD})
    assert "This is not your password." in wrong.text
    weak = browser.post(path, {"oldpassword": PASSWORD, "password1": "short", "password2": "short"})
    assert "too short" in weak.text
    done = browser.post(path, {"oldpassword": PASSWORD, "password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD})
    assert done.status_code == 302
    assert sign_in(browser_of(None), "alice", OTHER_PASSWORD).status_code == 302
    assert sign_in(browser_of(None), "alice", PASSWORD).status_code == 200


def test_a_lost_password_is_replaced_by_a_link_in_the_mail(
    browser_of: Browser, alice: Actor, mailoutbox: list[Any]
) -> None:
    User.objects.update(email="alice@mail.example")
    browser = browser_of(None)
    answer = browser.post("/account/password/reset/", {"email": "alice@mail.example"}, follow=True)
    assert "Look at your mail" in answer.text
    link = re.search(r"https://home\.example(/\S+)", mailoutbox[0].body)
    assert link is not None
    form = browser.get(link[1], follow=True)
    typed = {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
    assert browser.post(form.request["PATH_INFO"], typed).status_code == 302
    assert sign_in(browser_of(None), "alice", OTHER_PASSWORD).status_code == 302
    assert "used already" in browser_of(None).get(link[1], follow=True).text


@pytest.mark.parametrize("address", ["alice@mail.example", "eve@mail.example"])
def test_a_mail_that_cannot_be_handed_over_is_said_and_no_fault(
    browser_of: Browser, alice: Actor, settings: Settings, address: str
) -> None:
    User.objects.update(email="alice@mail.example")
    settings.EMAIL_BACKEND = "tests.fakes.SilentMailServer"
    answer = browser_of(None).post("/account/password/reset/", {"email": address})
    assert answer.status_code == 409
    assert "The mail could not be sent." in answer.text


def test_an_unknown_address_gets_the_same_answer(browser_of: Browser, alice: Actor, mailoutbox: list[Any]) -> None:
    answer = browser_of(None).post("/account/password/reset/", {"email": "eve@mail.example"}, follow=True)
    assert "Look at your mail" in answer.text
    assert "account" not in mailoutbox[0].subject + mailoutbox[0].body


def test_an_authenticator_app_is_asked_after_the_password(browser_of: Browser, alice: Actor) -> None:
    browser = browser_of(alice)
    assert "/account/reauthenticate/" in browser.get(reverse("mfa_activate_totp")).headers["Location"]
    say_it_is_me(browser)
    page = browser.get(reverse("mfa_activate_totp")).text
    secret = re.search(r'id="authenticator_secret" value="(\w+)"', page)
    assert secret is not None
    assert browser.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    assert browser.post(reverse("mfa_activate_totp"), {"code": code_of(secret[1])}).status_code == 302
    codes = re.findall(
        r"^\d{8}$", browser.get(reverse("mfa_view_recovery_codes")).text.replace(">", "\n"), re.MULTILINE
    )

    other = browser_of(None)
    assert sign_in(other, "alice").headers["Location"].startswith("/account/2fa/authenticate/")
    assert other.get("/settings").status_code == 302
    assert "One more thing" in other.get("/account/2fa/authenticate/").text
    other.post("/account/2fa/authenticate/", {"code": "111111"})
    assert other.get("/settings").status_code == 302
    other.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert other.get("/settings").status_code == 200


def test_other_browsers_are_signed_out_at_once(browser_of: Browser, alice: Actor) -> None:
    here, there = browser_of(None), browser_of(None)
    for browser in (here, there):
        sign_in(browser, "alice")
    assert "Sign out everywhere else" in here.get("/account/sessions/").text
    assert here.post("/account/sessions/").status_code == 302
    assert there.get("/settings").status_code == 302
    assert here.get("/settings").status_code == 200


def test_an_e_mail_address_is_added_confirmed_and_removed(
    browser_of: Browser, alice: Actor, mailoutbox: list[Any]
) -> None:
    browser = browser_of(alice)
    assert "No e-mail address is known here" in browser.get("/account/email/").text
    browser.post("/account/email/", {"action_add": "", "email": "alice@mail.example"})
    assert "not confirmed yet" in browser.get("/account/email/").text
    link = re.search(r"https://home\.example(/\S+)", mailoutbox[0].body)
    assert link is not None
    assert "By mail to alice@mail.example, @alice can come back in" in browser.get(link[1]).text
    browser.post(link[1])
    assert "not confirmed yet" not in browser.get("/account/email/").text
    browser.post("/account/email/", {"action_remove": "", "email": "alice@mail.example"})
    assert "No e-mail address is known here" in browser.get("/account/email/").text


def test_allauths_own_way_to_join_stays_shut(browser_of: Browser) -> None:
    answer = browser_of(None).post("/account/signup/", {"username": "eve", "password1": PASSWORD})
    assert "by invitation" in answer.text
    assert not User.objects.exists()
    assert browser_of(None).get("/account/signup/passkey/").status_code == 404


GUARDED = ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes")


@pytest.mark.parametrize("name", GUARDED)
def test_what_opens_a_home_is_changed_only_by_whoever_says_again_that_it_is_them(
    browser_of: Browser, alice: Actor, name: str
) -> None:
    assert browser_of(None).get(reverse(name)).headers["Location"].startswith(SIGN_IN)
    answer = browser_of(alice).get(reverse(name))
    assert answer.headers["Location"].startswith("/account/reauthenticate/")


def test_every_answer_forbids_foreign_and_inline_scripts(browser_of: Browser, alice: Actor) -> None:
    browser = browser_of(alice)
    say_it_is_me(browser)
    for path in ("/", "/settings", SIGN_IN, "/account/2fa/", reverse("mfa_add_webauthn"), reverse("mfa_activate_totp")):
        answer = browser.get(path)
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
        scripts = re.findall(r"<script([^>]*)>", answer.text)
        assert all("src=" in tag or 'type="application/json"' in tag for tag in scripts), path
        assert not re.search(r"\s(on\w+|style)=", re.sub(r"(?s)<svg.*?</svg>", "", answer.text)), path
