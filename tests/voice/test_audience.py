"""Promise 4 at the door of the actions: no answer is heard by more people, unless knowingly."""

import contextlib
import itertools

import pytest

from speak.identity.actions import accept_follow, block, change_preferences, follow, unblock, unfollow
from speak.identity.models import Actor, Notification
from speak.kernel.errors import Refusal
from speak.voice.actions import DraftWords, Words, boost, edit_post, keep_draft, say_draft, withdraw_post
from speak.voice.audience import Audience
from speak.voice.errors import NotThere, NotToBePassedOn, WiderThanAnswered, WrongAudience
from speak.voice.models import Boost, Post, Reach
from speak.voice.queries import readable_by
from tests import makers

STRANGER = "a stranger"
NARROW = [Reach.SELF, Reach.NAMED, Reach.ROOM, Reach.HERE, Reach.FOLLOWERS]
Cast = dict[str, Actor]


@pytest.fixture
def cast(alice: Actor, bob: Actor, carol: Actor, dora: Actor) -> Cast:
    """Alice speaks. Bob and dora follow her; bob, whom carol follows, is whom she names; erin knows nobody."""
    makers.follows(bob, alice)
    makers.follows(dora, alice)
    makers.follows(carol, bob)
    return {"alice": alice, "bob": bob, "carol": carol, "dora": dora, "erin": makers.person("erin")}


def readers(post: Post, cast: Cast) -> set[str]:
    """Who can read a post."""
    found = {name for name, actor in cast.items() if readable_by(actor).filter(pk=post.pk).exists()}
    return found | ({STRANGER} if readable_by(None).filter(pk=post.pk).exists() else set())


def asked_by_alice(cast: Cast, reach: Reach) -> Post:
    """A question of alice's; in what names people, it names bob."""
    return makers.post(cast["alice"], "What do you think?", reach=reach, to=(cast["bob"],))


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (Reach.SELF, {"alice"}),
        (Reach.NAMED, {"alice", "bob"}),
        (Reach.ROOM, {"alice", "bob"}),
        (Reach.HERE, {"alice", "bob", "carol", "erin"}),
        (Reach.FOLLOWERS, {"alice", "bob", "dora"}),
        (Reach.QUIET, {"alice", "bob", "carol", "dora", "erin", STRANGER}),
        (Reach.PUBLIC, {"alice", "bob", "carol", "dora", "erin", STRANGER}),
    ],
)
def test_each_audience_is_who_it_says(reach: Reach, expected: set[str], cast: Cast) -> None:
    assert readers(asked_by_alice(cast, reach), cast) == expected


@pytest.mark.parametrize("reach", Reach)
def test_an_answer_that_stays_is_for_exactly_those_who_can_read_what_it_answers(reach: Reach, cast: Cast) -> None:
    asked = asked_by_alice(cast, reach)
    who = cast["alice"] if reach == Reach.SELF else cast["bob"]
    answer = makers.answer(who, asked, "I think so, @carol.")
    back = makers.answer(cast["alice"], answer, "Thank you.")
    assert readers(answer, cast) == readers(back, cast) == readers(asked, cast)


@pytest.mark.parametrize("reach", Reach)
def test_whoever_reads_an_answer_can_read_what_it_answers(reach: Reach, cast: Cast) -> None:
    asked = asked_by_alice(cast, reach)
    who = cast["alice"] if reach == Reach.SELF else cast["bob"]
    answers = []
    for chosen, people in itertools.product(Reach, [(cast["alice"],), (cast["alice"], cast["carol"])]):
        with contextlib.suppress(WiderThanAnswered, WrongAudience):
            answers.append(makers.answer(who, asked, "And @carol and @erin?", audience=Audience(chosen, people=people)))
    assert answers
    for viewer in (*cast.values(), None):
        readable = set(readable_by(viewer))
        assert asked in readable or readable.isdisjoint(answers), viewer


@pytest.mark.parametrize("reach", NARROW)
def test_an_answer_is_as_wide_as_its_author_wants_who_knows(reach: Reach, cast: Cast) -> None:
    who = cast["alice"] if reach == Reach.SELF else cast["bob"]
    knowing = Audience(Reach.PUBLIC, is_knowingly_wider=True)
    answer = makers.answer(who, asked_by_alice(cast, reach), audience=knowing)
    assert readers(answer, cast) == {*cast, STRANGER}


def test_an_answer_among_followers_stays_there_however_long_the_conversation(cast: Cast) -> None:
    first = asked_by_alice(cast, Reach.FOLLOWERS)
    said = first
    for speaker in ("bob", "alice", "bob"):
        said = makers.answer(cast[speaker], said)
    assert said.audience_owner == cast["alice"]
    assert said.audience_at == first.audience_at
    assert readers(said, cast) == {"alice", "bob", "dora"}


def test_naming_somebody_outside_in_an_answer_is_refused_unless_its_author_knows(cast: Cast) -> None:
    asked = asked_by_alice(cast, Reach.NAMED)
    to = (cast["alice"], cast["carol"])
    with pytest.raises(WiderThanAnswered):
        makers.answer(cast["bob"], asked, audience=Audience(Reach.NAMED, people=to))
    knowing = Audience(Reach.NAMED, people=to, is_knowingly_wider=True)
    assert readers(makers.answer(cast["bob"], asked, audience=knowing), cast) == {"alice", "bob", "carol"}
    assert readers(asked, cast) == {"alice", "bob"}


def test_calling_somebody_in_an_answer_lets_in_only_those_who_can_read_what_it_answers(cast: Cast) -> None:
    asked = asked_by_alice(cast, Reach.HERE)
    to_named = Audience(Reach.NAMED, people=(cast["alice"],))
    answer = makers.answer(cast["bob"], asked, "Ask @carol, or @dora@far.example.", audience=to_named)
    assert readers(answer, cast) == {"alice", "bob", "carol"}


def test_calling_somebody_beside_followers_lets_them_read_it(cast: Cast) -> None:
    post = makers.post(cast["alice"], "As @erin said.", reach=Reach.FOLLOWERS)
    assert readers(post, cast) == {"alice", "bob", "dora", "erin"}


def test_what_stays_here_goes_to_nobody_elsewhere_however_they_are_called(cast: Cast) -> None:
    for reach in (Reach.SELF, Reach.ROOM, Reach.HERE):
        post = makers.post(cast["alice"], "Come, @dora@far.example!", reach=reach, to=(cast["bob"],))
        answer = makers.answer(cast["alice"], post, "Yes, @dora@far.example!")
        for said in (post, answer):
            assert "dora" not in readers(said, cast)
            assert not said.mentions.exists()


def test_staying_in_a_thread_needs_a_thread(alice: Actor) -> None:
    words, audience = Words("Hello?"), Audience(Reach.PUBLIC, stays_in_thread=True)
    with pytest.raises(WrongAudience):
        say_draft(alice, draft=keep_draft(alice, content=DraftWords(words, audience)))


@pytest.mark.parametrize("reach", [Reach.NAMED, Reach.FOLLOWERS, Reach.SELF])
def test_nobody_answers_what_they_cannot_read(reach: Reach, cast: Cast) -> None:
    asked = asked_by_alice(cast, reach)
    for audience in (Audience(reach, stays_in_thread=True), Audience(Reach.PUBLIC, is_knowingly_wider=True)):
        with pytest.raises(NotThere):
            makers.answer(cast["carol"], asked, audience=audience)
    assert not Post.objects.filter(author=cast["carol"]).exists()


def test_nobody_answers_what_was_taken_back(cast: Cast) -> None:
    asked = asked_by_alice(cast, Reach.PUBLIC)
    withdraw_post(cast["alice"], post=asked)
    with pytest.raises(NotThere):
        makers.answer(cast["bob"], asked)


def test_a_later_follower_reads_nothing_from_before(cast: Cast) -> None:
    asked = asked_by_alice(cast, Reach.FOLLOWERS)
    makers.follows(cast["erin"], cast["alice"])
    late_answer = makers.answer(cast["bob"], asked)
    assert readers(late_answer, cast) == readers(asked, cast) == {"alice", "bob", "dora"}
    assert "erin" in readers(asked_by_alice(cast, Reach.FOLLOWERS), cast)


def test_whoever_only_asks_to_follow_reads_nothing_until_they_are_let_in(cast: Cast) -> None:
    change_preferences(cast["alice"], approves_followers=True, is_listed=False)
    asks = follow(cast["erin"], target=cast["alice"])
    before = asked_by_alice(cast, Reach.FOLLOWERS)
    accept_follow(cast["alice"], follow=asks)
    after = asked_by_alice(cast, Reach.FOLLOWERS)
    assert ("erin" in readers(before, cast), "erin" in readers(after, cast)) == (False, True)


def test_whoever_stops_following_reads_it_no_more_and_coming_back_does_not_help(cast: Cast) -> None:
    post = asked_by_alice(cast, Reach.FOLLOWERS)
    unfollow(cast["bob"], target=cast["alice"])
    assert "bob" not in readers(post, cast)
    makers.follows(cast["bob"], cast["alice"])
    assert "bob" not in readers(post, cast)


def test_whom_the_owner_of_the_audience_blocks_reads_no_answers_in_it(cast: Cast) -> None:
    makers.follows(cast["carol"], cast["alice"])
    answer = makers.answer(cast["bob"], asked_by_alice(cast, Reach.FOLLOWERS))
    assert "carol" in readers(answer, cast)
    block(cast["alice"], blocked=cast["carol"])
    assert "carol" not in readers(answer, cast)
    unblock(cast["alice"], blocked=cast["carol"])
    assert "carol" not in readers(answer, cast)


@pytest.mark.parametrize("reach", NARROW)
@pytest.mark.parametrize("who", ["alice", "bob"])
def test_what_is_not_for_anyone_is_passed_on_by_nobody(reach: Reach, who: str, cast: Cast) -> None:
    post = asked_by_alice(cast, reach)
    with pytest.raises((NotToBePassedOn, NotThere)):
        boost(cast[who], post=post)
    assert not Boost.objects.exists()


@pytest.mark.parametrize("reach", Reach)
def test_saying_it_better_changes_no_audience(reach: Reach, cast: Cast) -> None:
    post = asked_by_alice(cast, reach)
    before = readers(post, cast)
    makers.follows(cast["erin"], cast["alice"])
    told = set(Notification.objects.values_list("recipient__handle", "kind"))
    edited = edit_post(cast["alice"], post=post, words=Words("@erin, @carol and @dora@far.example: what do you think?"))
    assert readers(edited, cast) == before
    assert (edited.reach, edited.audience_owner, edited.audience_at) == (reach, post.audience_owner, post.audience_at)
    newly_told = {name for name, _ in set(Notification.objects.values_list("recipient__handle", "kind")) - told}
    assert newly_told <= before


def test_a_draft_opens_no_wider_door(cast: Cast) -> None:
    asked = asked_by_alice(cast, Reach.NAMED)
    content = DraftWords(Words("Listen, everybody!"), Audience(Reach.PUBLIC), in_reply_to=asked)
    draft = keep_draft(cast["bob"], content=content)
    with pytest.raises(WiderThanAnswered):
        say_draft(cast["bob"], draft=draft)


def test_a_refused_answer_leaves_nothing_behind(cast: Cast) -> None:
    asked = asked_by_alice(cast, Reach.NAMED)
    told = Notification.objects.count()
    with pytest.raises(Refusal):
        makers.answer(cast["bob"], asked, "Listen, @carol! #news", audience=Audience(Reach.PUBLIC))
    assert Post.objects.get() == asked
    assert Notification.objects.count() == told
