"""What no app that works would send is declined as anything else that is wrong: never with a fault of ours."""

import datetime as dt
import json
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from speak.clients.models import App
from speak.identity.models import User
from speak.kernel import clock
from tests.clients.furnished import Furnished, as_it_was

LARGE = "9" * 30


NONSENSE: list[tuple[str, str, dict[str, object]]] = [
    ("POST", "/api/v1/statuses", {"status": "Words\0."}),
    ("POST", "/api/v1/statuses", {"status": "Words.", "spoiler_text": "\0"}),
    ("POST", "/api/v1/statuses", {"status": "Words.", "title": "a\0b"}),
    ("POST", "/api/v1/statuses", {"status": "Words.", "language": "\0"}),
    ("POST", "/api/v1/statuses", {"status": "Words \ud800."}),
    ("POST", "/api/v1/lists", {"title": "\0"}),
    ("POST", "/api/v2/filters", {"title": "\0", "context": ["home"]}),
    ("POST", "/api/v2/filters", {"title": "Fish", "context": ["\0"]}),
    ("POST", "/api/v2/filters", {"title": "F", "context": ["home"], "keywords_attributes": [{"keyword": "\0"}]}),
    ("PATCH", "/api/v1/accounts/update_credentials", {"display_name": "\0", "note": "\0"}),
    (
        "PATCH",
        "/api/v1/accounts/update_credentials",
        {"fields_attributes": [{"name": "\0", "value": "https://\0"}]},
    ),
    ("PATCH", "/api/v1/accounts/update_credentials", {"avatar_description": "\0"}),
    ("PATCH", "/api/v1/accounts/update_credentials", {"source": {"language": "\0"}}),
    ("POST", "/api/v1/apps", {"client_name": "\0", "redirect_uris": "tusk://\0"}),
    ("GET", "/api/v1/accounts/lookup", {"acct": "a\0b"}),
    ("GET", "/api/v1/accounts/search", {"q": "a\0b"}),
    ("GET", "/api/v1/accounts/search", {"q": "a\0b@c", "resolve": "true"}),
    ("GET", "/api/v2/search", {"q": "a\0b"}),
    ("GET", "/api/v2/search", {"q": "https://[", "resolve": "true"}),
    ("GET", "/api/v1/timelines/tag/a%00b", {}),
    ("GET", "/api/v1/accounts/{person}/statuses", {"tagged": "\0"}),
    ("GET", "/api/v1/notifications", {"types[]": "\0"}),
    ("GET", f"/api/v1/statuses/{LARGE}", {}),
    ("GET", f"/api/v1/statuses/{LARGE}/context", {}),
    ("GET", f"/api/v1/accounts/{LARGE}", {}),
    ("POST", f"/api/v1/accounts/{LARGE}/follow", {}),
    ("GET", f"/api/v1/lists/{LARGE}", {}),
    ("GET", f"/api/v1/accounts/{LARGE}/lists", {}),
    ("GET", f"/api/v2/filters/{LARGE}", {}),
    ("GET", f"/api/v2/filters/keywords/{LARGE}", {}),
    ("GET", f"/api/v1/media/{LARGE}", {}),
    ("GET", f"/api/v1/notifications/{LARGE}", {}),
    ("GET", f"/api/v1/scheduled_statuses/{LARGE}", {}),
    ("GET", "/api/v1/timelines/home", {"max_id": LARGE}),
    ("GET", "/api/v1/statuses", {"id[]": [LARGE]}),
    ("POST", "/api/v1/accounts/{person}/mute", {"duration": 10**12}),
    ("POST", "/api/v1/statuses", {"status": "Words.", "scheduled_at": "9999-12-31T23:59:59Z"}),
    ("POST", "/api/v1/statuses", {"status": "Words.", "scheduled_at": "0001-01-01T00:00:00+14:00"}),
    ("POST", "/api/v1/statuses", {"status": "Words.", "scheduled_at": "9999-12-31T23:59:59"}),
    ("POST", "/api/v1/statuses", {"status": "Words.", "audience": {"kind": "room", "room_id": LARGE}}),
    ("POST", "/api/v1/statuses", {"status": "Words.", "audience": {"kind": "room", "room_id": 2**62}}),
    ("PUT", "/api/v1/media/{media}", {"description": "\0"}),
    ("PUT", "/api/v1/media/{media}", {"focus": "nan,inf"}),
    ("PUT", "/api/v1/media/{media}", {"focus": "1e400,0"}),
]


def test_nonsense_is_no_fault_of_ours(house: Furnished) -> None:
    for method, path, given in NONSENSE:
        where = path.format(person=house.ids["people"][0], media=house.ids["media"][0])
        with as_it_was():
            answer = house.app.ask(method, where, given)
        assert answer.status_code < 500, (method, path, given, answer.content)
        assert "error" in answer.json() or answer.status_code == 200


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("/oauth/token", {"grant_type": "client_credentials", "client_id": "\0", "client_secret": "\0"}),
        ("/oauth/token", {"grant_type": "authorization_code", "client_id": "a", "client_secret": "b", "code": "\0"}),
        ("/oauth/token", {"grant_type": "\0"}),
        ("/oauth/revoke", {"token": "\0", "client_id": "\0", "client_secret": "\0"}),
    ],
)
def test_nor_is_it_where_tokens_are_made(db: None, path: str, given: dict[str, str]) -> None:
    written = {"application/json": json.dumps(given), "application/x-www-form-urlencoded": urlencode(given)}
    for kind, body in written.items():
        answer = Client().generic("POST", path, body, content_type=kind)
        assert answer.status_code in {400, 401}, answer.content
        assert "error" in answer.json()


def test_nor_is_it_where_a_person_is_asked(house: Furnished) -> None:
    given = {"client_id": "\0", "redirect_uri": "tusk://\0", "response_type": "code", "scope": "\0", "state": "\0"}
    browser = Client()
    browser.force_login(User.objects.filter(actor__handle="alice").get(), backend=settings.AUTHENTICATION_BACKENDS[0])
    assert browser.get("/oauth/authorize", given).status_code == 400
    known = {"client_id": App.objects.get().client_id, "redirect_uri": App.OUT_OF_BAND, "response_type": "code"}
    assert browser.get("/oauth/authorize", {**given, **known}).status_code < 500
    assert browser.get("/oauth/authorize", {**given, **known, "scope": "read"}).status_code < 500


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_moment_without_a_zone_is_meant_in_utc(house: Furnished, method: str) -> None:
    at = (clock.now() + dt.timedelta(days=2)).replace(microsecond=0)
    given = {"status": "Later.", "scheduled_at": at.replace(tzinfo=None).isoformat()}
    path = "/api/v1/scheduled_statuses/" + house.ids["held"][0] if method == "PUT" else "/api/v1/statuses"
    answer = house.app.ask(method, path, given)
    assert answer.status_code == 200, answer.content
    assert dt.datetime.fromisoformat(answer.json()["scheduled_at"]) == at
