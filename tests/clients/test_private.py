"""What one keeps about others for oneself, by an app: notes, servers, places."""

from speak.identity.models import Actor, Notification
from speak.voice.reach import Reach
from tests import makers
from tests.clients.apps import app_of


def test_a_note_about_somebody_is_for_oneself_alone(alice: Actor, bob: Actor) -> None:
    app = app_of(alice)
    assert app.post(f"/api/v1/accounts/{bob.pk}/note", comment=" Met at the pump. ")["note"] == "Met at the pump."
    (relation,) = app.get("/api/v1/accounts/relationships", id=[bob.pk])
    assert relation["note"] == "Met at the pump."
    for who in (bob, makers.person("carl")):
        assert "pump" not in str(app_of(who).get("/api/v1/accounts/relationships", id=[alice.pk, bob.pk]))
    assert app.post(f"/api/v1/accounts/{bob.pk}/note", comment="")["note"] == ""


def test_of_a_server_one_blocks_nobody_is_brought_before_one(alice: Actor) -> None:
    dora = makers.far_person("dora")
    makers.follows(alice, dora)
    makers.follows(dora, alice)
    said = makers.far_post(dora, "Hello @alice", reach=Reach.PUBLIC)
    app = app_of(alice)
    assert app.get("/api/v1/timelines/home")
    assert app.ask("POST", "/api/v1/domain_blocks", {"domain": "Far.example"}).status_code == 200
    assert app.get("/api/v1/domain_blocks") == ["far.example"]
    (relation,) = app.get("/api/v1/accounts/relationships", id=[dora.pk])
    assert (relation["domain_blocking"], relation["following"], relation["followed_by"]) == (True, False, False)
    assert app.get("/api/v1/timelines/home") == []
    assert app.get("/api/v1/timelines/public") == []
    assert not Notification.objects.filter(recipient=alice, about=dora).exists()
    assert app.get(f"/api/v1/statuses/{said.pk}")["id"], "whoever goes there reads it as before"
    app.ask("DELETE", "/api/v1/domain_blocks", {"domain": "far.example"})
    assert app.get("/api/v1/timelines/public")


def test_what_is_no_name_of_a_server_is_refused(alice: Actor) -> None:
    for domain in ("", "here", "https://far.example/", "far example.org"):
        assert app_of(alice).ask("POST", "/api/v1/domain_blocks", {"domain": domain}).status_code == 422


def test_other_apps_of_ones_own_go_on_where_one_was(alice: Actor, bob: Actor) -> None:
    app = app_of(alice)
    assert app.get("/api/v1/markers", timeline=["home"]) == {}
    assert app.post("/api/v1/markers", home={"last_read_id": "12"})["home"]["version"] == 1
    moved = app.post("/api/v1/markers", home={"last_read_id": "20"}, notifications={"last_read_id": "3"})
    assert (moved["home"]["last_read_id"], moved["home"]["version"]) == ("20", 2)
    assert set(app.get("/api/v1/markers", **{"timeline[]": ["home", "notifications"]})) == {"home", "notifications"}
    assert app_of(bob).get("/api/v1/markers", timeline=["home"]) == {}


def test_a_filter_of_an_older_app_is_one_of_a_newer_app_too(alice: Actor) -> None:
    app = app_of(alice)
    made = app.post("/api/v1/filters", phrase="leak", context=["home"], irreversible=True, whole_word=True)
    assert (made["phrase"], made["irreversible"], made["whole_word"]) == ("leak", True, True)
    (newer,) = app.get("/api/v2/filters")
    assert (newer["filter_action"], newer["keywords"][0]["id"]) == ("hide", made["id"])
    changed = app.ask("PUT", f"/api/v1/filters/{made['id']}", {"phrase": "drip", "context": ["public"]}).json()
    assert (changed["phrase"], changed["context"], changed["irreversible"]) == ("drip", ["public"], True)
    assert app.get(f"/api/v1/filters/{made['id']}") == changed
    app.ask("DELETE", f"/api/v1/filters/{made['id']}")
    assert app.get("/api/v1/filters") == app.get("/api/v2/filters") == []
