"""The pages of stories: telling one, and being asked about one's words."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from speak.federation.models import Activity
from speak.identity.actions import let_run_server
from speak.identity.models import Actor
from speak.rooms.models import Story
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests import makers
from tests.rooms.test_members import say
from tests.web.reading import Answered, latest, text_of

Browser = Callable[[Actor | None], Client]
pytestmark = pytest.mark.django_db
SAID = "I asked because nobody else did."


def written(browser: Client, post: Post, *, audience: str) -> Story:
    """A story with all words of a post in it, by the pages."""
    form = {"title": "How it began", "source": "On Tuesday somebody asked.", "audience": audience, "post": str(post.pk)}
    page = browser.post("/stories/new", form)["Location"]
    assert SAID in text_of(browser.get(page))
    story = Story.objects.get()
    used(browser, story, post)
    return Story.objects.get()


def typed(story: Story, **more: str) -> dict[str, str]:
    """The form of a story as a browser sends it."""
    return {"title": story.title, "source": story.source, "audience": str(story.reach), **more}


def used(browser: Client, story: Story, post: Post, words: str = SAID, **more: str) -> Story:
    """The story after the button below a post was pressed."""
    number = str(post.pk)
    form = typed(story, post=number, use=number, **{f"{number}-excerpt": words}, **more)
    answer = browser.post(f"/stories/{story.pk}", form)
    assert answer["Location"] == f"/stories/{story.pk}?post={number}"
    return Story.objects.get(pk=story.pk)


def agreed(browser: Client, address: str) -> str:
    """What the page says to whoever says yes to what it shows them."""
    seen = hidden(browser.get(address), "seen")
    return text_of(browser.post(address, {"do": "agree", "seen": seen}, follow=True))


def hidden(response: Answered, name: str) -> str:
    """What a form of the page carries under this name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found
    return found[1]


def pressed(browser: Client, story: Story, do: str) -> str:
    """What the page says after a button was pressed."""
    return text_of(browser.post(f"/stories/{story.pk}", typed(story, do=do), follow=True))


def test_a_story_is_told_with_consent_and_read_by_whom_it_is_for(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser
) -> None:
    said = say(bob, makers.room(alice, bob), SAID)
    story = written(browser_of(alice), said, audience=str(Reach.HERE.value))
    assert "Not everybody has agreed yet: Bob." in pressed(browser_of(alice), story, "tell")
    assert "Asked, and not answered yet" in pressed(browser_of(alice), story, "ask")

    words = story.quotations.get()
    assert f"/stories/words/{words.pk}" in text_of(browser_of(bob).get("/notifications"))
    page = text_of(browser_of(bob).get(f"/stories/words/{words.pk}"))
    for told in (
        "would like to tell this story with words of yours",
        SAID,
        "everyone at",
        "On Tuesday somebody asked.",
    ):
        assert told in page
    agreed(browser_of(bob), f"/stories/words/{words.pk}")
    pressed(browser_of(alice), story, "tell")

    assert browser_of(alice).get(f"/stories/{story.pk}")["Location"].endswith(latest().path)
    assert browser_of(bob).get(f"/stories/{story.pk}").status_code == 404
    assert SAID in text_of(browser_of(carol).get(latest().path))
    assert "How it began" in text_of(browser_of(carol).get("/stories"))
    assert "How it began" not in text_of(browser_of(None).get("/stories"))

    browser_of(bob).post(f"/stories/words/{words.pk}", {"do": "take_back"})
    assert SAID not in text_of(browser_of(carol).get(latest().path))
    assert SAID not in text_of(browser_of(carol).get(f"{latest().path}/earlier"))


def test_the_link_of_somebody_elsewhere_opens_for_whoever_has_it_and_for_nobody_else(
    alice: Actor, dora: Actor, browser_of: Browser
) -> None:
    story = written(browser_of(alice), makers.far_post(dora, f"<p>{SAID}</p>"), audience=str(Reach.PUBLIC.value))
    pressed(browser_of(alice), story, "ask")
    found = re.search(r"/stories/consent/[\w-]+", Activity.objects.get(kind="Create").body)
    assert found
    stranger = browser_of(None)
    assert SAID in text_of(stranger.get(found[0]))
    assert "You agreed" in agreed(stranger, found[0])
    pressed(browser_of(alice), story, "tell")
    assert SAID in text_of(stranger.get(latest().path))
    assert "You took these words back" in text_of(stranger.post(found[0], {"do": "take_back"}, follow=True))
    assert SAID not in text_of(stranger.get(latest().path))
    assert stranger.get(f"{found[0]}x").status_code == 404


def test_who_agrees_to_a_text_that_changed_meanwhile_is_shown_the_new_one(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    story = written(browser_of(alice), say(bob, makers.room(alice, bob), SAID), audience=str(Reach.HERE.value))
    pressed(browser_of(alice), story, "ask")
    address = f"/stories/words/{story.quotations.get().pk}"
    seen = hidden(browser_of(bob).get(address), "seen")
    story.title = "Why he should go"
    pressed(browser_of(alice), story, "keep")
    assert browser_of(bob).post(address, {"do": "agree"}).status_code == 409
    answer = browser_of(bob).post(address, {"do": "agree", "seen": seen})
    assert answer.status_code == 409
    assert "The story was changed meanwhile, so nothing is agreed yet." in text_of(answer)
    assert "Why he should go" in text_of(answer)
    assert story.quotations.get().state == "asked"
    seen = hidden(answer, "seen")
    assert "You agreed" in text_of(browser_of(bob).post(address, {"do": "agree", "seen": seen}, follow=True))


def test_who_edits_a_told_story_is_told_that_words_of_others_leave_it(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser
) -> None:
    story = written(browser_of(alice), say(bob, makers.room(alice, bob), SAID), audience=str(Reach.HERE.value))
    pressed(browser_of(alice), story, "ask")
    words = f"/stories/words/{story.quotations.get().pk}"
    agreed(browser_of(bob), words)
    pressed(browser_of(alice), story, "tell")
    edit = f"/said/{latest().pk}/edit"
    page = text_of(browser_of(alice).get(edit))
    assert "once you change it, their words leave it" in page
    assert f"[[words {story.quotations.get().pk}]]" in page
    assert SAID not in page.partition("<textarea")[2].partition("</textarea>")[0]
    form = {"words": f"He was wrong:\n\n{latest().source}", "title": "How it began", "summary": "Mind this."}
    assert "is asked about it as it stands now" in text_of(browser_of(alice).post(edit, form, follow=True))
    assert SAID not in text_of(browser_of(carol).get(latest().path))
    asked = text_of(browser_of(bob).get(words))
    for shown in ("has changed a story in which your words stood", "He was wrong:", "Mind this.", SAID):
        assert shown in asked
    agreed(browser_of(bob), words)
    assert SAID in text_of(browser_of(carol).get(latest().path))


def test_nobody_else_sees_a_story_that_is_not_told_or_is_asked_about_words(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser
) -> None:
    story = written(browser_of(alice), say(bob, makers.room(alice, bob), SAID), audience=str(Reach.HERE.value))
    words = story.quotations.get()
    assert browser_of(bob).get(f"/stories/words/{words.pk}").status_code == 404  # not asked yet
    pressed(browser_of(alice), story, "ask")
    let_run_server(carol)
    for viewer in (bob, carol):
        assert browser_of(viewer).get(f"/stories/{story.pk}").status_code == 404
    for viewer in (alice, carol):
        assert browser_of(viewer).get(f"/stories/words/{words.pk}").status_code == 404
    assert SAID not in text_of(browser_of(carol).get("/stories"))


def test_words_one_cannot_read_are_offered_to_nobody(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser
) -> None:
    said = say(bob, makers.room(alice, bob), SAID)
    assert browser_of(carol).get(f"/stories/new?post={said.pk}").status_code == 404
    browser_of(carol).post("/stories/new", {"title": "Mine", "source": "", "audience": str(Reach.HERE.value)})
    story = Story.objects.get()
    assert browser_of(carol).get(f"/stories/{story.pk}?post={said.pk}").status_code == 404
    number = str(said.pk)
    for form in ({"use": number, f"{number}-excerpt": SAID}, {"post": number, "do": "keep"}):
        assert browser_of(carol).post(f"/stories/{story.pk}", typed(story, **form)).status_code == 404
    assert not story.quotations.exists()


# --- Writing it ------------------------------------------------------------------------------------


def test_whichever_button_is_pressed_keeps_what_was_typed_and_the_conversation_beside_it(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    said = say(bob, makers.room(alice, bob), SAID)
    browser = browser_of(alice)
    story = written(browser, said, audience=str(Reach.HERE.value))
    quotation = story.quotations.get()
    here = f"/stories/{story.pk}?post={said.pk}"
    for number, button in enumerate(({"do": "keep"}, {"do": "ask"}, {"leave_out": str(quotation.pk)})):
        story = Story.objects.get()
        paragraph = f"A paragraph nobody kept yet, {number}."
        form = typed(story, post=str(said.pk), **button) | {"source": f"{paragraph}\n\n{story.source}"}
        answer = browser.post(f"/stories/{story.pk}", form)
        assert answer["Location"] == here
        assert paragraph in Story.objects.get().source
        assert "Use these words of" in text_of(browser.get(here))
    assert not story.quotations.exists()
    story = Story.objects.get()
    story.source += "\nTyped, and then words were used."
    assert "Typed, and then words were used." in used(browser, story, said).source


def test_a_part_that_was_chosen_still_stands_there_after_another_button(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    said = say(bob, makers.room(alice, bob), SAID)
    answer = makers.answer(alice, said, "Then I will, on Friday, and again.")
    browser = browser_of(alice)
    story = written(browser, said, audience=str(Reach.HERE.value))
    used(browser, story, said, **{f"{answer.pk}-excerpt": "on Friday"})
    page = text_of(browser.get(f"/stories/{story.pk}?post={said.pk}"))
    assert "on Friday</textarea>" in page.replace("\n", "")


def test_words_that_do_not_stand_there_are_refused_and_nothing_typed_is_lost(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    said = say(bob, makers.room(alice, bob), SAID)
    browser = browser_of(alice)
    story = written(browser, said, audience=str(Reach.HERE.value))
    number = str(said.pk)
    form = typed(story, post=number, use=number, **{f"{number}-excerpt": "I never said this."})
    answer = browser.post(f"/stories/{story.pk}", form | {"source": "A new paragraph."})
    assert answer.status_code == 422
    for shown in ("These words do not stand in that post.", "A new paragraph.", "I never said this."):
        assert shown in text_of(answer)


def test_words_of_two_conversations_meet_in_one_story(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    browser, room = browser_of(alice), makers.room(alice, bob)
    story = written(browser, say(bob, room, SAID), audience=str(Reach.HERE.value))
    second = say(bob, room, "And then it was mended.")
    page = text_of(browser.get(f"/stories/new?post={second.pk}"))
    assert "Into a story you began" in page
    assert f'href="/stories/{story.pk}?post={second.pk}"' in page
    assert "And then it was mended." in text_of(browser.get(f"/stories/{story.pk}?post={second.pk}"))
    story = used(browser, story, second, "And then it was mended.")
    assert story.quotations.count() == 2
    assert "Into a story you began" not in text_of(browser_of(bob).get(f"/stories/new?post={second.pk}"))


def test_a_story_without_words_of_others_says_how_some_come_into_it(alice: Actor, browser_of: Browser) -> None:
    browser, hint = browser_of(alice), "press “Tell the story” below it, and choose this story there."
    assert hint in text_of(browser.get("/stories/new"))
    page = browser.post("/stories/new", {"title": "Mine", "source": "", "audience": str(Reach.HERE.value)})["Location"]
    assert hint in text_of(browser.get(page))


def test_a_story_is_dropped_only_after_one_was_told_what_that_means(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    browser.post("/stories/new", {"title": "Mine", "source": "", "audience": str(Reach.HERE.value)})
    story = Story.objects.get()
    page = text_of(browser.get(f"/stories/{story.pk}"))
    warning, _, button = page.partition("<details>")[2].partition('value="drop"')
    assert "All you wrote of it is gone" in warning
    assert button
    assert page.count('value="drop"') == 1
    assert "It is gone." in text_of(browser.post(f"/stories/{story.pk}", {"do": "drop"}, follow=True))
    assert not Story.objects.exists()
