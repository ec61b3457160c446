"""Lists of people one follows: for oneself alone, and never wider than what one may read."""

from speak.identity.actions import unfollow
from speak.identity.models import Actor
from speak.voice.reach import Reach
from tests import makers
from tests.clients.apps import App, app_of


def list_with(app: App, *people: Actor, replies: str = "list") -> str:
    """A list that holds these people."""
    made = app.post("/api/v1/lists", title="Harbor", replies_policy=replies)
    app.post(f"/api/v1/lists/{made['id']}/accounts", account_ids=[str(person.pk) for person in people])
    return str(made["id"])


def heard(app: App, list_id: str) -> set[str]:
    """What stands in a list, by its ids."""
    return {status["id"] for status in app.get(f"/api/v1/timelines/list/{list_id}")}


def test_a_list_holds_what_its_people_say_as_far_as_its_owner_may_read_it(
    alice: Actor, bob: Actor, carol: Actor
) -> None:
    makers.follows(alice, bob)
    makers.follows(alice, carol)
    app = app_of(alice)
    list_id = list_with(app, bob)
    open_words, hers, for_carol = makers.post(bob), makers.post(carol), makers.post(bob, reach=Reach.NAMED, to=(carol,))
    found = heard(app, list_id)
    assert str(open_words.pk) in found
    assert not found & {str(hers.pk), str(for_carol.pk)}


def test_which_answers_stand_in_it_is_for_its_owner_to_say(alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(alice, bob)
    makers.follows(alice, carol)
    answer = str(makers.answer(bob, makers.post(carol)).pk)
    app = app_of(alice)
    assert answer in heard(app, list_with(app, bob, replies="followed"))
    assert answer not in heard(app, list_with(app, bob, replies="list"))
    assert answer not in heard(app, list_with(app, bob, replies="none"))
    assert answer in heard(app, list_with(app, bob, carol, replies="list"))


def test_only_who_is_followed_is_in_a_list(alice: Actor, bob: Actor) -> None:
    app = app_of(alice)
    made = app.post("/api/v1/lists", title="Harbor")
    given = {"account_ids": [str(bob.pk)]}
    assert app.ask("POST", f"/api/v1/lists/{made['id']}/accounts", given).status_code == 404
    makers.follows(alice, bob)
    app.post(f"/api/v1/lists/{made['id']}/accounts", **given)
    assert [account["acct"] for account in app.get(f"/api/v1/lists/{made['id']}/accounts")] == ["bob"]
    assert app.get(f"/api/v1/accounts/{bob.pk}/lists") == [made]
    unfollow(alice, target=bob)
    assert app.get(f"/api/v1/lists/{made['id']}/accounts") == []


def test_a_list_is_its_owners_alone(alice: Actor, bob: Actor) -> None:
    made = app_of(alice).post("/api/v1/lists", title="Harbor")
    app = app_of(bob)
    assert app.get("/api/v1/lists") == []
    for method, path in (("GET", ""), ("PUT", ""), ("DELETE", ""), ("GET", "/accounts")):
        given = {} if method == "GET" else {"title": "Mine"}
        assert app.ask(method, f"/api/v1/lists/{made['id']}{path}", given).status_code == 404
    assert app.ask("GET", f"/api/v1/timelines/list/{made['id']}").status_code == 404


def test_a_list_is_renamed_and_dropped(alice: Actor) -> None:
    app = app_of(alice)
    made = app.post("/api/v1/lists", title="Harbor", exclusive=True)
    assert made["exclusive"] is False
    assert app.ask("PUT", f"/api/v1/lists/{made['id']}", {"title": "Quay"}).json()["title"] == "Quay"
    assert app.ask("DELETE", f"/api/v1/lists/{made['id']}").json() == {}
    assert app.get("/api/v1/lists") == []
    assert app.ask("POST", "/api/v1/lists", {"title": " "}).status_code == 422
