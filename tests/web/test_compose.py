"""Saying something through the box to write in."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from speak.identity.models import Actor
from speak.voice.models import Draft, Media, Post, Reach
from tests import makers
from tests.web.reading import latest, picture, say, text_of

Browser = Callable[[Actor | None], Client]


def test_words_are_said_and_stand_at_home(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    response = say(browser, "Good morning, world.")
    assert response.status_code == 302
    page = text_of(browser.get("/"))
    assert "Good morning, world." in page
    assert "Said. Anyone, anywhere can read this." in page
    assert latest().reach == Reach.PUBLIC


def test_a_stranger_is_asked_to_sign_in(db: None, browser_of: Browser) -> None:
    response = browser_of(None).get("/compose")
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login")


def test_nothing_said_comes_back_as_a_form(alice: Actor, browser_of: Browser) -> None:
    response = say(browser_of(alice), "  ", title="Spring")
    assert response.status_code == 422
    page = text_of(response)
    assert "There is nothing to say yet." in page
    assert 'value="Spring"' in page
    assert not Post.objects.exists()


def test_a_title_makes_an_article(alice: Actor, browser_of: Browser) -> None:
    say(browser_of(alice), "It *is* spring.", title="Spring", summary="plants", language="de")
    post = latest()
    assert (post.kind, post.title, post.summary, post.language) == ("Article", "Spring", "plants", "de")
    assert "<em>is</em>" in post.html


@pytest.mark.parametrize(("others", "expected"), [(False, Reach.FOLLOWERS), (True, Reach.HERE)])
def test_the_smallest_sensible_audience_is_preselected(
    *, others: bool, expected: Reach, alice: Actor, browser_of: Browser
) -> None:
    if others:
        makers.person("bob")
    page = text_of(browser_of(alice).get("/"))
    assert f'<option value="{expected.value}" selected>' in page
    assert "Who can read this?" in page


def test_named_people_and_nobody_else(alice: Actor, bob: Actor, carol: Actor, browser_of: Browser) -> None:
    say(browser_of(alice), "Between us.", audience="10", named="@bob, carol@home.example")
    post = latest()
    assert {reader.actor for reader in post.readers.all()} == {bob, carol}
    assert "Only you, Bob and Carol can read this" in text_of(browser_of(alice).get(post.path))
    assert "Only you, Alice and Carol can read this" in text_of(browser_of(bob).get(post.path))


def test_a_name_that_nobody_has_comes_back_with_the_words(alice: Actor, browser_of: Browser) -> None:
    response = say(browser_of(alice), "Between us.", audience="10", named="@nobody_here")
    assert response.status_code == 422
    page = text_of(response)
    assert "Nobody called “@nobody_here” was found." in page
    assert "Between us." in page
    assert 'value="@nobody_here"' in page


def test_naming_nobody_is_refused(alice: Actor, browser_of: Browser) -> None:
    response = say(browser_of(alice), "Between us.", audience="10")
    assert response.status_code == 422
    assert "Name at least one person" in text_of(response)


def test_an_answer_to_few_stays_with_those_few(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    asked = makers.post(alice, "How are you?", reach=Reach.NAMED, to=(bob,))
    page = text_of(browser_of(bob).get(f"/compose?answers={asked.pk}"))
    assert '<option value="thread" selected>Those who can read that post' in page
    say(browser_of(bob), "Well.", audience="thread", in_reply_to=str(asked.pk))
    answer = latest()
    assert answer.in_reply_to == asked
    assert answer.reach == Reach.NAMED
    assert [reader.actor for reader in answer.readers.all()] == [alice]


def test_a_public_post_is_answered_without_announcing(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    asked = makers.post(alice, "How are you?")
    page = text_of(browser_of(bob).get(f"/compose?answers={asked.pk}"))
    assert f'<option value="{Reach.QUIET.value}" selected>' in page
    assert "thread" not in page.split('name="audience"')[1].split("</select>")[0]


def test_a_wider_answer_is_asked_about_and_nothing_is_lost(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    asked = makers.post(alice, "How are you?", reach=Reach.NAMED, to=(bob,))
    browser = browser_of(bob)
    typed = {"audience": "60", "in_reply_to": str(asked.pk), "summary": "a warning"}
    response = say(browser, "Very well indeed.", **typed)
    assert response.status_code == 422
    page = text_of(response)
    assert "More people could read this than what it answers." in page
    assert 'name="is_knowingly_wider"' in page
    assert "Very well indeed." in page
    assert 'value="a warning"' in page
    assert Post.objects.count() == 1
    assert say(browser, "Very well indeed.", **typed, is_knowingly_wider="on").status_code == 302
    assert latest().reach == Reach.PUBLIC


def test_nobody_answers_what_they_cannot_read(alice: Actor, bob: Actor, carol: Actor, browser_of: Browser) -> None:
    asked = makers.post(alice, "The secret of the house.", reach=Reach.NAMED, to=(bob,))
    assert browser_of(carol).get(f"/compose?answers={asked.pk}").status_code == 404
    response = say(browser_of(carol), "Hm.", in_reply_to=str(asked.pk))
    assert response.status_code == 422
    assert "What you answer is not there any more." in text_of(response)
    assert "secret of the house" not in text_of(response)
    assert Post.objects.count() == 1


def test_pictures_come_with_words_for_those_who_cannot_see(alice: Actor, browser_of: Browser) -> None:
    response = say(
        browser_of(alice), "My garden.", picture_0=picture(), description_0="A green bed", picture_2=picture()
    )
    assert response.status_code == 302
    first, second = latest().media.all()
    assert (first.description, second.description) == ("A green bed", "")
    page = text_of(browser_of(None).get(latest().path))
    assert f'src="/media/{first.token}" alt="A green bed"' in page


def test_a_picture_is_not_lost_when_the_form_comes_back(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    response = say(browser, "x" * 5001, picture_0=picture(), description_0="A green bed")
    assert response.status_code == 422
    media = Media.objects.get()
    page = text_of(response)
    assert f'<img src="/media/{media.token}"' in page
    assert f'name="kept_ids" value="{media.pk}"' in page
    assert "A green bed" in page
    kept = {"kept_ids": str(media.pk), f"description_of_{media.pk}": "A bed of beans"}
    assert say(browser, "My garden.", **kept).status_code == 302
    assert [(item.pk, item.description) for item in latest().media.all()] == [(media.pk, "A bed of beans")]


def test_a_kept_picture_can_be_left_out(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    say(browser, "x" * 5001, picture_0=picture())
    media = Media.objects.get()
    say(browser, "My garden.", kept_ids=str(media.pk), **{f"remove_{media.pk}": "on"})
    assert not latest().media.exists()


def test_nobody_shows_the_picture_of_another(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    say(browser_of(alice), "x" * 5001, picture_0=picture())
    media = Media.objects.get()
    say(browser_of(bob), "Mine now.", kept_ids=str(media.pk))
    assert not latest().media.exists()
    media.refresh_from_db()
    assert media.owner == alice


def test_what_is_not_a_picture_is_refused_with_the_words_kept(alice: Actor, browser_of: Browser) -> None:
    fake = io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    fake.name = "face.png"
    response = say(browser_of(alice), "Look.", picture_0=fake)
    assert response.status_code == 422
    assert "That is not a picture this place can read." in text_of(response)
    assert "Look." in text_of(response)


def test_a_draft_is_kept_changed_and_said(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    assert say(browser, "Half a thought", audience="0", do="keep")["Location"] == "/drafts"
    draft = Draft.objects.get()
    assert "Half a thought" in text_of(browser.get("/drafts"))
    page = text_of(browser.get(f"/compose?draft={draft.pk}"))
    assert "Half a thought" in page
    assert f'name="draft" value="{draft.pk}"' in page
    say(browser, "A whole thought", draft=str(draft.pk))
    assert not Draft.objects.exists()
    assert latest().source == "A whole thought"


def test_a_refused_draft_stays_as_it_was(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    say(browser, "Half a thought", do="keep")
    draft = Draft.objects.get()
    assert say(browser, "   ", draft=str(draft.pk)).status_code == 422
    draft.refresh_from_db()
    assert draft.source == "Half a thought"


def test_held_words_wait_till_nine_tomorrow(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    say(browser, "Sleep on it.", do="hold")
    draft = Draft.objects.get()
    assert draft.held_until is not None
    local = timezone.localtime(draft.held_until)
    assert (local.hour, local.minute) == (9, 0)
    assert (local.date() - timezone.localdate()).days == 1
    assert "will be said on" in text_of(browser.get("/drafts"))
    assert not Post.objects.exists()
    say(browser, "Sleep on it.", do="keep", draft=str(draft.pk))
    draft.refresh_from_db()
    assert draft.held_until is None


def test_what_could_not_be_said_tomorrow_is_refused_today(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    asked = makers.post(alice, "How are you?", reach=Reach.NAMED, to=(bob,))
    response = say(browser_of(bob), "Well.", do="hold", in_reply_to=str(asked.pk))
    assert response.status_code == 422
    assert 'name="is_knowingly_wider"' in text_of(response)
    assert not Draft.objects.exists()
    assert say(browser_of(bob), "", do="hold").status_code == 422


def test_a_draft_that_said_itself_is_not_said_twice(alice: Actor, browser_of: Browser) -> None:
    response = say(browser_of(alice), "A thought", draft="12345")
    assert response.status_code == 422
    assert "This draft has been said or dropped already." in text_of(response)
    assert "A thought" in text_of(response)


def test_somebody_elsewhere_who_is_not_found_stays_plain_words(alice: Actor, browser_of: Browser) -> None:
    response = say(browser_of(alice), "I heard @nobody@127.0.0.1:1 speak.")
    assert response.status_code == 302
    assert "<a " not in latest().html


def test_a_form_from_another_place_is_refused(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    browser.handler.enforce_csrf_checks = True
    assert say(browser, "Not me.").status_code == 403
    assert not Post.objects.exists()
