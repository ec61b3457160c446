"""Posts from elsewhere: threads, edits, withdrawals, and what arrives twice."""

import datetime as dt
import itertools

import pytest

from speak.identity.actions import end_actor
from speak.identity.models import Actor
from speak.kernel import clock
from speak.voice.actions import (
    IncomingMedia,
    IncomingPost,
    boost,
    like,
    receive_edit,
    receive_post,
    receive_withdrawal,
)
from speak.voice.models import Post, Reach, Revision
from speak.voice.queries import Window, post_for, posts_found, posts_tagged, readable_by, replies_to, thread_for
from tests import makers

EARLIER = clock.now() - dt.timedelta(hours=1)


def uri(number: object) -> str:
    """The address of a post on far.example."""
    return f"https://far.example/posts/{number}"


def incoming(number: object, html: str = "<p>Good evening.</p>", *, answers: str = "", **more: object) -> IncomingPost:
    """A post that dora's server sends, public and an hour old unless told otherwise."""
    values: dict[str, object] = {
        "uri": uri(number),
        "url": f"https://far.example/@dora/{number}",
        "html": html,
        "reach": Reach.PUBLIC,
        "said_at": EARLIER,
        "in_reply_to_uri": answers,
    }
    return IncomingPost(**(values | more))  # type: ignore[arg-type]


def depths(post: Post) -> list[tuple[int, str]]:
    """What stands below a post, for a stranger."""
    return [(depth, below.uri) for depth, below in thread_for(None, post).after]


def test_what_arrives_is_kept_with_all_it_holds(alice: Actor, dora: Actor) -> None:
    picture = IncomingMedia("https://far.example/pear.jpg", "image/jpeg", "A pear", 30, 20)
    sent = incoming(1, "<p>Pears!</p>", summary="fruit", language="de", tags=["pears"], media=[picture])
    post = receive_post(dora, incoming=sent)
    assert post_for(None, post.pk) == post
    assert (post.uri, post.url, post.author, post.audience_owner) == (sent.uri, sent.url, dora, dora)
    assert (post.summary, post.is_sensitive, post.language, post.said_at) == ("fruit", True, "de", EARLIER)
    assert posts_tagged(None, "Pears", Window()) == posts_found(alice, "pears fruit", Window()) == [post]
    shown = post.media.get()
    assert (shown.remote_url, shown.description, shown.width, shown.token) == (picture.url, "A pear", 30, "")


def test_what_arrives_can_do_nothing_on_a_page(dora: Actor) -> None:
    post = receive_post(dora, incoming=incoming(1, '<p onclick="x()">Hi</p><script>x()</script>'))
    edited = receive_edit(dora, incoming=incoming(1, '<a href="javascript:x()">Ho</a>', edited_at=clock.now()))
    assert post.html == "<p>Hi</p>"
    assert edited is not None
    assert "javascript" not in edited.html


def test_what_arrives_twice_is_there_once(dora: Actor) -> None:
    first = receive_post(dora, incoming=incoming(1, "<p>One.</p>"))
    again = receive_post(dora, incoming=incoming(1, "<p>Two.</p>"))
    assert again == first
    assert Post.objects.get().html == "<p>One.</p>"


def test_it_stands_where_its_time_puts_it_but_never_in_the_future(alice: Actor, dora: Actor) -> None:
    here = makers.post(alice)
    earlier = receive_post(dora, incoming=incoming(1))
    dreamt = receive_post(dora, incoming=incoming(2, said_at=clock.now() + dt.timedelta(days=400)))
    assert earlier.pk < here.pk < dreamt.pk
    assert dreamt.said_at <= clock.now()
    assert makers.post(alice).pk > dreamt.pk


def test_answers_to_it_and_from_it_take_their_place(alice: Actor, bob: Actor, dora: Actor) -> None:
    asked = makers.post(alice)
    answer = receive_post(dora, incoming=incoming(1, answers=asked.uri))
    back = makers.answer(bob, answer)
    assert (answer.in_reply_to, answer.answered, answer.thread_id) == (asked, alice, asked.pk)
    assert depths(asked) == [(1, answer.uri), (2, back.uri)]


@pytest.mark.parametrize("order", list(itertools.permutations([1, 2, 3, 4])))
def test_a_conversation_is_the_same_in_whatever_order_it_arrives(order: tuple[int, ...], dora: Actor) -> None:
    """1 is answered by 2 and 4, 2 by 3."""
    above = {1: "", 2: uri(1), 3: uri(2), 4: uri(1)}
    for number in order:
        said_at = EARLIER + dt.timedelta(minutes=number)
        receive_post(dora, incoming=incoming(number, answers=above[number], said_at=said_at))
    first, third = Post.objects.get(uri=uri(1)), Post.objects.get(uri=uri(3))
    assert depths(first) == [(1, uri(2)), (2, uri(3)), (1, uri(4))]
    assert [post.uri for post in thread_for(None, third).before] == [uri(1), uri(2)]
    assert set(Post.objects.values_list("thread_id", flat=True)) == {first.pk}
    assert [post.uri for post in replies_to(None, first)] == [uri(2), uri(4)]


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_conversation_in_a_circle_ends(length: int, dora: Actor) -> None:
    numbers = list(range(length))
    posts = [receive_post(dora, incoming=incoming(each, answers=uri((each + 1) % length))) for each in numbers]
    for post in posts:
        thread = thread_for(None, post)
        shown = [*thread.before, thread.post, *(below for _, below in thread.after)]
        assert len(shown) == len(set(shown)) <= length


def test_rows_that_answer_each_other_are_shown_once_each(alice: Actor, bob: Actor) -> None:
    first = makers.post(alice)
    second = makers.answer(bob, first)
    Post.objects.filter(pk=first.pk).update(in_reply_to=second)
    first.refresh_from_db()
    assert depths(first) == [(1, second.uri)]


def test_a_newer_wording_is_taken_over_and_the_earlier_one_kept(bob: Actor, carol: Actor, dora: Actor) -> None:
    post = receive_post(dora, incoming=incoming(1, "<p>Plums.</p>", tags=["plums", "fruit"], mentioned=[bob]))
    newer = incoming(1, "<p>Pears.</p>", tags=["fruit"], mentioned=[carol], edited_at=clock.now())
    assert receive_edit(dora, incoming=newer) == post
    post.refresh_from_db()
    assert (post.html, post.edited_at) == ("<p>Pears.</p>", newer.edited_at)
    assert [revision.html for revision in post.revisions.all()] == ["<p>Plums.</p>"]
    assert [tag.name for tag in post.tags.all()] == ["fruit"]
    assert [mention.actor for mention in post.mentions.all()] == [carol]
    assert posts_found(bob, "plums", Window()) == []
    assert posts_found(bob, "pears", Window()) == [post]


@pytest.mark.parametrize("minutes", [-30, 0])
def test_an_older_wording_changes_nothing(minutes: int, dora: Actor) -> None:
    receive_post(dora, incoming=incoming(1, "<p>Plums.</p>"))
    newest = clock.now() - dt.timedelta(minutes=5)
    receive_edit(dora, incoming=incoming(1, "<p>Pears.</p>", edited_at=newest))
    late = incoming(1, "<p>Apples.</p>", edited_at=newest + dt.timedelta(minutes=minutes))
    assert receive_edit(dora, incoming=late) is None
    assert Post.objects.get().html == "<p>Pears.</p>"
    assert Revision.objects.count() == 1


def test_nobody_changes_or_takes_back_what_somebody_else_said(dora: Actor) -> None:
    eve = makers.far_person("eve")
    receive_post(dora, incoming=incoming(1))
    assert receive_edit(eve, incoming=incoming(1, "<p>Eve's.</p>", edited_at=clock.now())) is None
    assert receive_withdrawal(eve, uri=uri(1)) is False
    assert Post.objects.get(withdrawn_at=None).html == "<p>Good evening.</p>"


def test_an_edit_of_what_is_not_known_or_was_taken_back_brings_nothing(dora: Actor) -> None:
    assert receive_edit(dora, incoming=incoming(1, edited_at=clock.now())) is None
    receive_post(dora, incoming=incoming(2))
    receive_withdrawal(dora, uri=uri(2))
    assert receive_edit(dora, incoming=incoming(2, "<p>Again.</p>", edited_at=clock.now())) is None
    assert "Again" not in Post.objects.get().html


@pytest.mark.parametrize("reach", [Reach.PUBLIC, Reach.FOLLOWERS])
def test_an_edit_changes_no_audience(reach: Reach, alice: Actor, bob: Actor, dora: Actor) -> None:
    post = receive_post(dora, incoming=incoming(1, reach=Reach.NAMED, readers=[alice]))
    receive_edit(dora, incoming=incoming(1, "<p>Louder.</p>", reach=reach, edited_at=clock.now()))
    assert [readable_by(actor).filter(pk=post.pk).exists() for actor in (alice, bob, None)] == [True, False, False]


def test_what_was_taken_back_is_gone_and_does_not_come_back(alice: Actor, dora: Actor) -> None:
    post = receive_post(dora, incoming=incoming(1, "<p>Secret.</p>", summary="hush"))
    boost(alice, post=post)
    like(alice, post=post)
    assert receive_withdrawal(dora, uri=uri(1)) is True
    assert receive_withdrawal(dora, uri=uri(1)) is False
    again = receive_post(dora, incoming=incoming(1, "<p>Secret.</p>"))
    assert again.withdrawn_at is not None
    assert (again.html, again.summary, again.boosts.count(), again.likes.count()) == ("", "", 0, 0)
    assert not readable_by(dora).exists()


def test_answers_keep_their_place_when_what_they_answer_is_taken_back(alice: Actor, bob: Actor, dora: Actor) -> None:
    asked = makers.post(alice)
    middle = receive_post(dora, incoming=incoming(1, answers=asked.uri))
    answer = makers.answer(bob, middle)
    receive_withdrawal(dora, uri=uri(1))
    assert depths(asked) == [(1, answer.uri)]
    assert thread_for(None, answer).before == [asked]


def test_whoever_is_gone_elsewhere_takes_their_words_along(alice: Actor, dora: Actor) -> None:
    receive_post(dora, incoming=incoming(1))
    receive_post(dora, incoming=incoming(2))
    eves = makers.far_post(makers.far_person("eve"))
    own = makers.post(alice)
    end_actor(dora)
    assert set(readable_by(alice)) == {eves, own}


def test_an_answer_stays_with_the_followers_of_whom_it_answers(
    alice: Actor, bob: Actor, carol: Actor, dora: Actor
) -> None:
    makers.follows(bob, alice)
    makers.follows(dora, alice)
    makers.follows(carol, dora)
    asked = makers.post(alice, reach=Reach.FOLLOWERS)
    staying = incoming(
        1,
        answers=asked.uri,
        reach=Reach.FOLLOWERS,
        audience_owner=asked.audience_owner,
        audience_at=asked.audience_at,
    )
    answer = receive_post(dora, incoming=staying)
    may = [readable_by(actor).filter(pk=answer.pk).exists() for actor in (alice, bob, dora, carol)]
    assert may == [True, True, True, False]


def test_only_what_is_for_named_people_or_followers_has_readers(alice: Actor, bob: Actor, dora: Actor) -> None:
    for number, reach in enumerate((Reach.NAMED, Reach.FOLLOWERS, Reach.PUBLIC)):
        receive_post(dora, incoming=incoming(number, reach=reach, readers=[alice, dora]))
    named = Post.objects.filter(readers__actor=alice).order_by("uri")
    assert [post.reach for post in named] == [Reach.NAMED, Reach.FOLLOWERS]
    assert not Post.objects.filter(readers__actor=dora).exists()
    assert [post.reach for post in readable_by(bob)] == [Reach.PUBLIC]


def test_an_endless_text_is_kept_and_found_by_its_beginning(alice: Actor, dora: Actor) -> None:
    """As many words as a document of a megabyte can hold: more than an index of PostgreSQL can."""
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + 400)]
    words = " ".join("".join(pair) for pair in itertools.islice(itertools.product(letters, repeat=2), 149_000))
    post = receive_post(dora, incoming=incoming(1, f"<p>Listen: {words}</p>"))
    assert posts_found(alice, f"listen {letters[0]}{letters[7]}", Window()) == [post]
