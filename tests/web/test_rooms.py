"""The pages of rooms."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from speak.identity.actions import ProfileWords, let_run_server, write_profile
from speak.identity.models import Actor
from speak.kernel import clock
from speak.rooms.actions import begin_last_rounds, pause_room, resume_room
from speak.rooms.models import Invitation, Room
from speak.rooms.queries import asked_to_answer, members_of
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.queries import readable_by
from speak.voice.reach import Reach
from tests import makers
from tests.rooms.test_members import say
from tests.web.reading import latest, text_of

Browser = Callable[[Actor | None], Client]
pytestmark = pytest.mark.django_db
TO_ANSWER = re.compile(r'/compose\?answers=\d|name="in_reply_to" value="\d')
ADDRESS = re.compile(r"/invitations/[\w-]{20,}")


PAGES = ("", "/people", "/invite", "/leave", "/settings", "/hand-over", "/programme")


@pytest.fixture
def known(alice: Actor, bob: Actor) -> None:
    """Both say who they are."""
    for actor in (alice, bob):
        write_profile(actor, words=ProfileWords(name=actor.name, aim="To be heard."))


# --- Opening ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("known")
def test_a_room_is_opened_and_spoken_in_from_its_page(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    form = {"name": "Tuesday table", "purpose": "To say what we think.", "cap": "8", "weeks": "12"}
    response = browser.post("/rooms/new", form)
    room = Room.objects.get()
    assert response["Location"] == f"/rooms/{room.pk}"
    page = text_of(browser.get(response["Location"]))
    assert "In this room only you can read it." in page
    browser.post("/compose", {"words": "Somebody has to be first.", "audience": f"room-{room.pk}", "do": "say"})
    assert (latest().room, latest().reach) == (room.pk, Reach.ROOM)
    assert "Somebody has to be first." in text_of(browser.get(f"/rooms/{room.pk}"))


def test_whoever_has_not_been_in_a_room_is_told_kindly_what_comes_first(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    makers.room(alice)
    page = text_of(browser_of(bob).get("/rooms/new"))
    assert "Whoever asks others goes first." in page
    for step in ("Say on your profile who you are", "Say something in a room", "Answer somebody in a room"):
        assert step in page
    form = {"name": "Mine", "purpose": "To begin.", "cap": "8", "weeks": "12"}
    assert browser_of(bob).post("/rooms/new", form).status_code == 403
    assert Room.objects.count() == 1


# --- Who can read it -------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_nobody_outside_opens_any_page_of_a_room(alice: Actor, carol: Actor, browser_of: Browser, page: str) -> None:
    room = makers.room(alice)
    let_run_server(carol)
    assert browser_of(alice).get(f"/rooms/{room.pk}{page}").status_code == 200
    assert browser_of(carol).get(f"/rooms/{room.pk}{page}").status_code == 404
    assert browser_of(None).get(f"/rooms/{room.pk}{page}").status_code == 302


def test_all_who_can_read_are_listed_and_the_audience_is_said_by_name(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser
) -> None:
    room = makers.room(alice, bob, carol)
    said = say(bob, room)
    page = text_of(browser_of(alice).get(f"/rooms/{room.pk}"))
    assert "In this room only you, Bob and Carol can read it." in page
    assert "In a room: only you, Bob and Carol" in page
    assert "In a room: only you, Bob and Carol can read this." in text_of(browser_of(alice).get(said.path))
    people = text_of(browser_of(alice).get(f"/rooms/{room.pk}/people"))
    assert all(name in people for name in ("Alice", "Bob", "Carol", "Asked in by Alice."))
    assert "could make them" in people


def test_who_comes_later_sees_earlier_words_once_their_author_agrees(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser
) -> None:
    room = makers.room(alice, bob)
    say(alice, room, "Said before anybody came.")
    invitation = Invitation.objects.create(
        room=room, invited_by=bob, name="Carol", reason="Yes.", actor=carol, token_hash="x"
    )
    browser_of(carol).post(f"/invitations/{invitation.pk}", {"do": "accept"})
    assert "Said before" not in text_of(browser_of(carol).get(f"/rooms/{room.pk}"))
    browser_of(alice).post(f"/rooms/{room.pk}/wishes", {"opens_earlier": "on"})
    assert "Said before" in text_of(browser_of(carol).get(f"/rooms/{room.pk}"))


def test_unanswered_words_stand_before_the_place_to_write(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = makers.room(alice, bob)
    say(bob, room, "Does anybody hear me?")
    page = text_of(browser_of(alice).get(f"/rooms/{room.pk}"))
    assert page.index("Nobody has answered yet") < page.index("Does anybody hear me?") < page.index("Say something")


def test_an_answer_in_a_room_stays_in_it_and_a_wider_one_has_to_be_meant(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser
) -> None:
    said = say(alice, makers.room(alice, bob))
    form = {"words": "To everybody.", "in_reply_to": str(said.pk), "do": "say"}
    response = browser_of(bob).post("/compose", {**form, "audience": str(Reach.PUBLIC.value)})
    assert response.status_code == 422
    assert "I know that more people can read this" in text_of(response)
    browser_of(bob).post("/compose", {**form, "audience": "thread"})
    assert latest().room == said.room
    assert not readable_by(carol).exists()


@pytest.mark.parametrize("audience", ["room-0", "room-77", "room-x", "20"])
def test_no_form_reaches_a_room_one_is_not_in(alice: Actor, bob: Actor, browser_of: Browser, audience: str) -> None:
    room = makers.room(alice)
    for chosen in (audience, f"room-{room.pk}"):
        response = browser_of(bob).post("/compose", {"words": "Hello?", "audience": chosen, "do": "say"})
        assert response.status_code == 422
    assert not Post.objects.exists()


def test_a_kept_draft_remembers_its_room(alice: Actor, browser_of: Browser) -> None:
    room, browser = makers.room(alice), browser_of(alice)
    browser.post("/compose", {"words": "Later.", "audience": f"room-{room.pk}", "wants": "questions", "do": "keep"})
    draft = alice.drafts.get()
    page = browser.get(f"/compose?draft={draft.pk}").content.decode()
    assert f'<option value="room-{room.pk}" selected>' in page
    browser.post(f"/drafts/{draft.pk}", {"do": "say"})
    assert (latest().room, latest().wants) == (room.pk, "questions")


# --- Asking and being asked ------------------------------------------------------------------


@pytest.mark.usefixtures("known")
def test_one_person_is_asked_by_name_and_sees_everything_before_they_come(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    room = makers.room(alice, bob)
    makers.answer(alice, say(bob, room))
    browser = browser_of(alice)
    page = browser.post(f"/rooms/{room.pk}/invite", {"name": "Erin", "reason": "You ask the best questions."})
    token = page.content.decode().partition("/invitations/")[2].partition("<")[0]
    assert token not in browser.get(f"/rooms/{room.pk}/invite").content.decode()

    stranger = browser_of(None)
    seen = text_of(stranger.get(f"/invitations/{token}"))
    for told in ("Alice asks you into", "You ask the best questions.", "To say what we think.", "Bob", "It ends on"):
        assert told in seen
    assert "stays on one server for now" in seen
    form = {"name": "Erin", "handle": "erin", "password": makers.PASSWORD, "password_again": makers.PASSWORD}
    response = stranger.post(f"/invitations/{token}", form)
    assert response["Location"] == f"/rooms/{room.pk}"
    assert [actor.handle for actor in members_of(room)] == ["alice", "bob", "erin"]
    assert browser_of(None).get(f"/invitations/{token}").status_code == 404


@pytest.mark.usefixtures("known")
def test_whoever_has_not_spoken_cannot_ask_and_is_offered_the_step(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    room = makers.room(alice, bob)
    assert "Say something in a room" in text_of(browser_of(bob).get(f"/rooms/{room.pk}/invite"))
    response = browser_of(bob).post(f"/rooms/{room.pk}/invite", {"name": "Erin", "reason": "Because."})
    assert response.status_code == 403
    assert not Invitation.objects.exists()


def test_an_invitation_is_declined_without_a_reason(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = makers.room(alice)
    asked = Invitation.objects.create(room=room, invited_by=alice, name="Bob", reason="Yes.", actor=bob, token_hash="x")
    assert "Alice asks you into" in text_of(browser_of(bob).get("/rooms"))
    browser_of(bob).post(f"/invitations/{asked.pk}", {"do": "decline"})
    asked.refresh_from_db()
    assert asked.declined_at is not None
    assert browser_of(bob).get(f"/invitations/{asked.pk}").status_code == 404


@pytest.mark.usefixtures("known")
def test_an_invitation_for_somebody_with_a_home_here_leads_them_to_sign_in_and_offers_no_second_one(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser
) -> None:
    room = makers.room(alice, bob)
    makers.answer(alice, say(bob, room))
    given = {"name": "Carol", "address": "carol", "reason": "You ask the best questions."}
    address = ADDRESS.search(text_of(browser_of(alice).post(f"/rooms/{room.pk}/invite", given)))
    assert address
    stranger = browser_of(None)
    page = text_of(stranger.get(address[0]))
    assert "This is for @carol@" in page
    assert f"/account/login/?next={address[0]}" in page
    for only_for_others in ('name="handle"', "Make a home here", 'value="decline"', 'value="accept"'):
        assert only_for_others not in page
    form = {"name": "Carol", "handle": "carol2", "password": makers.PASSWORD, "password_again": makers.PASSWORD}
    assert stranger.post(address[0], form).status_code in {302, 403}
    assert not Actor.objects.filter(handle="carol2").exists()
    assert 'value="decline"' in text_of(browser_of(carol).get(address[0]))
    assert browser_of(carol).post(address[0], {"do": "accept"})["Location"] == f"/rooms/{room.pk}"


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("sends_by", "told"),
    [
        ("django.core.mail.backends.locmem.EmailBackend", "It is on its way by e-mail, too."),
        ("tests.fakes.SilentMailServer", "The mail could not be sent: give them the address yourself."),
    ],
)
def test_it_says_that_a_mail_is_on_its_way_only_where_it_was_sent(
    alice: Actor, bob: Actor, browser_of: Browser, settings: Settings, sends_by: str, told: str
) -> None:
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "mail.example", sends_by
    room = makers.room(alice, bob)
    makers.answer(alice, say(bob, room))
    given = {"name": "Erin", "email": "erin@mail.example", "reason": "You ask the best questions."}
    page = text_of(browser_of(alice).post(f"/rooms/{room.pk}/invite", given))
    assert told in page
    assert page.count("e-mail, too") + page.count("could not be sent") == 1
    assert ADDRESS.search(page), "it is shown in any case"


# --- First words -----------------------------------------------------------------------------


def test_first_words_stand_first_at_home_of_whoever_asked(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = makers.room(alice, bob)
    say(bob, room, "What I have been turning over is sleep.")
    home = text_of(browser_of(alice).get("/"))
    assert home.index("said their first words") < home.index("Say something")
    assert "has said their first words" in text_of(browser_of(alice).get("/notifications"))


# --- Leaving and handing over ----------------------------------------------------------------


@pytest.mark.parametrize(("words", "is_gone"), [("leave", False), ("take", True)])
def test_who_leaves_chooses_what_becomes_of_their_words(
    alice: Actor, bob: Actor, browser_of: Browser, words: str, *, is_gone: bool
) -> None:
    room = makers.room(alice, bob)
    said = say(bob, room, "I was here.")
    browser_of(bob).post(f"/rooms/{room.pk}/leave", {"words": words})
    said.refresh_from_db()
    assert (said.withdrawn_at is not None) == is_gone
    assert browser_of(bob).get(f"/rooms/{room.pk}").status_code == 404
    assert browser_of(alice).get(f"/rooms/{room.pk}").status_code == 200


def test_after_the_hand_over_the_founder_has_a_members_pages(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = makers.room(alice, bob)
    path = f"/rooms/{room.pk}"
    browser_of(alice).post(f"{path}/hand-over", {"do": "begin"})
    browser_of(alice).post(f"{path}/hand-over", {"do": "ask", "member": str(bob.pk)})
    assert f'<a href="{path}/hand-over">host a room</a>' in text_of(browser_of(bob).get("/notifications"))
    browser_of(bob).post(f"{path}/hand-over", {"do": "accept"})
    assert browser_of(alice).get(f"{path}/settings").status_code == 403
    assert browser_of(alice).post(f"{path}/hand-over", {"do": "close"}).status_code == 403
    browser_of(bob).post(f"{path}/hand-over", {"do": "carry_on", "weeks": "6"})
    room.refresh_from_db()
    assert (room.host, room.hand_over_at) == (bob, None)
    browser_of(bob).post(f"{path}/hand-over", {"do": "begin"})
    browser_of(bob).post(f"{path}/hand-over", {"do": "close"})
    page = text_of(browser_of(alice).get(path))
    assert "This room has ended." in page
    assert "Say something" not in page


def test_all_read_on_the_page_that_the_end_is_near(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = makers.room(alice, bob)
    now, days = clock.now(), dt.timedelta(days=3)
    Room.objects.filter(pk=room.pk).update(opened_at=now - 10 * days, ends_at=now + days)
    begin_last_rounds()
    for viewer in (alice, bob):
        assert f'has begun in <a href="{room.path}">a room you are in</a>' in text_of(
            browser_of(viewer).get("/notifications")
        )
        assert "This is the last round: each says what they take along." in text_of(browser_of(viewer).get(room.path))


def test_a_room_that_reached_its_end_is_handed_over_from_its_page(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    room = makers.room(alice, bob)
    Room.objects.filter(pk=room.pk).update(ends_at=clock.now())
    path = f"{room.path}/hand-over"
    assert "Begin the last round" in text_of(browser_of(alice).get(path))
    browser_of(alice).post(path, {"do": "begin"})
    assert "Let it go on" not in text_of(browser_of(alice).get(path))
    browser_of(alice).post(path, {"do": "ask", "member": str(bob.pk)})
    browser_of(bob).post(path, {"do": "accept"})
    assert "Let it go on" in text_of(browser_of(bob).get(path))
    browser_of(bob).post(path, {"do": "carry_on", "weeks": "6"})
    assert "Say something" in text_of(browser_of(alice).get(room.path))


def test_a_host_renames_a_room_and_lets_it_rest(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = makers.room(alice, bob)
    path = f"/rooms/{room.pk}"
    browser_of(alice).post(f"{path}/settings", {"name": "Kitchen", "purpose": "To eat.", "cap": "12"})
    browser_of(alice).post(f"{path}/settings", {"do": "rest"})
    page = text_of(browser_of(bob).get(path))
    assert "Kitchen" in page
    assert Room.objects.get(pk=room.pk).cap == 12
    assert "This room rests" in page
    assert "Say something" not in page


@pytest.mark.parametrize("quiet", ["paused_at", "closed_at", "ends_at"])
def test_where_nothing_can_be_said_nobody_is_asked_to_answer(
    alice: Actor, bob: Actor, browser_of: Browser, quiet: str
) -> None:
    room = makers.room(alice, bob)
    said = say(alice, room, "Who has the key?")
    answer = makers.answer(bob, said, "Is there one?")
    say(bob, room, "And another thing.")
    browser = browser_of(alice)
    practice = f"/practices/answer-the-one-on-your-left?room={room.pk}"
    pages = ("/", "/notifications", room.path, answer.path, "/practices/five-a-day", practice)

    def asked() -> list[str]:
        return [page for page in pages if TO_ANSWER.search(text_of(browser.get(page)))]

    assert asked() == list(pages)
    assert "Ask somebody in" in text_of(browser.get(room.path))
    Room.objects.filter(pk=room.pk).update(**{quiet: clock.now()})
    assert asked() == []
    assert "Waiting for an answer" not in text_of(browser.get("/"))
    assert "Ask somebody in" not in text_of(browser.get(room.path))
    assert "Ask them" not in text_of(browser.get(f"{room.path}/invite"))


def test_first_words_are_asked_for_again_when_a_room_goes_on(alice: Actor, bob: Actor) -> None:
    room = makers.room(alice, bob)
    said = say(bob, room)
    assert asked_to_answer(alice) == [said]
    pause_room(alice, room=room)
    assert asked_to_answer(alice) == []
    resume_room(alice, room=room)
    assert asked_to_answer(alice) == [said]


# --- How much it costs -----------------------------------------------------------------------


@pytest.mark.parametrize(("people", "posts"), [(2, 3), (8, 2000)])
def test_a_room_opens_with_twelve_queries_at_most(
    alice: Actor, browser_of: Browser, django_assert_max_num_queries: DjangoAssertNumQueries, people: int, posts: int
) -> None:
    others = [makers.person(f"member{number}") for number in range(people - 1)]
    room = makers.room(alice, *others)
    cast = [alice, *others]
    said: list[Post] = []
    for number in range(min(posts, 40)):
        author = cast[number % len(cast)]
        if number % 3 == 2:
            said.append(makers.answer(author, said[-1], "I see."))
        else:
            said.append(publish_post(author, words=Words("Word."), audience=Audience(Reach.ROOM, room=room.pk)))
    makers.copies(said, until=posts)
    browser = browser_of(alice)
    browser.get(f"/rooms/{room.pk}")
    with django_assert_max_num_queries(12):
        assert browser.get(f"/rooms/{room.pk}").status_code == 200
