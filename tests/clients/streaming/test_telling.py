"""What is told to whom: in each stream exactly what stands in its timeline, and to nobody else (promises 4, 16)."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from oauth2_provider.models import AccessToken

from speak.clients.streaming.channels import NAMES, Channel, NoSuchStream, channel_for
from speak.clients.streaming.news import News
from speak.clients.streaming.telling import Event, Subscription, told_of
from speak.clients.tokens import ScopeMissing, bearer_with, make_token
from speak.identity.actions import block, mute
from speak.identity.actions.lists import keep_list, put_into_list
from speak.identity.errors import NoSuchList
from speak.identity.models import Actor, Notification
from speak.kernel import clock
from speak.voice.actions import boost, edit_post, unboost, withdraw_post
from speak.voice.actions.speaking import Words
from speak.voice.models import Boost, Post
from speak.voice.reach import Reach
from tests import makers
from tests.clients.apps import ALL

USER = Channel("user")


def listener(actor: Actor, channel: Channel = USER, *, scopes: tuple[str, ...] = ALL) -> Subscription:
    """Somebody who listens."""
    assert actor.user
    return Subscription(bearer_with(make_token(actor.user, scopes=scopes)), channel)


def heard(news: News, *subscriptions: Subscription) -> list[tuple[str, str]]:
    """Who hears of it, and what kind of news."""
    return sorted((to.viewer.handle, event.event) for to, event in told_of(news, subscriptions))


def payload(news: News, subscription: Subscription) -> dict[str, object]:
    """What one of them is told."""
    ((_, event),) = told_of(news, [subscription])
    found: dict[str, object] = json.loads(event.payload or "null")
    return found


@pytest.mark.parametrize("reach", list(Reach))
def test_each_hears_what_stands_in_their_own_timeline_and_nobody_hears_more(
    alice: Actor, bob: Actor, carol: Actor, reach: Reach
) -> None:
    makers.follows(bob, alice)
    said = makers.post(alice, "The tide is in.", reach=reach, to=(bob,) if reach == Reach.NAMED else ())
    everywhere = [listener(actor, Channel(name)) for actor in (alice, bob, carol) for name in ("user", "public")]
    told = {(to.viewer.handle, to.channel.name) for to, _ in told_of(News("said", said.pk), everywhere)}
    stands_in = {
        (to.viewer.handle, to.channel.name) for to in everywhere if to.channel.entry(to.viewer, said.pk) is not None
    }
    assert told == stands_in
    assert (("carol", "user") in told) == (reach == Reach.HERE)
    assert (("carol", "public") in told) == (reach == Reach.PUBLIC)
    assert (("bob", "user") in told) == (reach not in {Reach.SELF, Reach.ROOM})


def test_what_is_told_is_the_post_as_its_reader_sees_it(alice: Actor, bob: Actor) -> None:
    makers.follows(bob, alice)
    said = makers.post(alice, "The tide is in.", reach=Reach.FOLLOWERS)
    shown = payload(News("said", said.pk), listener(bob))
    assert (shown["id"], shown["content"]) == (str(said.pk), said.html)
    assert shown["account"]["username"] == "alice"  # type: ignore[index]


def test_a_token_that_was_taken_away_or_is_over_hears_nothing(alice: Actor, bob: Actor) -> None:
    makers.follows(bob, alice)
    first, second, third = listener(bob), listener(bob), listener(bob)
    AccessToken.objects.get(pk=first.bearer.token_id).revoke()
    AccessToken.objects.filter(pk=second.bearer.token_id).update(expires=clock.now())
    said = makers.post(alice, "Low water.")
    assert [to for to, _ in told_of(News("said", said.pk), [first, second, third])] == [third]


def test_whoever_may_not_sign_in_any_more_hears_nothing(alice: Actor, bob: Actor) -> None:
    makers.follows(bob, alice)
    listening = listener(bob)
    assert bob.user
    bob.user.is_active = False
    bob.user.save()
    assert heard(News("said", makers.post(alice, "Low water.").pk), listening) == []


def test_better_words_are_told_and_words_taken_back_to_those_alone_who_could_read_them(
    alice: Actor, bob: Actor, carol: Actor
) -> None:
    makers.follows(bob, alice)
    makers.follows(carol, alice)
    listening = [listener(alice), listener(bob), listener(carol), listener(carol, Channel("public"))]
    said = makers.post(alice, "Low watre.", reach=Reach.NAMED, to=(bob,))
    edit_post(alice, post=said, words=Words("Low water."))
    assert heard(News("edited", said.pk), *listening) == [("alice", "status.update"), ("bob", "status.update")]
    withdraw_post(alice, post=said)
    assert heard(News("withdrawn", said.pk), *listening) == [("alice", "delete"), ("bob", "delete")]
    ((_, event),) = told_of(News("withdrawn", said.pk), [listening[1]])
    assert event == Event(["user"], "delete", str(said.pk))
    assert heard(News("said", said.pk), *listening) == [], "it was taken back before it was told"


def test_words_among_a_few_are_told_as_a_conversation_to_those_few(alice: Actor, bob: Actor, carol: Actor) -> None:
    listening = [listener(actor, Channel("direct")) for actor in (alice, bob, carol)]
    said = makers.post(alice, "Between us.", reach=Reach.NAMED, to=(bob,))
    assert heard(News("said", said.pk), *listening) == [("alice", "conversation"), ("bob", "conversation")]
    shown = payload(News("said", said.pk), listening[1])
    assert (shown["id"], shown["last_status"]["id"]) == (str(said.thread_id), str(said.pk))  # type: ignore[index]
    assert heard(News("said", makers.post(alice, "For all.").pk), *listening) == []


def test_what_was_said_long_ago_and_arrives_now_is_not_told_as_new(alice: Actor, bob: Actor) -> None:
    makers.follows(bob, alice)
    said = makers.post(alice, "Once.")
    Post.objects.filter(pk=said.pk).update(said_at=clock.now() - dt.timedelta(hours=7))
    assert heard(News("said", said.pk), listener(bob)) == []


def test_what_is_passed_on_is_told_to_those_who_hear_whoever_does(alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(carol, bob)
    said = makers.post(alice, "High water.", reach=Reach.PUBLIC)
    boost(bob, post=said)
    row = Boost.objects.get()
    listening = [listener(carol), listener(alice), listener(carol, Channel("public"))]
    assert heard(News("passed_on", row.pk), *listening) == [("carol", "update")]
    assert payload(News("passed_on", row.pk), listening[0])["reblog"]
    unboost(bob, post=said)
    assert heard(News("passed_on", row.pk), *listening) == []
    assert heard(News("passed_on_no_more", row.pk, bob.pk), *listening) == [("carol", "delete")]


def test_whoever_is_muted_or_blocked_is_not_heard(alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(bob, alice)
    makers.follows(carol, alice)
    mute(bob, muted=alice)
    block(alice, blocked=carol)
    said = makers.post(alice, "Low water.", reach=Reach.PUBLIC)
    listening = [listener(actor, channel) for actor in (bob, carol) for channel in (USER, Channel("public"))]
    assert heard(News("said", said.pk), *listening) == []


def test_what_awaits_somebody_is_told_to_them_where_the_token_reaches_it(alice: Actor, bob: Actor) -> None:
    makers.post(alice, "Come, @bob.", reach=Reach.PUBLIC)
    row = Notification.objects.get(recipient=bob)
    only = Channel("user:notification")
    listening = [listener(bob), listener(bob, only), listener(alice), listener(bob, scopes=("read:statuses",))]
    told = told_of(News("told", row.pk, bob.pk), listening)
    assert [to for to, _ in told] == listening[:2]
    assert [event.stream for _, event in told] == [["user"], ["user:notification"]]


def test_a_list_tells_what_stands_in_it(alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(carol, alice)
    known = keep_list(carol, title="Harbor")
    put_into_list(carol, known=known, people=[alice])
    listening = listener(carol, Channel("list", known.pk))
    assert heard(News("said", makers.post(alice, "In.").pk), listening) == [("carol", "update")]
    assert heard(News("said", makers.post(bob, "Out.", reach=Reach.PUBLIC).pk), listening) == []
    known.delete()
    assert heard(News("said", makers.post(alice, "In again.").pk), listening) == []


def test_a_hashtag_tells_what_is_said_to_anyone_with_it(alice: Actor, bob: Actor) -> None:
    listening = listener(bob, Channel("hashtag", tag="tides"))
    assert heard(News("said", makers.post(alice, "#Tides", reach=Reach.PUBLIC).pk), listening) == [("bob", "update")]
    assert heard(News("said", makers.post(alice, "#Tides", reach=Reach.HERE).pk), listening) == []


def test_what_can_be_listened_to_needs_its_scope_and_what_it_is_about(alice: Actor, bob: Actor) -> None:
    theirs = keep_list(bob, title="Harbor")
    whole, narrow = listener(alice).bearer, listener(alice, scopes=("read:notifications",)).bearer
    for name in NAMES - {"list", "hashtag", "hashtag:local"}:
        assert channel_for(whole, name=name).address == [name]
    assert channel_for(whole, name="hashtag", tag="#Tides").address == ["hashtag", "tides"]
    assert channel_for(narrow, name="user:notification").tells_notifications
    for name in NAMES - {"user:notification"}:
        with pytest.raises(ScopeMissing):
            channel_for(narrow, name=name, list_id="1", tag="tides")
    for name, list_id, tag in (("users", "", ""), ("list", "", ""), ("list", "x", ""), ("hashtag", "", "#")):
        with pytest.raises(NoSuchStream):
            channel_for(whole, name=name, list_id=list_id, tag=tag)
    with pytest.raises(NoSuchList):
        channel_for(whole, name="list", list_id=str(theirs.pk))


def test_many_apps_of_one_person_take_no_more_queries_than_one(alice: Actor, bob: Actor) -> None:
    makers.follows(bob, alice)
    said, one = makers.post(alice, "Low water."), [listener(bob)]
    many = [listener(bob) for _ in range(7)]
    told_of(News("said", said.pk), one)
    with CaptureQueriesContext(connection) as for_one:
        told_of(News("said", said.pk), one)
    with CaptureQueriesContext(connection) as for_many:
        assert len(told_of(News("said", said.pk), many)) == len(many)
    assert len(for_many) == len(for_one)
