"""A passkey, from adding it in the settings to signing in with it alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Place, sign_in
from tests.makers import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def page_with_a_finger(open_window: Callable[..., Page]) -> Page:
    """A window on a device that knows its owner by a finger (a virtual authenticator, through CDP)."""
    page = open_window()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def test_a_passkey_is_added_and_opens_the_door(place: Place, page_with_a_finger: Page) -> None:
    page = page_with_a_finger
    sign_in(page, place.url, "carol")
    page.goto(f"{place.url}/account/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    page.wait_for_url("**/account/reauthenticate/**")
    page.get_by_label("password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("What to call it").fill("My phone")
    page.get_by_label("without a password").check()
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("heading", name="ecovery codes").wait_for()
    page.goto(f"{place.url}/account/2fa/webauthn/")
    expect(page.get_by_text("My phone").first).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{place.url}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{place.url}/")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
