"""Promise 4: An audience only ever widens by its author's hand.

Nothing else widens it: not a reply, a boost, a quote, a new member, an import, an app that does not know about
audiences, a moderator. For every narrow audience, every way of passing words on is tried by whoever could read them.
"""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from speak.federation.models import SaidElsewhere
from speak.identity.models import Actor
from speak.kernel import clock
from speak.rooms.actions import enter
from speak.voice.actions import BroughtFor, BroughtPost, bring_posts, say_due_drafts
from speak.voice.models import Boost, Post
from speak.voice.queries import readable_by
from speak.voice.reach import OPEN, Reach
from tests.federation.elsewhere.far_mastodon import account
from tests.federation.far import PUBLIC, FarServer, does, note
from tests.makers import far_person, far_post, follows, person, post
from tests.promises.doors import forms_for, undone
from tests.promises.house import House, app_of

Browser = Callable[[Actor | None], Client]
NARROW = [reach for reach in Reach if reach not in OPEN and reach != Reach.SELF]
WORDS = "Between us: the lighthouse closes."


def said_to(house: House, reach: Reach) -> Post:
    """Something of alice's that bob can read, and carol only where everybody here can."""
    follows(house.bob, house.alice)
    if reach == Reach.ROOM:
        return house.room_post
    return post(house.alice, WORDS, reach=reach, to=(house.bob,) if reach == Reach.NAMED else ())


def readers_of(house: House, said: Post) -> set[str]:
    """Who can read it, strangers included."""
    everybody: tuple[Actor | None, ...] = (*house.cast, house.dora, None)
    return {who.handle if who else "" for who in everybody if readable_by(who).filter(pk=said.pk).exists()}


@pytest.mark.parametrize("reach", NARROW)
def test_an_app_that_knows_no_audiences_answers_no_wider(house: House, reach: Reach) -> None:
    answered = said_to(house, reach)
    readers, app = readers_of(house, answered), app_of(house.bob)
    for visibility in ("public", "unlisted", "private", "direct", None):
        given = {"status": "I see.", "in_reply_to_id": str(answered.pk), "visibility": visibility}
        heard = app.post("/api/v1/statuses", json.dumps(given), content_type="application/json")
        assert heard.status_code == 200, heard.content
        assert readers_of(house, Post.objects.get(pk=heard.json()["id"])) <= readers, visibility


@pytest.mark.parametrize("reach", NARROW)
def test_no_page_and_no_app_passes_on_or_shows_elsewhere_what_is_not_for_anyone(
    house: House, reach: Reach, browser_of: Browser
) -> None:
    said = said_to(house, reach)
    before = readers_of(house, said)
    for who in (house.bob, house.alice, house.olga):
        browser_of(who).post(f"/said/{said.pk}/act", {"act": "boost"})
        browser_of(who).post(f"/said/{said.pk}/act", {"act": "pin"})
        app = app_of(who)
        app.post(f"/api/v1/statuses/{said.pk}/reblog")
        app.post(f"/api/v1/statuses/{said.pk}/pin")
        given = {"status": "Look at this.", "visibility": "public", "quoted_status_id": str(said.pk)}
        app.post("/api/v1/statuses", json.dumps(given), content_type="application/json")
        form = {"words": "Look at this.", "audience": "60", "quotes": str(said.pk), "do": "say"}
        browser_of(who).post("/compose", form)
    assert not Boost.objects.filter(post=said).exists()
    assert readers_of(house, said) == before
    words = said.source.split(":")[-1].strip()
    for path in ("/", "/@alice", "/@bob", said.path, "/search?q=lighthouse", "/tags/tides"):
        assert words not in browser_of(None).get(path).content.decode(), path


@pytest.mark.parametrize("reach", NARROW)
def test_saying_it_better_does_not_widen_it_whatever_the_form_says(
    house: House, reach: Reach, browser_of: Browser
) -> None:
    said = said_to(house, reach)
    before = readers_of(house, said)
    wider = {"audience": "60", "reach": "60", "visibility": "public", "is_knowingly_wider": "on", "named": "@carol"}
    browser_of(house.alice).post(f"/said/{said.pk}/edit", {"words": "Better said.", **wider})
    given = {"status": "Said @carol better.", "visibility": "public", "audience": {"kind": "public"}, "reach": 60}
    app_of(house.alice).put(f"/api/v1/statuses/{said.pk}", json.dumps(given), content_type="application/json")
    said.refresh_from_db()
    assert said.source == "Said @carol better."
    assert (said.reach, readers_of(house, said)) == (reach, before)


def test_a_new_member_reads_nothing_from_before_on_any_page_or_by_any_app(house: House, browser_of: Browser) -> None:
    before = readers_of(house, house.room_post)
    enter(house.carol, room=house.room, invited_by=house.bob)
    assert readers_of(house, house.room_post) == before
    for path in house.paths.values():
        answer = browser_of(house.carol).get(path)
        assert "the lighthouse" not in b"".join(answer).decode(errors="replace"), path
    assert app_of(house.carol).get(f"/api/v1/statuses/{house.room_post.pk}").status_code == 404


def test_no_other_server_widens_what_is_for_followers(far: FarServer) -> None:
    alice, bob, carol, dora, erin = (
        person("alice"),
        person("bob"),
        person("carol"),
        far_person("dora"),
        far_person("erin"),
    )
    for who in (bob, dora):
        follows(who, alice)
    follows(alice, dora)
    follows(carol, erin)
    mine, theirs = post(alice, WORDS, reach=Reach.FOLLOWERS), far_post(dora, f"<p>{WORDS}</p>", reach=Reach.FOLLOWERS)
    far.post(dora, does(dora, "Announce", mine.uri, name="1", to=[PUBLIC], cc=[carol.uri]))
    far.post(dora, does(dora, "Add", mine.uri, name="2", target=f"{dora.uri}/featured", to=[PUBLIC]))
    far.post(erin, does(erin, "Announce", theirs.uri, name="3", to=[PUBLIC]))
    opened = {**note(dora), "id": theirs.uri, "content": "<p>Opened.</p>", "updated": "2026-11-22T03:04:05Z"}
    far.post(erin, does(erin, "Update", opened, name="4", to=[PUBLIC]))
    far.post(dora, does(dora, "Update", opened, name="5", to=[PUBLIC]))
    for said in (mine, theirs):
        said.refresh_from_db()
        assert said.reach == Reach.FOLLOWERS
        assert not readable_by(carol).filter(pk=said.pk).exists()
        assert not readable_by(None).filter(pk=said.pk).exists()
    assert not Boost.objects.exists()
    assert far.get(mine.uri.removeprefix("https://home.example")).status in {401, 403, 404}


WIDEST = BroughtFor(open_as=Reach.PUBLIC, followers_as=Reach.FOLLOWERS)


@pytest.mark.parametrize("was", list(Reach))
def test_what_is_brought_reaches_no_more_people_than_there_whatever_is_chosen(house: House, was: Reach) -> None:
    follows(house.bob, house.alice)
    for number, chosen in enumerate((BroughtFor(), WIDEST)):
        words = BroughtPost(key=f"https://old.example/{number}", said_at=clock.now(), was=was, source=WORDS)
        (said,) = bring_posts(house.alice, posts=[(words, ())], chosen=chosen, import_id=1)
        readers = readers_of(house, said)
        if chosen != WIDEST or was < Reach.FOLLOWERS:
            assert readers == {house.alice.handle}
        assert said.reach <= was


def test_no_reader_here_is_brought_words_that_were_for_followers_there_without_being_asked_for(house: House) -> None:
    follows(house.bob, house.alice)
    for reach in (Reach.HERE, Reach.FOLLOWERS, Reach.QUIET, Reach.PUBLIC):
        words = BroughtPost(key=f"{reach}", said_at=clock.now(), was=Reach.FOLLOWERS, source=WORDS)
        (said,) = bring_posts(house.alice, posts=[(words, ())], chosen=BroughtFor(reach), import_id=1)
        assert readers_of(house, said) == {house.alice.handle}


def test_nothing_is_heard_in_another_place_that_its_author_did_not_tick_for_it(
    house: House, browser_of: Browser
) -> None:
    """Alice has three places; every way to say, change or answer something leaves them out."""
    account(house.alice)
    alice, app, mine = browser_of(house.alice), app_of(house.alice), house.open_post
    written = ("home", "compose", "welcome", "room", "room_now", "post", "edit_post", "window", "drafts")
    paths = {name: house.paths[name] for name in written} | {
        "draft": f"/compose?draft={house.stands_for['draft_id']}",
        "answer": f"/compose?answers={mine.pk}",
        "quote": f"/compose?quotes={mine.pk}",
    }
    offered = set()
    for address, form, (name, value) in forms_for(alice, paths):
        offered |= {address} if "also_at" in form.heard or "Somewhere else too?" in form.heard else set()
        assert "also_at" not in form.chosen, address
        with undone(alice):
            alice.post(address, {**form.filled(WORDS), "audience": "60", **({name: value} if name else {})})
            say_due_drafts()
            assert not SaidElsewhere.objects.exists(), (address, value)
    assert offered == {"/compose"}
    for method, path, given in (
        ("POST", "/api/v1/statuses", {"status": WORDS, "visibility": "public", "also_at": [1, 2, 3]}),
        ("PUT", f"/api/v1/statuses/{mine.pk}", {"status": WORDS, "also_at": [1, 2, 3]}),
        ("POST", f"/api/v1/statuses/{mine.pk}/reblog", {}),
        ("POST", "/micropub", {"type": ["h-entry"], "properties": {"content": [WORDS], "visibility": ["public"]}}),
        ("POST", "/micropub", {"action": "update", "url": mine.url, "replace": {"content": [WORDS]}}),
    ):
        heard = app.generic(method, path, json.dumps(given), content_type="application/json")
        assert heard.status_code < 300, heard.content
    brought = BroughtPost(key="https://one.example/1", said_at=mine.said_at, was=Reach.PUBLIC, source=WORDS)
    bring_posts(house.alice, posts=[(brought, ())], chosen=BroughtFor(Reach.PUBLIC), import_id=1)
    post(house.bob, "Hello, @alice.")
    assert not SaidElsewhere.objects.exists()
