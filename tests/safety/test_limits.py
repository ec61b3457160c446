"""Limits decide who hears somebody. They never change or delete words, and nobody sets one on themselves."""

import datetime as dt

import pytest

from speak.identity.actions import follow, keep_actor
from speak.identity.actions.neighbors import IncomingActor
from speak.identity.errors import Blocked, NoSuchActor, Suspended
from speak.identity.models import Actor, Follow, Notification
from speak.identity.queries import actor_at_address, actor_called, people_found, people_seen
from speak.kernel import clock
from speak.safety import queries, rules
from speak.safety.actions import (
    LimitWords,
    end_limits_that_are_over,
    forget_old_reports,
    lift_limit,
    put_under_limits,
    set_limit,
)
from speak.safety.errors import NothingSaid, NotThere, NotYours, WrongLimit
from speak.safety.models import Limit, LimitKind, Report
from speak.voice.actions import Words, boost, edit_post, like, publish_post, withdraw_post
from speak.voice.actions.media import add_picture
from speak.voice.audience import Audience
from speak.voice.errors import NotYours as NotYoursToSay
from speak.voice.models import Post
from speak.voice.queries import (
    Window,
    awaiting_answer,
    gathered_here,
    home_timeline,
    post_for,
    posts_found,
    posts_of,
    posts_tagged,
    readable_by,
)
from speak.voice.reach import Reach
from tests import makers
from tests.safety.telling import limits

pytestmark = pytest.mark.django_db


def rows_of(post: Post) -> tuple[str, str, object]:
    row = Post.objects.get(pk=post.pk)
    return row.source, row.html, row.withdrawn_at


def fresh(actor: Actor) -> Actor:
    return Actor.objects.select_related("user").get(pk=actor.pk)


def test_what_somebody_suspended_said_is_there_for_themselves_alone(bob: Actor, carol: Actor) -> None:
    makers.follows(carol, bob)
    said = makers.post(bob, "Good morning.")
    before = rows_of(said)
    limits(bob, LimitKind.SUSPENDED)
    for viewer in (carol, None):
        assert not readable_by(viewer).filter(pk=said.pk).exists()
        assert posts_of(viewer, bob, Window()) == []
    assert home_timeline(carol, Window()) == []
    assert post_for(fresh(bob), said.pk) == said
    assert rows_of(said) == before
    with pytest.raises(NoSuchActor):
        actor_called(carol, "bob")
    assert actor_called(bob, "bob") == bob
    assert actor_at_address("bob") == bob
    assert people_found(carol, "bob") == []


def test_who_is_suspended_says_nothing_but_takes_back_and_changes(bob: Actor, carol: Actor) -> None:
    said, other = makers.post(bob), makers.post(carol)
    limits(bob, LimitKind.SUSPENDED)
    audience = Audience(Reach.PUBLIC)
    for act in (
        lambda: publish_post(bob, words=Words("Again."), audience=audience),
        lambda: boost(bob, post=other),
        lambda: like(bob, post=other),
        lambda: follow(bob, target=carol),
    ):
        with pytest.raises(Suspended):
            act()
    edit_post(fresh(bob), post=said, words=Words("Better."))
    withdraw_post(fresh(bob), post=said)
    assert Post.objects.get(pk=said.pk).withdrawn_at


def test_nobody_begins_to_follow_somebody_suspended_and_follows_that_hold_stay(bob: Actor, carol: Actor) -> None:
    makers.follows(carol, bob)
    limits(bob, LimitKind.SUSPENDED)
    assert Follow.objects.filter(follower=carol, target=bob).exists()
    with pytest.raises(Blocked):
        follow(makers.person("erin"), target=fresh(bob))


def test_what_somebody_suspended_passed_on_is_not_passed_on(bob: Actor, carol: Actor, alice: Actor) -> None:
    makers.follows(carol, bob)
    boost(bob, post=makers.post(alice))
    assert len(home_timeline(carol, Window())) == 1
    limits(bob, LimitKind.SUSPENDED)
    assert home_timeline(carol, Window()) == []


def test_a_lifted_limit_leaves_everything_as_it_was(bob: Actor, carol: Actor) -> None:
    said = makers.post(bob)
    limit = limits(bob, LimitKind.SUSPENDED)
    lift_limit(None, limit_id=limit.pk)
    assert post_for(carol, said.pk) == said
    assert publish_post(fresh(bob), words=Words("Again."), audience=Audience(Reach.PUBLIC)).author == bob
    with pytest.raises(NotThere):
        lift_limit(None, limit_id=limit.pk)


def test_somebody_silenced_is_heard_by_those_who_follow_them(bob: Actor, carol: Actor, alice: Actor) -> None:
    makers.follows(carol, bob)
    Actor.objects.filter(pk=bob.pk).update(is_listed=True)
    said = makers.post(bob, "Good morning, @alice and @carol. #tea")
    here = makers.post(bob, "To all here.", reach=Reach.HERE)
    limits(bob, LimitKind.SILENCED)
    assert post_for(alice, said.pk) == said
    for gathered in (
        gathered_here(alice, Window()),
        gathered_here(None, Window()),
        posts_tagged(alice, "tea", Window()),
        posts_found(alice, "morning", Window()),
        [entry.post for entry in home_timeline(alice, Window())],
        awaiting_answer(alice),
    ):
        assert said not in gathered
        assert here not in gathered
    assert said in posts_tagged(carol, "tea", Window())
    assert {entry.post for entry in home_timeline(carol, Window())} == {said, here}
    assert awaiting_answer(carol) == [said]
    assert posts_tagged(fresh(bob), "tea", Window()) == [said]
    assert bob not in people_seen(alice)


def test_somebody_silenced_does_not_ring_at_strangers(bob: Actor, carol: Actor, alice: Actor) -> None:
    makers.follows(carol, bob)
    limits(bob, LimitKind.SILENCED)
    Notification.objects.all().delete()
    makers.post(fresh(bob), "Hey, @alice and @carol.")
    assert not alice.notifications.exists()
    assert carol.notifications.exists()


def test_somebody_without_media_shows_no_pictures(bob: Actor) -> None:
    picture = add_picture(bob, data=makers.picture())
    limits(bob, LimitKind.NO_MEDIA)
    audience = Audience(Reach.PUBLIC)
    with pytest.raises(NotYoursToSay):
        publish_post(fresh(bob), words=Words("See."), audience=audience, media=[picture])
    assert publish_post(fresh(bob), words=Words("Hear."), audience=audience).author == bob


def test_a_limit_ends_when_its_time_is_over(bob: Actor, carol: Actor) -> None:
    words = LimitWords(LimitKind.SUSPENDED, "For a week.", until=clock.now() + dt.timedelta(days=7))
    limit = set_limit(None, about=bob, words=words)
    assert end_limits_that_are_over() == 0
    assert fresh(bob).suspended_at
    Limit.objects.filter(pk=limit.pk).update(until=clock.now())
    assert end_limits_that_are_over() == 1
    assert fresh(bob).suspended_at is None
    assert end_limits_that_are_over() == 0


def test_of_two_limits_one_goes_on_holding(bob: Actor) -> None:
    first, _ = limits(bob, LimitKind.SUSPENDED), limits(bob, LimitKind.SUSPENDED)
    limits(bob, LimitKind.SILENCED)
    lift_limit(None, limit_id=first.pk)
    assert (fresh(bob).suspended_at is not None, fresh(bob).is_silenced) == (True, True)


def test_a_limit_on_a_server_holds_for_everybody_there_and_below(dora: Actor) -> None:
    below = makers.far_person("zoe", domain="people.far.example")
    beside = makers.far_person("eve", domain="notfar.example")
    limit = limits("far.example", LimitKind.SUSPENDED)
    assert [fresh(each).suspended_at is not None for each in (dora, below, beside)] == [True, True, False]
    assert [queries.is_refused(host) for host in ("far.example", "a.far.example", "notfar.example", "")] == [
        True, True, False, False,
    ]  # fmt: skip
    lift_limit(None, limit_id=limit.pk)
    assert fresh(dora).suspended_at is None
    assert not queries.is_refused("far.example")


def test_somebody_new_on_a_limited_server_is_limited_from_the_start() -> None:
    limits("far.example", LimitKind.SILENCED)
    new = keep_actor(
        IncomingActor(
            uri="https://far.example/new", handle="new", domain="far.example", inbox_url="https://far.example/new/in"
        )
    )
    put_under_limits(new)
    assert fresh(new).is_silenced


def test_an_address_on_one_domain_does_not_hide_an_id_on_another() -> None:
    far = makers.far_person("zoe", domain="app.far.example")
    Actor.objects.filter(pk=far.pk).update(domain="nice.example")
    limits("far.example", LimitKind.SUSPENDED)
    put_under_limits(fresh(far))
    assert fresh(far).suspended_at


def test_limits_are_for_those_who_hear_reports_or_run_the_place_and_never_for_oneself(
    operator: Actor, bob: Actor, carol: Actor, helen: Actor
) -> None:
    words = LimitWords(LimitKind.SILENCED, "Too loud.")
    with pytest.raises(NotYours):
        set_limit(bob, about=carol, words=words)
    with pytest.raises(NotYours):
        queries.limits_for(bob)
    assert set_limit(helen, about=bob, words=words).decided_by == helen
    assert set_limit(operator, about="far.example", words=words).decided_by == operator
    own = set_limit(operator, about=helen, words=words)
    for oneself in (operator, helen):
        with pytest.raises(NotYours):
            set_limit(oneself, about=oneself, words=words)
    with pytest.raises(NotYours):
        lift_limit(helen, limit_id=own.pk)
    with pytest.raises(NotYours):
        lift_limit(bob, limit_id=own.pk)
    lift_limit(operator, limit_id=own.pk)


def test_a_limit_needs_a_reason_a_time_to_come_and_something_to_limit(bob: Actor) -> None:
    with pytest.raises(NothingSaid):
        limits(bob, LimitKind.SILENCED, reason=" ")
    past = LimitWords(LimitKind.SILENCED, "Once.", until=clock.now())
    with pytest.raises(WrongLimit):
        set_limit(None, about=bob, words=past)
    for domain in ("nowhere", "", "home.example"):
        with pytest.raises(WrongLimit):
            limits(domain, LimitKind.SUSPENDED)
    assert not Limit.objects.exists()


def test_the_rule_and_its_sql_agree_on_which_limits_hold(bob: Actor) -> None:
    now = clock.now()
    for until in (None, now - dt.timedelta(days=1), now + dt.timedelta(days=1)):
        for lifted_at in (None, now):
            row = Limit.objects.create(
                actor=bob, kind=LimitKind.SILENCED, reason="Loud.", until=until, lifted_at=lifted_at
            )
            holds = rules.is_live(until=until, is_lifted=lifted_at is not None, now=now)
            assert queries.live_limits().filter(pk=row.pk).exists() == holds


@pytest.mark.parametrize("created_days", [0, 364, 366])
@pytest.mark.parametrize("decided_days", [None, 89, 91])
def test_the_rule_and_its_sql_agree_on_what_is_forgotten(
    created_days: int, decided_days: int | None, bob: Actor
) -> None:
    now = clock.now()
    created_at = now - dt.timedelta(days=created_days)
    decided_at = None if decided_days is None else now - dt.timedelta(days=decided_days)
    Report.objects.create(reported=bob, words="He shouts.", created_at=created_at, decided_at=decided_at)
    is_over = rules.is_to_be_forgotten(created_at=created_at, decided_at=decided_at, now=now)
    assert forget_old_reports() == int(is_over)
