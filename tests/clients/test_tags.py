"""Hashtags that one hears or shows, by an app."""

from django.test import Client

from speak.identity.models import Actor
from speak.voice.models import Media, Tag
from speak.voice.reach import Reach
from speak.voice.sanitize import plain_text
from tests import makers
from tests.clients.apps import App, app_of


def test_what_is_said_with_a_tag_one_hears_stands_on_ones_home_page_once(alice: Actor, bob: Actor) -> None:
    makers.follows(alice, bob)
    app = app_of(alice)
    stranger = makers.person("stranger")
    said = [makers.post(who, "The #Tides today", reach=Reach.PUBLIC) for who in (stranger, bob)]
    makers.post(stranger, "For some: #tides", reach=Reach.FOLLOWERS)
    assert [post["id"] for post in app.get("/api/v1/timelines/home")] == [str(said[1].pk)]
    tag = app.post("/api/v1/tags/Tides/follow")
    assert (tag["name"], tag["following"], tag["history"]) == ("tides", True, [])
    assert [post["id"] for post in app.get("/api/v1/timelines/home")] == [str(post.pk) for post in reversed(said)]
    assert [each["name"] for each in app.get("/api/v1/followed_tags")] == ["tides"]
    assert app.get("/api/v1/tags/tides")["following"]
    assert not app_of(bob).get("/api/v1/tags/tides")["following"]
    assert app.get("/api/v2/search", q="#tid")["hashtags"][0]["following"]
    assert not app.post("/api/v1/tags/tides/unfollow")["following"]
    assert len(app.get("/api/v1/timelines/home")) == 1


def texts(app: App, **given: object) -> list[str]:
    """What stands on the page of #tides, as typed."""
    return [plain_text(status["content"]).strip() for status in app.get("/api/v1/timelines/tag/Tides", **given)]


def test_other_tags_do_as_well_or_have_to_be_there_or_must_not(alice: Actor, bob: Actor, dora: Actor) -> None:
    for words in ("#tides", "#harbor", "#tides #harbor", "#tides #harbor #night", "#night"):
        makers.post(bob, words, reach=Reach.PUBLIC)
    app = app_of(alice)
    assert texts(app) == ["#tides #harbor #night", "#tides #harbor", "#tides"]
    given = {"any[]": ["Harbor", "nothing"]}
    assert texts(app, **given) == ["#tides #harbor #night", "#tides #harbor", "#harbor", "#tides"]
    assert texts(app, **{"all[]": ["Harbor", "night"]}) == ["#tides #harbor #night"]
    assert texts(app, **{"none[]": ["night", "nothing"]}) == ["#tides #harbor", "#tides"]
    assert texts(app, **{"any[]": "night", "all[]": "harbor", "none[]": "nothing"}) == [
        "#tides #harbor #night",
        "#tides #harbor",
    ]
    assert texts(App(Client()), **{"all[]": "night"}) == ["#tides #harbor #night"]


def test_a_page_of_a_tag_is_full_while_there_is_more(alice: Actor, bob: Actor, dora: Actor) -> None:
    wanted = []
    for count in range(6):
        wanted.append(makers.post(bob, f"#tides #wanted {count}", reach=Reach.PUBLIC))
        makers.post(bob, "#tides", reach=Reach.PUBLIC)
        Tag.objects.create(post=makers.far_post(dora, "<p>#tides</p>"), name="tides")
    app, pages = app_of(alice), []
    path = "/api/v1/timelines/tag/tides?all[]=wanted&local=true&limit=2"
    while path:
        answer = app.ask("GET", path)
        pages.append([int(status["id"]) for status in answer.json()])
        links = dict(reversed(part.split("; ")) for part in answer.headers.get("Link", "").split(", ") if part)
        path = links.get('rel="next"', "").strip("<>").partition("home.example")[2]
    newest_first = [post.pk for post in reversed(wanted)]
    assert pages == [newest_first[:2], newest_first[2:4], newest_first[4:], []]
    assert len(app.get("/api/v1/timelines/tag/tides", remote=True)) == 6
    assert len(app.get("/api/v1/timelines/tag/tides", remote=True, local=True)) == 18
    Media.objects.create(owner=bob, post=wanted[0], media_type="image/png")
    assert [int(status["id"]) for status in app.get("/api/v1/timelines/tag/tides", only_media=True)] == [wanted[0].pk]


def test_whoever_is_muted_is_not_heard_by_a_tag_either(alice: Actor, bob: Actor) -> None:
    app = app_of(alice)
    app.post("/api/v1/tags/tides/follow")
    makers.post(bob, "#tides", reach=Reach.PUBLIC)
    app.post(f"/api/v1/accounts/{bob.pk}/mute")
    assert app.get("/api/v1/timelines/home") == []


def test_tags_are_shown_on_a_profile_with_the_letters_one_chose_and_no_counts(alice: Actor, bob: Actor) -> None:
    app = app_of(alice)
    makers.post(alice, "#harbor #night", reach=Reach.PUBLIC)
    made = app.post("/api/v1/featured_tags", name="#NightShift")
    assert (made["name"], made["statuses_count"]) == ("NightShift", "0")
    assert app.post("/api/v1/featured_tags", name="nightshift")["id"] == made["id"]
    assert app_of(bob).get(f"/api/v1/accounts/{alice.pk}/featured_tags") == [made]
    assert app.get("/api/v1/tags/nightshift")["featuring"]
    assert {tag["name"] for tag in app.get("/api/v1/featured_tags/suggestions")} == {"harbor", "night"}
    assert app.ask("DELETE", f"/api/v1/featured_tags/{made['id']}").status_code == 200
    assert app.post("/api/v1/tags/Harbor/feature")["featuring"]
    assert not app.post("/api/v1/tags/harbor/unfeature")["featuring"]
    assert app.get("/api/v1/featured_tags") == []


def test_nobody_takes_off_what_another_shows(alice: Actor, bob: Actor) -> None:
    made = app_of(alice).post("/api/v1/featured_tags", name="harbor")
    app_of(bob).ask("DELETE", f"/api/v1/featured_tags/{made['id']}")
    assert app_of(alice).get("/api/v1/featured_tags") == [made]


def test_what_is_no_hashtag_is_refused_with_a_sentence(alice: Actor) -> None:
    for name in ("two words", "123", "a" * 101, "x-y"):
        refused = app_of(alice).ask("POST", "/api/v1/featured_tags", {"name": name})
        assert refused.status_code == 422
        assert "letters" in refused.json()["error"]
