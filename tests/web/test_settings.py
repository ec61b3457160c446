"""The settings: how one appears, who sees one, what one is called, whom one invites."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from speak.identity import actions
from speak.identity.actions import keep_finding, replace_links
from speak.identity.models import Actor, Finding, JoinLink, Link, User
from speak.kernel import clock
from speak.kernel.errors import Invalid
from speak.voice.models import Draft, Post
from speak.voice.reach import Reach
from tests.makers import post

Browser = Callable[[Actor | None], Client]
PAGES = ("", "/shelf", "/places", "/handle", "/domain", "/preferences", "/invite")


def picture(color: str = "teal") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), color).save(out, "JPEG")
    return SimpleUploadedFile("from a phone.jpg", out.getvalue(), "image/jpeg")


def test_name_aim_and_pictures_change_what_the_page_shows(browser_of: Browser, alice: Actor) -> None:
    browser = browser_of(alice)
    typed = {
        "name": "Alice Adams",
        "aim": "Building a boat",
        "picture": picture(),
        "picture_description": "Alice in a boat",
        "banner": picture("navy"),
    }
    answer = browser.post("/settings", typed, follow=True)
    assert answer.redirect_chain == [("/settings", 302)]
    page = browser_of(None).get("/@alice").text
    for said in ("Alice Adams", "Building a boat", 'alt="Alice in a boat"', "profile-banner"):
        assert said in page


def test_a_picture_that_was_not_chosen_again_stays(browser_of: Browser, alice: Actor) -> None:
    browser = browser_of(alice)
    browser.post("/settings", {"name": "Alice", "picture": picture(), "picture_description": "Alice"})
    alice.refresh_from_db()
    before = alice.picture
    browser.post("/settings", {"name": "Alice B.", "picture_description": "Alice, outside"})
    alice.refresh_from_db()
    assert (alice.picture, alice.picture_description, alice.name) == (before, "Alice, outside", "Alice B.")


def test_what_is_no_picture_is_said_at_its_field_and_nothing_changes(browser_of: Browser, alice: Actor) -> None:
    broken = SimpleUploadedFile("x.jpg", b"not a picture", "image/jpeg")
    answer = browser_of(alice).post("/settings", {"name": "Somebody else", "aim": "x", "picture": broken})
    assert answer.status_code == 422
    assert 'id="id_picture_error"' in answer.text
    assert 'value="Somebody else"' in answer.text
    alice.refresh_from_db()
    assert (alice.name, alice.picture) == ("Alice", "")


@pytest.mark.parametrize("which", ["picture", "banner"])
def test_a_picture_is_taken_away(browser_of: Browser, alice: Actor, which: str) -> None:
    browser = browser_of(alice)
    browser.post("/settings", {"name": "Alice", which: picture()})
    assert browser.post("/settings/picture/remove", {"which": which}).status_code == 302
    alice.refresh_from_db()
    assert getattr(alice, which) == ""


def test_things_are_put_on_the_shelf_and_taken_off(browser_of: Browser, alice: Actor, bob: Actor) -> None:
    browser = browser_of(alice)
    thing = {"title": "A cup", "sentence": "From Porto.", "picture": picture(), "picture_description": "A blue cup"}
    assert browser.post("/settings/shelf", thing).status_code == 302
    assert 'alt="A blue cup"' in browser_of(None).get("/@alice").text
    off = f"/settings/shelf/{alice.shelf.get().pk}/remove"
    assert browser_of(bob).post(off).status_code == 404
    assert browser.post(off).status_code == 302
    assert not alice.shelf.exists()


def test_a_thing_without_a_name_keeps_what_was_typed(browser_of: Browser, alice: Actor) -> None:
    answer = browser_of(alice).post("/settings/shelf", {"title": "", "sentence": "From Porto."})
    assert answer.status_code == 422
    assert 'value="From Porto."' in answer.text


def test_places_are_added_and_removed(browser_of: Browser, alice: Actor, bob: Actor) -> None:
    browser = browser_of(alice)
    assert browser.post("/settings/places", {"label": "Blog", "url": "https://alice.example/"}).status_code == 302
    assert browser.post("/settings/places", {"label": "", "url": "https://work.example/a"}).status_code == 302
    assert [link.label for link in alice.links.all()] == ["Blog", "work.example"]
    first = alice.links.all()[0]
    assert browser_of(bob).post(f"/settings/places/{first.pk}/remove").status_code == 404
    assert browser.post(f"/settings/places/{first.pk}/remove").status_code == 302
    assert [link.label for link in alice.links.all()] == ["work.example"]


def test_a_place_that_is_not_on_the_web_is_refused(browser_of: Browser, alice: Actor) -> None:
    answer = browser_of(alice).post("/settings/places", {"label": "x", "url": "javascript:alert(1)"})
    assert answer.status_code == 422
    assert 'id="id_url_error"' in answer.text
    assert not alice.links.exists()


def test_the_page_to_change_a_handle_says_what_happens_elsewhere(browser_of: Browser, alice: Actor) -> None:
    browser = browser_of(alice)
    assert "Other servers are told" in browser.get("/settings/handle").text
    answer = browser.post("/settings/handle", {"handle": "alicia"}, follow=True)
    assert "You are @alicia@home.example now." in answer.text
    assert browser.get("/@alice").headers["Location"] == "/@alicia"


@pytest.mark.parametrize("handle", ["bob", "BOB", "admin", "a-b"])
def test_a_handle_that_cannot_be_had_is_refused(browser_of: Browser, alice: Actor, bob: Actor, handle: str) -> None:
    answer = browser_of(alice).post("/settings/handle", {"handle": handle})
    assert answer.status_code == 422
    assert "@alice@home.example" in answer.text
    alice.refresh_from_db()
    assert alice.handle == "alice"


def test_preferences_decide_who_sees_and_who_follows(browser_of: Browser, alice: Actor) -> None:
    browser = browser_of(alice)
    assert "Alice" not in browser_of(None).get("/").text
    typed = {"is_listed": "on", "approves_followers": "on", "language": "de"}
    assert browser.post("/settings/preferences", typed).status_code == 302
    alice.refresh_from_db()
    assert (alice.is_listed, alice.approves_followers, User.objects.get().language) == (True, True, "de")
    assert "Alice" in browser_of(None).get("/").text
    assert '<option value="de" selected>' in browser.get("/compose").text


def test_a_language_that_is_none_is_refused(browser_of: Browser, alice: Actor) -> None:
    assert browser_of(alice).post("/settings/preferences", {"language": "xx-none"}).status_code == 422
    assert User.objects.get().language == "en"


def test_times_are_said_by_ones_own_clock(browser_of: Browser, alice: Actor) -> None:
    browser = browser_of(alice)
    assert "The clock of this place (UTC)" in browser.get("/settings/preferences").text
    typed = {"language": "en", "time_zone": "Asia/Tokyo"}
    assert browser.post("/settings/preferences", typed).status_code == 302
    assert '<option value="Asia/Tokyo" selected>' in browser.get("/settings/preferences").text
    held = browser.post("/compose", {"words": "Sleep on it.", "audience": "60", "do": "hold"}, follow=True)
    assert "by the clock of Asia/Tokyo" in held.text
    until = Draft.objects.get().held_until
    assert until is not None
    assert (until.hour, until.minute) == (0, 0)  # nine in Tokyo
    assert "9 a.m." in browser.get("/drafts").text
    assert timezone.get_current_timezone_name() == "UTC"


def test_what_is_remembered_for_one_is_not_said_by_the_clock_of_another(
    browser_of: Browser, alice: Actor, bob: Actor
) -> None:
    said = post(alice, "Good morning.")
    Post.objects.filter(pk=said.pk).update(said_at=dt.datetime(2026, 5, 14, 23, 30, tzinfo=dt.UTC))
    actions.choose_time_zone(bob, time_zone="Asia/Tokyo")
    assert 'title="May 14, 2026, 11:30 p.m."' in browser_of(alice).get("/@alice").text
    assert 'title="May 15, 2026, 8:30 a.m."' in browser_of(bob).get("/@alice").text


@pytest.mark.parametrize("name", ["Nowhere/At_All", "Factory", "localtime", "../etc/passwd"])
def test_a_clock_that_is_none_is_refused(browser_of: Browser, alice: Actor, name: str) -> None:
    browser = browser_of(alice)
    assert browser.post("/settings/preferences", {"language": "en", "time_zone": name}).status_code == 422
    with pytest.raises(Invalid):
        actions.choose_time_zone(alice, time_zone=name)
    User.objects.update(time_zone=name)  # as if the machine had known it once
    assert browser.get("/drafts").status_code == 200


def test_whoever_runs_the_place_makes_links_that_open_once(browser_of: Browser, alice: Actor) -> None:
    User.objects.update(is_staff=True)
    browser = browser_of(alice)
    answer = browser.post("/settings/invite", {"for_whom": "Carol"})
    link = JoinLink.objects.get()
    assert (link.made_by, link.for_whom, link.is_for_operator) == (alice, "Carol", False)
    assert "https://home.example/join/" in answer.text
    assert "https://home.example/join/" not in browser.get("/settings/invite").text


def test_others_make_no_links(browser_of: Browser, alice: Actor) -> None:
    for method in ("get", "post"):
        assert getattr(browser_of(alice), method)("/settings/invite", {"for_whom": "Carol"}).status_code == 403
    assert not JoinLink.objects.exists()
    assert "/settings/invite" not in browser_of(alice).get("/settings").text


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_sent_to_sign_in(browser_of: Browser, page: str, db: None) -> None:
    answer = browser_of(None).get(f"/settings{page}")
    assert answer.headers["Location"] == f"/account/login/?next=/settings{page}"


def test_each_page_leads_to_the_others(browser_of: Browser, alice: Actor) -> None:
    actions.follow(alice, target=actions.make_person("bob", name="Bob", password=""))
    for page in ("/settings", "/people/following", "/settings/preferences"):
        html = browser_of(alice).get(page).text
        assert 'aria-current="page"' in html
        for way in ("/settings", "/settings/preferences", "/account/password/change/"):
            assert f'href="{way}"' in html


def test_a_place_without_https_is_made_whole_and_words_need_a_label(browser_of: Browser, alice: Actor) -> None:
    browser = browser_of(alice)
    assert browser.post("/settings/places", {"url": "alice.example/about"}).status_code == 302
    assert browser.post("/settings/places", {"url": "she/her"}).status_code == 422
    assert browser.post("/settings/places", {"url": "<b>toasty.</b>", "label": "How"}).status_code == 302
    assert [(link.url, link.words) for link in alice.links.all()] == [
        ("https://alice.example/about", ""),
        ("", "<b>toasty.</b>"),
    ]
    for page in ("/@alice", "/settings/places"):
        assert "&lt;b&gt;toasty.&lt;/b&gt;" in browser.get(page).text


def test_a_place_says_what_was_found_and_what_to_paste_there(browser_of: Browser, alice: Actor, bob: Actor) -> None:
    replace_links(alice, links=[("Blog", "https://alice.example/"), ("Pronouns", "she/her")])
    blog, words = alice.links.all()
    page, browser = f"/settings/places/{blog.pk}", browser_of(alice)
    assert browser_of(bob).get(page).status_code == 404
    assert browser.get(f"/settings/places/{words.pk}").status_code == 404
    assert "It is being looked at." in browser.get(page).text
    keep_finding(blog.pk, url=blog.url, finding=Finding.SILENT)
    shown = browser.get(page).text
    assert "The page is there, and does not point back." in shown
    assert "&lt;a rel=&quot;me&quot; href=&quot;https://home.example/@alice&quot;&gt;Alice&lt;/a&gt;" in shown
    Link.objects.update(looked_at=clock.now() - dt.timedelta(hours=1))
    assert browser_of(bob).post(page).status_code == 404
    assert browser.post(page).status_code == 302
    assert Link.objects.filter(pk=blog.pk, due_at__lte=clock.now()).exists()


def test_what_is_found_and_lost_is_told_and_stands_on_ones_page(browser_of: Browser, alice: Actor) -> None:
    replace_links(alice, links=[("Blog <i>", "https://alice.example/")])
    blog, browser = alice.links.get(), browser_of(alice)
    keep_finding(blog.pk, url=blog.url, finding=Finding.POINTS_BACK)
    verified = "verified: this page and alice.example point at each other, since"
    assert verified in browser_of(None).get("/@alice").text
    assert "Blog &lt;i&gt;</a> and your page point at each other now" in browser.get("/notifications").text
    keep_finding(blog.pk, url=blog.url, finding=Finding.SILENT)
    assert verified not in browser_of(None).get("/@alice").text
    shown = browser.get("/notifications").text
    assert "Blog &lt;i&gt; does not point back at your page any more" in shown
    assert "point at each other now" not in shown
    replace_links(alice, links=[])
    assert "does not point back" not in browser.get("/notifications").text


def test_sites_may_be_let_name_one_and_pages_of_ones_own_do(browser_of: Browser, alice: Actor) -> None:
    browser = browser_of(alice)
    assert browser.post("/settings/credit", {"sites": "magazine.example\r\n<script>"}).status_code == 422
    assert browser.post("/settings/credit", {"sites": "magazine.example\r\n\r\nPaper.example"}).status_code == 302
    alice.refresh_from_db()
    assert alice.attribution_domains == ["magazine.example", "paper.example"]
    assert "magazine.example\npaper.example" in browser.get("/settings/credit").text
    named = '<meta name="fediverse:creator" content="@alice@home.example">'
    assert named in browser_of(None).get(post(alice).path).text
    assert named not in browser.get(post(alice, reach=Reach.FOLLOWERS).path).text
