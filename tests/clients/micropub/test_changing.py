"""3.4 and 3.5: changing, taking back, saying again."""

import datetime as dt

import pytest

from speak.clients.micropub.changing import forget_what_was_taken_back
from speak.clients.models import TakenBack
from speak.identity.models import Actor
from speak.kernel import clock
from speak.rooms.actions import enter, leave_room
from speak.rooms.models import Room
from speak.voice.actions import Words, publish_post, withdraw_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.queries import readable_by
from speak.voice.reach import Reach
from tests.makers import answer, follows, person, post, room

from .editor import Editor, a_file, editor_of, error_in


@pytest.fixture
def editor(alice: Actor) -> Editor:
    return editor_of(alice)


@pytest.fixture
def said(alice: Actor) -> Post:
    return post(alice, "Good morning.\n\n#cats #tea")


def now(said: Post) -> Post:
    return Post.objects.get(pk=said.pk)


def test_3_4_1_replace_takes_the_place_of_what_was_there(editor: Editor, said: Post) -> None:
    got = editor.act("update", said, replace={"content": ["Good evening."]})
    assert got.status_code == 204
    assert now(said).source == "Good evening.\n\n#cats #tea"
    assert now(said).edited_at is not None
    assert editor.act("update", said, replace={"category": ["dogs"], "name": ["On dogs"]}).status_code == 204
    assert (now(said).source, now(said).title) == ("Good evening.\n\n#dogs", "On dogs")


def test_3_4_1_add_keeps_what_was_there(editor: Editor, said: Post) -> None:
    assert editor.act("update", said, add={"category": ["dogs"]}).status_code == 204
    assert now(said).source == "Good morning.\n\n#cats #tea #dogs"
    assert editor.act("update", said, add={"category": ["Cats"], "name": ["A name"]}).status_code == 204
    assert (now(said).source, now(said).title) == ("Good morning.\n\n#cats #tea #dogs", "A name")


def test_3_4_1_delete_takes_values_or_whole_properties(editor: Editor, said: Post) -> None:
    assert editor.act("update", said, delete={"category": ["cats"]}).status_code == 204
    assert now(said).source == "Good morning.\n\n#tea"
    assert editor.act("update", said, delete=["category"]).status_code == 204
    assert now(said).source == "Good morning."


def test_3_4_1_several_at_once(editor: Editor, said: Post) -> None:
    change = {"replace": {"content": ["New."]}, "add": {"category": ["x"]}, "delete": {"category": ["tea"]}}
    assert editor.act("update", said, **change).status_code == 204
    assert now(said).source == "New.\n\n#cats #x"


def test_3_4_1_pictures_come_and_go(editor: Editor, said: Post) -> None:
    first, second = (editor.form("/micropub/media", file=a_file())["Location"] for _ in range(2))
    assert editor.act("update", said, add={"photo": [first]}).status_code == 204
    assert editor.act("update", said, add={"photo": [{"value": second, "alt": "A cat"}]}).status_code == 204
    assert [media.description for media in now(said).media.all()] == ["", "A cat"]
    assert editor.act("update", said, delete={"photo": [first]}).status_code == 204
    assert [media.description for media in now(said).media.all()] == ["A cat"]
    assert editor.act("update", said, delete=["photo"]).status_code == 204
    assert not now(said).media.exists()


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"replace": "content"},
        {"replace": {"content": "Not a list."}},
        {"replace": [["content", "x"]]},
        {"add": {"category": "x"}},
        {"delete": "category"},
        {"delete": [1]},
        {"delete": {"category": "x"}},
        {"replace": {"content": []}},
        {"replace": {"visibility": ["public"]}},
        {"replace": {"in-reply-to": ["https://far.example/"]}},
        {"replace": {"published": ["2020-01-01"]}},
        {"delete": ["content"]},
    ],
)
def test_3_4_what_cannot_be_done_is_said_and_nothing_changes(
    editor: Editor, alice: Actor, change: dict[str, object]
) -> None:
    said = post(alice, "Good morning.", reach=Reach.HERE)
    assert error_in(editor.act("update", said, **change)) == (400, "invalid_request")
    assert (now(said).source, now(said).reach, now(said).edited_at) == ("Good morning.", Reach.HERE, None)


def test_a_tag_amid_the_words_is_changed_with_the_words(editor: Editor, alice: Actor) -> None:
    said = post(alice, "My #cats sleep.")
    assert error_in(editor.act("update", said, delete={"category": ["cats"]})) == (400, "invalid_request")
    assert editor.act("update", said, add={"category": ["tea"]}).status_code == 204
    assert now(said).source == "My #cats sleep.\n\n#tea"


def test_3_4_what_nobody_knows_here_is_let_be(editor: Editor, said: Post) -> None:
    assert editor.act("update", said, replace={"mood": ["fine"], "content": ["New."]}).status_code == 204
    assert now(said).source == "New.\n\n#cats #tea"


def test_3_5_delete_takes_it_back(editor: Editor, said: Post) -> None:
    assert editor.act("delete", said).status_code == 204
    assert now(said).withdrawn_at is not None
    assert now(said).source == ""


def test_3_5_a_form_will_do(editor: Editor, said: Post) -> None:
    assert editor.form(action="delete", url=said.url).status_code == 204
    got = editor.form(action="undelete", url=said.url)
    assert got.status_code == 201
    assert editor.made(got).source == "Good morning.\n\n#cats #tea"


def test_3_5_undelete_says_it_again_at_a_new_address(editor: Editor, alice: Actor, bob: Actor) -> None:
    begun = post(bob, reach=Reach.NAMED, to=(alice,))
    said = answer(alice, begun, "Between us.")
    editor.act("delete", said)
    again = editor.made(editor.act("undelete", said))
    assert again.pk != said.pk
    assert (again.source, again.reach, again.in_reply_to) == ("Between us.", Reach.NAMED, begun)
    assert [reader.actor for reader in again.readers.all()] == [bob]
    assert now(said).withdrawn_at is not None, "what was taken back stays so"
    assert error_in(editor.act("undelete", said)) == (400, "invalid_request")


def test_words_that_were_taken_back_are_forgotten_after_a_day(editor: Editor, said: Post) -> None:
    editor.act("delete", said)
    with clock.moved(dt.timedelta(hours=25)):
        assert error_in(editor.act("undelete", said)) == (400, "invalid_request")
        assert forget_what_was_taken_back() == 1
    assert not TakenBack.objects.exists()


def test_what_its_author_took_back_by_themselves_is_not_kept(editor: Editor, said: Post, alice: Actor) -> None:
    from_page = editor.client
    assert alice.user is not None
    from_page.force_login(alice.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    from_page.post(f"/said/{said.pk}/withdraw")
    assert now(said).withdrawn_at is not None
    assert error_in(editor.act("undelete", said)) == (400, "invalid_request")
    assert not TakenBack.objects.exists()


def readers(said: Post, *actors: Actor) -> list[Actor]:
    """Which of these people can read it."""
    return [actor for actor in actors if readable_by(actor).filter(pk=said.pk).exists()]


def said_again(author: Actor, said: Post) -> Post:
    """What an app took back and says again."""
    editor = editor_of(author)
    assert editor.act("delete", said).status_code == 204
    return editor.made(editor.act("undelete", said))


@pytest.mark.parametrize("reach", [Reach.HERE, Reach.FOLLOWERS])
def test_an_answer_for_oneself_or_for_one_person_is_so_again_whatever_it_answers(
    alice: Actor, bob: Actor, carol: Actor, reach: Reach
) -> None:
    for follower in (bob, carol):
        follows(follower, alice)
    begun = post(alice, "What do you think?", reach=reach)
    for to, chosen in (((), Reach.SELF), ((alice,), Reach.NAMED)):
        again = said_again(bob, answer(bob, begun, "Hm.", audience=Audience(chosen, people=to)))
        assert (again.reach, again.audience_owner, again.in_reply_to) == (chosen, bob, begun)
        assert readers(again, alice, bob, carol) == [*to, bob]


def test_an_answer_among_the_followers_of_another_stays_theirs_or_is_not_said_again(
    alice: Actor, bob: Actor, carol: Actor
) -> None:
    follows(bob, alice)
    follows(carol, bob)
    begun = post(alice, reach=Reach.FOLLOWERS)
    said = answer(bob, begun, "Among us.")
    again = said_again(bob, said)
    assert (again.reach, again.audience_owner, again.audience_at) == (Reach.FOLLOWERS, alice, said.audience_at)
    assert readers(again, alice, bob, carol) == [alice, bob]
    editor = editor_of(bob)
    editor.act("delete", again)
    withdraw_post(alice, post=begun)
    assert error_in(editor.act("undelete", again)) == (400, "invalid_request")
    assert not Post.objects.filter(author=bob, withdrawn_at=None).exists()


def test_who_follows_since_or_is_called_since_does_not_read_what_is_said_again(
    editor: Editor, alice: Actor, bob: Actor, carol: Actor
) -> None:
    to_followers, to_bob = post(alice, reach=Reach.FOLLOWERS), post(alice, reach=Reach.NAMED, to=(bob,))
    follows(bob, alice)
    for said in (to_followers, to_bob):
        assert editor.act("update", said, replace={"content": ["As @carol says."]}).status_code == 204
    assert readers(said_again(alice, to_followers), alice, bob, carol) == [alice]
    assert readers(said_again(alice, to_bob), alice, bob, carol) == [alice, bob]


def test_what_was_said_in_a_room_is_said_again_to_those_who_heard_it_and_are_still_in_it(
    alice: Actor, bob: Actor, carol: Actor
) -> None:
    dave, table = person("dave"), room(alice, bob, carol)
    said = publish_post(alice, words=Words("Among us."), audience=Audience(Reach.ROOM, room=table.pk))
    enter(dave, room=table, invited_by=alice)
    leave_room(carol, room=table, takes_words=False)
    again = said_again(alice, said)
    assert (again.reach, again.room, again.audience_owner) == (Reach.ROOM, table.pk, alice)
    assert readers(again, alice, bob, carol, dave) == [alice, bob]


def test_an_answer_in_a_room_whose_question_was_taken_back_is_not_said_again(alice: Actor, bob: Actor) -> None:
    asked = post(alice, reach=Reach.ROOM, to=(bob,))
    answered = answer(bob, asked)
    again = said_again(bob, answered)
    assert (again.room, again.in_reply_to, readers(again, alice, bob)) == (asked.room, asked, [alice, bob])
    editor = editor_of(bob)
    editor.act("delete", again)
    withdraw_post(alice, post=asked)
    assert error_in(editor.act("undelete", again)) == (400, "invalid_request")


@pytest.mark.parametrize("is_over", [True, False])
def test_nothing_is_said_again_in_a_room_that_ended_or_was_left(
    editor: Editor, alice: Actor, bob: Actor, *, is_over: bool
) -> None:
    said = post(alice, reach=Reach.ROOM, to=(bob,))
    editor.act("delete", said)
    table = Room.objects.get(pk=said.room)
    if is_over:
        Room.objects.update(closed_at=clock.now())
    else:
        leave_room(alice, room=table, takes_words=False)
    assert error_in(editor.act("undelete", said)) == (400, "invalid_request")
    assert not Post.objects.filter(withdrawn_at=None).exists()


@pytest.mark.parametrize("action", ["update", "delete", "undelete"])
def test_nobody_changes_what_somebody_else_said(editor: Editor, bob: Actor, action: str) -> None:
    theirs, hidden = post(bob, "Mine."), post(bob, "Hidden.", reach=Reach.SELF)
    change = {"replace": {"content": ["Yours."]}} if action == "update" else {}
    expected = (400, "invalid_request") if action == "undelete" else (403, "forbidden")
    assert error_in(editor.act(action, theirs, **change)) == expected
    assert error_in(editor.act(action, hidden, **change)) == (400, "invalid_request")
    assert now(theirs).source == "Mine."


@pytest.mark.parametrize(
    "url", ["", "nonsense", "https://home.example/", "https://far.example/@alice/1", "https://home.example/@alice/1"]
)
@pytest.mark.parametrize("action", ["update", "delete", "undelete"])
def test_nothing_at_that_address(editor: Editor, url: str, action: str) -> None:
    change = {"replace": {"content": ["x"]}} if action == "update" else {}
    assert error_in(editor.act(action, url, **change)) == (400, "invalid_request")


def test_there_is_no_other_action(editor: Editor, said: Post) -> None:
    for action in ("explode", "ask", "media"):
        assert error_in(editor.act(action, said)) == (400, "invalid_request")
