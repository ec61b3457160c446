"""A post on its own page: its conversation, and what one can do with it."""

from collections.abc import Callable
from typing import IO

import mf2py
import pytest
from django.test import Client

from speak.identity.actions import block, rename_handle
from speak.identity.models import Actor
from speak.voice.actions import withdraw_post
from speak.voice.models import Bookmark, Boost, Like, Media, Post, Reach, Rest
from tests import makers
from tests.web.reading import latest, picture, say, text_of

Browser = Callable[[Actor | None], Client]


def act(browser: Client, post: Post, name: str, **more: str) -> int:
    """Press a button below a post; returns the status."""
    return browser.post(f"/said/{post.pk}/act", {"act": name, **more}).status_code


def test_a_conversation_stands_around_a_post(alice: Actor, bob: Actor, carol: Actor, browser_of: Browser) -> None:
    first = makers.post(alice, "First of all.")
    second = makers.answer(bob, first, "Second to that.")
    makers.answer(carol, second, "Third below.")
    page = text_of(browser_of(None).get(second.path)).split("<main")[1]
    assert page.index("First of all.") < page.index("Second to that.") < page.index("Third below.")
    assert f'Answering <a class="u-in-reply-to" href="{first.path}">Alice</a>' in page


def test_an_answer_to_what_was_withdrawn_keeps_its_place(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser
) -> None:
    first = makers.post(alice, "First of all.")
    second = makers.answer(bob, first, "Second to that.")
    third = makers.answer(carol, second, "Third below.")
    withdraw_post(bob, post=second)
    page = text_of(browser_of(None).get(first.path))
    assert "Third below." in page
    assert "Second to that." not in page
    assert "First of all." in text_of(browser_of(None).get(third.path))


def test_a_deep_conversation_is_shown_whole(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    post = first = makers.post(alice, "Word 0.")
    for number in range(1, 40):
        post = makers.answer(bob if number % 2 else alice, post, f"Word {number}.")
    page = text_of(browser_of(None).get(first.path))
    assert all(f"Word {number}." in page for number in range(40))


def test_an_article_names_itself(alice: Actor, browser_of: Browser) -> None:
    browser_of(alice).post("/compose", {"words": "# One\n\nBody.", "title": "Spring", "audience": "60"})
    page = text_of(browser_of(None).get(latest().path))
    assert "<title>Spring ·" in page
    assert '<h1 class="post-title p-name"' in page
    assert 'property="og:title" content="Spring"' in page


def test_an_old_handle_leads_to_the_post(alice: Actor, browser_of: Browser) -> None:
    post = makers.post(alice)
    old = post.path
    rename_handle(alice, handle="alicia")
    response = browser_of(None).get(old)
    assert response.status_code == 302
    assert response["Location"] == f"/@alicia/{post.pk}"


def test_a_post_from_elsewhere_has_a_page_here(dora: Actor, browser_of: Browser) -> None:
    post = makers.far_post(dora, "<p>Hello from afar.</p>")
    assert post.path == f"/@dora@far.example/{post.pk}"
    assert "Hello from afar." in text_of(browser_of(None).get(post.path))


def test_other_programs_get_the_document(alice: Actor, browser_of: Browser) -> None:
    post = makers.post(alice, "For everybody.")
    response = browser_of(None).get(post.path, headers={"accept": "application/activity+json"})
    assert response["Content-Type"].startswith("application/activity+json")
    assert response.json()["id"] == post.uri
    assert "Accept" in response["Vary"]


@pytest.mark.parametrize("reach", [Reach.SELF, Reach.NAMED, Reach.HERE, Reach.FOLLOWERS])
def test_what_is_not_open_looks_to_a_stranger_as_if_it_were_not(
    reach: Reach, alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    post = makers.post(alice, "Not for you.", reach=reach, to=(bob,))
    missing = browser_of(None).get(f"/@alice/{post.pk + 1}")
    response = browser_of(None).get(post.path)
    assert response.status_code == missing.status_code == 404
    assert "Not for you." not in text_of(response)
    assert text_of(response).replace(str(post.pk), "") == text_of(missing).replace(str(post.pk + 1), "")


def test_the_audience_stands_beside_the_words(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    makers.follows(bob, alice)
    post = makers.post(alice, "To those who follow.", reach=Reach.FOLLOWERS)
    assert "Those who follow Alice and whoever is named here can read this." in text_of(browser_of(bob).get(post.path))
    assert "Those who follow you and whoever you name can read this." in text_of(browser_of(alice).get(post.path))
    here = makers.post(alice, "To the house.", reach=Reach.HERE)
    assert "Everyone at Speak for Yourself can read this" in text_of(browser_of(bob).get(here.path))


def test_an_answered_post_is_not_pointed_at_when_it_may_not_be_read(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    asked = makers.post(alice, "Between us.", reach=Reach.NAMED, to=(bob,))
    browser_of(bob).post(
        "/compose",
        {"words": "Told.", "audience": "60", "in_reply_to": asked.pk, "is_knowingly_wider": "on"},
    )
    page = text_of(browser_of(None).get(latest().path))
    assert "Told." in page
    assert "Alice" not in page
    assert str(asked.pk) not in page


def test_passing_on_thanking_keeping_and_taking_it_back(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    post = makers.post(alice)
    browser = browser_of(bob)
    for name, undo, model in (
        ("boost", "unboost", Boost),
        ("like", "unlike", Like),
        ("bookmark", "unbookmark", Bookmark),
    ):
        assert act(browser, post, name) == 302
        assert model.objects.filter(actor=bob, post=post).exists()
        assert f'value="{undo}"' in text_of(browser.get(post.path))
        assert act(browser, post, undo) == 302
        assert not model.objects.exists()


def test_one_returns_to_where_one_was(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    post = makers.post(alice)
    there = {"act": "like", "next": f"/search?q=good#post-{post.pk}"}
    assert browser_of(bob).post(f"/said/{post.pk}/act", there)["Location"] == there["next"]
    for elsewhere in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        response = browser_of(bob).post(f"/said/{post.pk}/act", {"act": "like", "next": elsewhere})
        assert response["Location"] == post.path


def test_letting_it_rest_takes_it_from_home(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    asked = makers.answer(bob, makers.post(alice), "And you?")
    browser = browser_of(alice)
    assert "Waiting for an answer" in text_of(browser.get("/"))
    assert act(browser, asked, "rest", next="/") == 302
    assert Rest.objects.filter(actor=alice, post=asked).exists()
    assert "Waiting for an answer" not in text_of(browser.get("/"))


def test_what_is_not_open_is_not_passed_on(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    post = makers.post(alice, reach=Reach.HERE)
    assert 'value="boost"' not in text_of(browser_of(bob).get(post.path))
    assert act(browser_of(bob), post, "boost") == 403
    assert not Boost.objects.exists()


def test_nobody_acts_on_what_they_cannot_read(alice: Actor, bob: Actor, carol: Actor, browser_of: Browser) -> None:
    post = makers.post(alice, reach=Reach.NAMED, to=(bob,))
    for name in ("boost", "like", "bookmark", "rest"):
        assert act(browser_of(carol), post, name) == 404
    assert act(browser_of(bob), post, "like") == 302
    assert act(browser_of(bob), post, "shout") == 422


def test_acting_takes_a_press_of_a_button(alice: Actor, browser_of: Browser) -> None:
    post = makers.post(alice)
    assert browser_of(alice).get(f"/said/{post.pk}/act").status_code == 405
    browser = browser_of(alice)
    browser.handler.enforce_csrf_checks = True
    assert act(browser, post, "like") == 403


def test_saying_it_better_keeps_the_earlier_wording(alice: Actor, browser_of: Browser) -> None:
    post = makers.post(alice, "Teh first wording.")
    browser = browser_of(alice)
    assert "Teh first wording." in text_of(browser.get(f"/said/{post.pk}/edit"))
    response = browser.post(f"/said/{post.pk}/edit", {"words": "The second wording.", "language": "en"})
    assert response["Location"] == post.path
    page = text_of(browser_of(None).get(post.path))
    assert "The second wording." in page
    assert "Teh first wording." not in page
    assert "Teh first wording." in text_of(browser_of(None).get(f"{post.path}/earlier"))


def test_saying_it_better_exchanges_pictures(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    say(browser, "My garden.", picture_0=picture(), description_0="Beans", picture_1=picture(), description_1="Peas")
    post = latest()
    beans, peas = post.media.all()
    page = text_of(browser.get(f"/said/{post.pk}/edit"))
    assert f'name="remove_{beans.pk}"' in page
    assert 'name="picture_0"' in page
    typed: dict[str, str | IO[bytes]] = {
        f"description_of_{beans.pk}": "Beans",
        f"remove_{beans.pk}": "on",
        f"description_of_{peas.pk}": "Peas in bloom",
        "picture_0": picture(),
        "description_0": "A pear tree",
    }
    edited = browser.post(f"/said/{post.pk}/edit", {"words": "My garden in May.", "language": "en", **typed})
    assert edited["Location"] == post.path
    assert [media.description for media in post.media.all()] == ["Peas in bloom", "A pear tree"]
    assert not Media.objects.filter(pk=beans.pk).exists()
    assert 'alt="A pear tree"' in text_of(browser_of(None).get(post.path))


def test_a_new_picture_is_not_lost_when_the_edit_comes_back(alice: Actor, browser_of: Browser) -> None:
    post = makers.post(alice, "My garden.")
    browser = browser_of(alice)
    refused = browser.post(f"/said/{post.pk}/edit", {"words": "x" * 5001, "language": "en", "picture_0": picture()})
    assert refused.status_code == 422
    media = Media.objects.get()
    assert f'name="kept_ids" value="{media.pk}"' in text_of(refused)
    assert not post.media.exists()
    kept = {"kept_ids": str(media.pk), f"description_of_{media.pk}": "Beans"}
    browser.post(f"/said/{post.pk}/edit", {"words": "My garden.", "language": "en", **kept})
    assert [item.description for item in post.media.all()] == ["Beans"]


def test_an_edit_shows_no_picture_of_another_post_or_person(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    say(browser_of(alice), "Mine.", picture_0=picture())
    hers, post = Media.objects.get(), makers.post(bob, "His.")
    browser_of(bob).post(f"/said/{post.pk}/edit", {"words": "His.", "language": "en", "kept_ids": str(hers.pk)})
    assert not post.media.exists()


def test_whose_pictures_are_not_shown_adds_none_by_an_edit(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    say(browser, "My garden.", picture_0=picture())
    post = latest()
    Actor.objects.filter(pk=alice.pk).update(hides_media=True)
    words = {"words": "My garden, again.", "language": "en"}
    assert browser.post(f"/said/{post.pk}/edit", {**words, "picture_0": picture()}).status_code == 422
    assert browser.post(f"/said/{post.pk}/edit", words).status_code == 302
    assert post.media.count() == 1


def test_pictures_that_an_app_covered_stay_covered(alice: Actor, browser_of: Browser) -> None:
    post = makers.post(alice, "My garden.")
    Post.objects.filter(pk=post.pk).update(is_sensitive=True)
    browser_of(alice).post(f"/said/{post.pk}/edit", {"words": "My garden, again.", "language": "en"})
    post.refresh_from_db()
    assert post.is_sensitive


def test_an_edit_that_says_nothing_comes_back(alice: Actor, browser_of: Browser) -> None:
    post = makers.post(alice, "Words.")
    response = browser_of(alice).post(f"/said/{post.pk}/edit", {"words": " ", "summary": "kept"})
    assert response.status_code == 422
    assert 'value="kept"' in text_of(response)


def test_nobody_changes_or_takes_back_the_words_of_another(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    post = makers.post(alice, "Hers.")
    for page in ("edit", "withdraw"):
        assert browser_of(bob).get(f"/said/{post.pk}/{page}").status_code == 403
        assert browser_of(bob).post(f"/said/{post.pk}/{page}", {"words": "His."}).status_code == 403
    post.refresh_from_db()
    assert post.source == "Hers."
    assert post.withdrawn_at is None


def test_earlier_wordings_are_for_those_who_may_read_the_post(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    post = makers.post(alice, "Secret one.", reach=Reach.SELF)
    browser_of(alice).post(f"/said/{post.pk}/edit", {"words": "Secret two."})
    assert browser_of(bob).get(f"{post.path}/earlier").status_code == 404
    assert "Secret one." in text_of(browser_of(alice).get(f"{post.path}/earlier"))


def test_withdrawing_asks_once(alice: Actor, browser_of: Browser) -> None:
    post = makers.post(alice, "Too much said.")
    browser = browser_of(alice)
    assert "Withdraw it?" in text_of(browser.get(f"/said/{post.pk}/withdraw"))
    assert browser.post(f"/said/{post.pk}/withdraw").status_code == 302
    response = browser_of(None).get(post.path)
    assert response.status_code == 410
    assert "Too much said." not in text_of(response)
    assert browser_of(None).get(f"{post.path}/earlier").status_code == 404


def test_the_blocked_do_not_read(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    post = makers.post(alice, "In public.")
    block(alice, blocked=bob)
    assert browser_of(bob).get(post.path).status_code == 404


def test_numbers_beyond_all_numbers_are_nothing(db: None, browser_of: Browser) -> None:
    for path in ("/@alice/999999999999999999", "/@alice/99999999999999999999999", "/said/99999999999999999999999/edit"):
        assert browser_of(None).get(path).status_code in {302, 404}


def test_microformats_say_who_said_what_when(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    first = makers.post(alice, "A morning with #coffee.")
    answer = makers.answer(bob, first, "Good.")
    page = mf2py.parse(doc=text_of(browser_of(None).get(answer.path)), url=f"https://home.example{answer.path}")
    entries = {
        item["properties"]["uid"][0]: item["properties"] for item in page["items"] if item["type"] == ["h-entry"]
    }
    said = entries[answer.uri]
    assert said["url"] == [f"https://home.example{answer.path}"]
    assert said["content"][0]["value"] == "Good."
    assert said["author"][0]["properties"]["name"] == ["Bob"]
    assert said["author"][0]["properties"]["url"] == ["https://home.example/@bob"]
    assert said["in-reply-to"] == [f"https://home.example{first.path}"]
    assert said["published"][0].startswith(str(answer.said_at.date()))
    assert entries[first.uri]["category"] == ["coffee"]
