"""People and oneself with an app: as the pages show them, no further (promises 6 and 15)."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from pytest_django import Settings

from speak.identity.actions import block, change_preferences, follow, keep_finding
from speak.identity.models import Actor, Finding
from speak.identity.queries import follow_between
from speak.voice.reach import Reach
from tests import makers
from tests.clients.apps import App, app_of


def test_how_many_follow_is_told_to_the_person_alone(alice: Actor, bob: Actor) -> None:
    makers.follows(bob, alice)
    makers.post(alice)
    mine = app_of(alice).get("/api/v1/accounts/verify_credentials")
    hers = app_of(bob).get(f"/api/v1/accounts/{alice.pk}")
    assert (mine["followers_count"], mine["statuses_count"]) == (1, 1)
    assert (hers["followers_count"], hers["following_count"], hers["statuses_count"]) == (0, 0, 0)
    assert [account["acct"] for account in app_of(alice).get(f"/api/v1/accounts/{alice.pk}/followers")] == ["bob"]
    assert app_of(bob).get(f"/api/v1/accounts/{alice.pk}/followers") == []
    assert App(Client()).get(f"/api/v1/accounts/{bob.pk}/following") == []


def test_a_profile_is_changed_by_form_with_a_face(alice: Actor) -> None:
    app = app_of(alice)
    face = SimpleUploadedFile("me.png", makers.picture(), content_type="image/png")
    form = {
        "display_name": "Alice Marram",
        "note": "Mending boats.",
        "avatar": face,
        "locked": "true",
        "fields_attributes[0][name]": "Site",
        "fields_attributes[0][value]": "https://alice.example/",
        "source[quote_policy]": "public",
    }
    answer = app.client.patch(
        "/api/v1/accounts/update_credentials",
        encode_multipart(BOUNDARY, form),
        content_type=MULTIPART_CONTENT,
        headers={"Authorization": f"Bearer {app.token}"},
    )
    assert answer.status_code == 200, answer.content
    shown = answer.json()
    assert (shown["display_name"], shown["locked"]) == ("Alice Marram", True)
    assert shown["avatar"].startswith("https://home.example/media/")
    assert shown["source"]["fields"][0]["value"] == "https://alice.example/"


def test_what_one_is_about_has_lines_and_links_and_as_much_room_as_the_server_says(alice: Actor) -> None:
    app = app_of(alice)
    room = app.get("/api/v2/instance")["configuration"]["accounts"]
    path = "/api/v1/accounts/update_credentials"
    about = "Mending boats.\nhttps://alice.example ".ljust(room["max_note_length"], "x")
    fields = [{"name": "n" * room["profile_field_name_limit"], "value": "v" * room["profile_field_value_limit"]}]
    given = {
        "display_name": "a" * room["max_display_name_length"],
        "note": about,
        "fields_attributes": fields * room["max_profile_fields"],
    }
    changed = app.ask("PATCH", path, given)
    assert changed.status_code == 200, changed.content
    assert changed.json()["note"].startswith('<p>Mending boats.<br>\n<a href="https://alice.example')
    assert changed.json()["source"]["note"] == about
    assert changed.json()["source"]["fields"][0] == {**fields[0], "verified_at": None}
    too_much = (
        {"note": f"{about}x"},
        {"display_name": f"{given['display_name']}a"},
        {"fields_attributes": [{"name": "n", "value": f"{fields[0]['value']}v"}]},
        {"fields_attributes": fields * (room["max_profile_fields"] + 1)},
    )
    assert {app.ask("PATCH", path, each).status_code for each in too_much} <= {422, 429}


def test_a_profile_is_changed_as_json(alice: Actor) -> None:
    changed = app_of(alice).ask(
        "PATCH",
        "/api/v1/accounts/update_credentials",
        {
            "display_name": "Alice Marram",
            "note": "Mending boats.",
            "locked": True,
            "fields_attributes": {
                "0": {"name": "Site", "value": "https://alice.example/"},
                "1": {"name": "How", "value": "toasty. <3"},
            },
            "attribution_domains": ["magazine.example"],
            "source": {"quote_policy": "public"},
        },
    )
    assert changed.status_code == 200, changed.content
    shown = changed.json()
    assert (shown["display_name"], shown["note"], shown["locked"]) == ("Alice Marram", "<p>Mending boats.</p>", True)
    assert shown["source"]["fields"] == [
        {"name": "Site", "value": "https://alice.example/", "verified_at": None},
        {"name": "How", "value": "toasty. <3", "verified_at": None},
    ]
    assert shown["fields"][1] == {"name": "How", "value": "toasty. &lt;3", "verified_at": None}
    site = alice.links.all()[0]
    keep_finding(site.pk, url=site.url, finding=Finding.POINTS_BACK)
    verified = alice.links.all()[0].verified_at
    assert verified
    (first, _) = app_of(alice).get("/api/v1/accounts/verify_credentials")["fields"]
    assert dt.datetime.fromisoformat(first["verified_at"]).date() == verified.date()
    assert app_of(alice).get("/api/v1/notifications") == []
    assert shown["source"]["quote_policy"] == "public"
    assert shown["source"]["attribution_domains"] == ["magazine.example"]
    assert app_of(alice).get("/api/v1/profile")["attribution_domains"] == ["magazine.example"]


def test_following_is_asked_for_and_granted(alice: Actor, bob: Actor) -> None:
    change_preferences(alice, approves_followers=True, is_listed=True)
    assert app_of(bob).post(f"/api/v1/accounts/{alice.pk}/follow")["requested"]
    asking = app_of(alice).get("/api/v1/follow_requests")
    assert [account["acct"] for account in asking] == ["bob"]
    assert app_of(alice).post(f"/api/v1/follow_requests/{bob.pk}/authorize")["followed_by"]
    assert app_of(bob).get("/api/v1/accounts/relationships", id=alice.pk)[0]["following"]
    app_of(alice).post(f"/api/v1/accounts/{bob.pk}/remove_from_followers")
    assert follow_between(bob, alice) is None


def test_an_app_asks_to_be_told_of_each_post(alice: Actor, bob: Actor) -> None:
    app = app_of(bob)
    assert app.post(f"/api/v1/accounts/{alice.pk}/follow", notify=True)["notifying"]
    kept = app.post(f"/api/v1/accounts/{alice.pk}/follow", reblogs=False)
    assert (kept["notifying"], kept["showing_reblogs"]) == (True, False)
    makers.post(alice, "The tide is in.")
    assert [item["type"] for item in app.get("/api/v1/notifications")] == ["status"]


def test_whom_an_app_speaks_to_that_does_not_say_is_chosen_once(alice: Actor, bob: Actor) -> None:
    app = app_of(alice)
    source = {"source": {"privacy": "unlisted", "sensitive": True}}
    assert app.ask("PATCH", "/api/v1/accounts/update_credentials", source).json()["source"]["privacy"] == "unlisted"
    preferred = app.get("/api/v1/preferences")
    assert (preferred["posting:default:visibility"], preferred["posting:default:sensitive"]) == ("unlisted", True)
    assert app.post("/api/v1/statuses", status="Hello.")["visibility"] == "unlisted"
    asked = makers.post(bob, "@alice, alone?", reach=Reach.NAMED, to=(alice,))
    assert app.post("/api/v1/statuses", status="Yes.", in_reply_to_id=str(asked.pk))["visibility"] == "direct"


def test_who_is_blocked_finds_nobody(alice: Actor, bob: Actor) -> None:
    block(alice, blocked=bob)
    app = app_of(bob)
    assert app.ask("GET", f"/api/v1/accounts/{alice.pk}").status_code == 404
    assert app.ask("GET", "/api/v1/accounts/lookup", {"acct": "alice"}).status_code == 404
    assert app.get("/api/v1/accounts", **{"id[]": alice.pk}) == []
    assert app.get("/api/v1/accounts/search", q="alice") == []
    assert not app.get("/api/v1/accounts/relationships", **{"id[]": alice.pk})[0]["blocked_by"]


@pytest.mark.parametrize(("act", "name"), [("block", "blocking"), ("mute", "muting"), ("follow", "following")])
def test_an_act_and_its_opposite(alice: Actor, bob: Actor, act: str, name: str) -> None:
    app = app_of(alice)
    assert app.post(f"/api/v1/accounts/{bob.pk}/{act}")[name]
    assert not app.post(f"/api/v1/accounts/{bob.pk}/un{act}")[name]


def test_somebody_joins_by_an_app_only_where_this_place_is_open(db: None, settings: Settings) -> None:
    app = App(Client()).post("/api/v1/apps", client_name="Tusk", redirect_uris="tusk://x", scopes="read write")
    given = {"grant_type": "client_credentials", "scope": "read write"}
    given |= {name: app[name] for name in ("client_id", "client_secret")}
    alone = App(Client(), Client().post("/oauth/token", given).json()["access_token"])
    joining = {"username": "frieda", "email": "f@e.example", "password": "sea-wall-9-kelp", "agreement": True}
    assert alone.ask("POST", "/api/v1/accounts", joining).status_code == 403
    settings.SPEAK_OPEN = True
    token = alone.post("/api/v1/accounts", **joining)["access_token"]
    assert App(Client(), token).get("/api/v1/accounts/verify_credentials")["acct"] == "frieda"
    assert alone.ask("POST", "/api/v1/accounts", joining).status_code == 422


def test_lists_are_paged_by_their_links(alice: Actor) -> None:
    for count in range(5):
        follow(makers.person(f"person{count}"), target=alice)
    app = app_of(alice)
    seen: list[str] = []
    address = f"/api/v1/accounts/{alice.pk}/followers?limit=2"
    while address:
        page = app.ask("GET", address)
        seen.extend(account["acct"] for account in page.json())
        links = dict(reversed(part.split("; rel=")) for part in page.headers.get("Link", "").split(", ") if part)
        address = links.get('"next"', "").strip("<>").removeprefix("https://home.example")
    assert sorted(seen) == [f"person{count}" for count in range(5)]


Opened = Callable[[Actor], Client]


def test_a_page_elsewhere_may_ask_but_no_cookie_opens_anything(alice: Actor, browser_of: Opened) -> None:
    browser = browser_of(alice)
    answer = browser.get("/api/v1/instance", headers={"Origin": "https://web.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert browser.get("/api/v1/accounts/verify_credentials").status_code == 401
    assert "Access-Control-Allow-Origin" not in browser.get("/", headers={"Origin": "https://web.example"}).headers
