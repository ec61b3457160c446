"""Telling one person one chooses; choosing another; taking it back; what is kept, and for how long."""

import datetime as dt

import pytest

from speak.identity.actions import block, mute
from speak.identity.models import Actor, NotificationKind
from speak.kernel import clock
from speak.safety import queries, rules
from speak.safety.actions import (
    Complaint,
    accept_handling,
    choose_handler,
    end_handling,
    forget_old_reports,
    hand_back_report,
    make_report,
    name_handler,
    receive_report,
    withdraw_report,
)
from speak.safety.errors import NoSuchHandler, NothingSaid, NotThere, NotToBeReported, NotYours, TooLong, TooOften
from speak.safety.models import HandedOver, LimitKind, Report
from speak.voice.actions import edit_post, withdraw_post
from speak.voice.actions.speaking import Words
from speak.voice.queries import readable_by
from speak.voice.reach import Reach
from tests import makers
from tests.safety.telling import hears, limits, tells

pytestmark = pytest.mark.django_db


def is_told(actor: Actor, kind: NotificationKind) -> bool:
    return actor.notifications.filter(kind=kind, seen_at=None).exists()


def test_a_report_reaches_the_one_who_was_chosen_and_nobody_else(
    bob: Actor, carol: Actor, helen: Actor, hugo: Actor, operator: Actor
) -> None:
    report = tells(carol, helen, bob)
    assert list(queries.reports_waiting_for(helen)) == [report]
    assert queries.report_for(helen, report.pk) == queries.report_for(carol, report.pk) == report
    assert is_told(helen, NotificationKind.REPORT)
    for other in (bob, hugo, operator):
        assert not queries.reports_waiting_for(other).exists()
        assert not is_told(other, NotificationKind.REPORT)
        with pytest.raises(NotThere):
            queries.report_for(other, report.pk)


def test_who_hears_reports_cannot_be_chosen_to_hear_one_about_themselves(carol: Actor, helen: Actor) -> None:
    assert queries.handlers_for(carol, helen) == []
    with pytest.raises(NoSuchHandler):
        tells(carol, helen, helen)
    waiting = tells(carol, None, helen)
    assert waiting.handler is None
    assert not queries.reports_waiting_for(helen).exists()
    assert not is_told(helen, NotificationKind.REPORT)
    with pytest.raises(NotThere):
        queries.report_for(helen, waiting.pk)


def test_a_report_that_nobody_can_hear_waits_until_somebody_else_is_named(
    bob: Actor, carol: Actor, helen: Actor
) -> None:
    report = tells(carol, None, helen)
    hears(bob)
    assert is_told(carol, NotificationKind.REPORT_NEWS)
    with pytest.raises(NotThere):
        queries.report_for(bob, report.pk)
    choose_handler(carol, report=report, handler=bob)
    assert list(queries.reports_waiting_for(bob)) == [report]
    assert is_told(bob, NotificationKind.REPORT)
    assert not is_told(helen, NotificationKind.REPORT)


def test_where_there_is_somebody_to_choose_one_has_to_be_chosen(bob: Actor, carol: Actor, helen: Actor) -> None:
    assert queries.handlers_for(carol, bob) == [helen]
    with pytest.raises(NoSuchHandler):
        tells(carol, None, bob)
    assert not Report.objects.exists()


@pytest.mark.parametrize("who", ["not_named", "not_willing", "suspended", "elsewhere", "reporter"])
def test_only_who_was_named_and_said_yes_can_be_chosen(
    who: str, bob: Actor, carol: Actor, dora: Actor, helen: Actor, alice: Actor
) -> None:
    chosen = {"not_named": alice, "not_willing": alice, "suspended": helen, "elsewhere": dora, "reporter": carol}[who]
    if who == "not_willing":
        name_handler(None, actor=alice)
    if who == "suspended":
        limits(helen, LimitKind.SUSPENDED)
        chosen.refresh_from_db()
    if who == "reporter":
        hears(carol)
    with pytest.raises(NoSuchHandler):
        tells(carol, chosen, bob)
    assert not Report.objects.exists()


def test_words_are_handed_over_as_a_copy_and_the_post_is_opened_to_nobody(
    bob: Actor, carol: Actor, helen: Actor
) -> None:
    said = makers.post(bob, "For you alone: be quiet.", reach=Reach.NAMED, to=(carol,))
    report = tells(carol, helen, bob, posts=[said])
    copy = queries.report_for(helen, report.pk).handed_over.get()
    assert ("be quiet" in copy.html, copy.reach, copy.post_uri) == (True, Reach.NAMED, said.uri)
    assert not readable_by(helen).filter(pk=said.pk).exists()


def test_a_copy_stays_as_it_was_when_its_author_edits_or_withdraws(bob: Actor, carol: Actor, helen: Actor) -> None:
    said = makers.post(bob, "Be quiet.")
    report = tells(carol, helen, bob, posts=[said])
    edit_post(bob, post=said, words=Words("Be welcome."))
    withdraw_post(bob, post=said)
    assert "Be quiet." in queries.report_for(helen, report.pk).handed_over.get().html


def test_what_one_cannot_read_one_cannot_hand_over(bob: Actor, carol: Actor, alice: Actor, helen: Actor) -> None:
    secret = makers.post(bob, "For Alice.", reach=Reach.NAMED, to=(alice,))
    somebody_elses = makers.post(alice, "Good morning.")
    for posts in ([secret], [somebody_elses]):
        with pytest.raises(NotToBeReported):
            tells(carol, helen, bob, posts=posts)
    withdrawn = makers.post(bob, "Oh.")
    withdraw_post(bob, post=withdrawn)
    with pytest.raises(NotToBeReported):
        tells(carol, helen, bob, posts=[withdrawn])
    assert not Report.objects.exists()


def test_a_report_needs_words_and_somebody_else(bob: Actor, carol: Actor, helen: Actor) -> None:
    with pytest.raises(NothingSaid):
        tells(carol, helen, bob, "   ")
    with pytest.raises(TooLong):
        tells(carol, helen, bob, "x" * 5001)
    with pytest.raises(NotToBeReported):
        tells(carol, helen, carol)
    assert not Report.objects.exists()


def test_reports_in_a_day_are_bounded_also_those_taken_back(bob: Actor, carol: Actor, helen: Actor) -> None:
    for _ in range(rules.REPORTS_A_DAY):
        withdraw_report(carol, report=tells(carol, helen, bob))
    with pytest.raises(TooOften):
        tells(carol, helen, bob)
    Report.objects.update(created_at=clock.now() - dt.timedelta(days=1, seconds=1))
    assert tells(carol, helen, bob).is_open


def test_a_report_given_to_somebody_else_is_not_read_by_the_first_any_more(
    bob: Actor, carol: Actor, helen: Actor, hugo: Actor
) -> None:
    report = tells(carol, helen, bob)
    choose_handler(carol, report=report, handler=hugo)
    assert list(queries.reports_waiting_for(hugo)) == [report]
    with pytest.raises(NotThere):
        queries.report_for(helen, report.pk)
    with pytest.raises(NotThere):
        choose_handler(bob, report=report, handler=helen)


def test_a_report_taken_back_leaves_no_words(bob: Actor, carol: Actor, helen: Actor) -> None:
    report = tells(carol, helen, bob, posts=[makers.post(bob)])
    with pytest.raises(NotThere):
        withdraw_report(helen, report=report)
    withdraw_report(carol, report=report)
    report.refresh_from_db()
    assert (report.words, HandedOver.objects.exists()) == ("", False)
    with pytest.raises(NotThere):
        queries.report_for(helen, report.pk)
    assert not queries.reports_waiting_for(helen).exists()


def test_who_hears_reports_may_hand_one_back(bob: Actor, carol: Actor, helen: Actor, hugo: Actor) -> None:
    report = tells(carol, helen, bob)
    with pytest.raises(NotThere):
        hand_back_report(hugo, report=report)
    hand_back_report(helen, report=report)
    with pytest.raises(NotThere):
        queries.report_for(helen, report.pk)
    assert is_told(carol, NotificationKind.REPORT_NEWS)
    assert not queries.reports_waiting_for(hugo).exists()


@pytest.mark.parametrize("how", ["ends", "is suspended"])
def test_what_waits_with_somebody_who_hears_no_more_waits_for_another(
    how: str, bob: Actor, carol: Actor, helen: Actor, hugo: Actor
) -> None:
    report = tells(carol, helen, bob)
    sent = receive_report("far.example", reported=bob, words="He shouts.", posts=[])
    assert sent.handler == helen
    if how == "ends":
        end_handling(helen, actor=helen)
    else:
        limits(helen, LimitKind.SUSPENDED)
    report.refresh_from_db()
    sent.refresh_from_db()
    assert (report.handler, sent.handler) == (None, hugo)
    assert is_told(carol, NotificationKind.REPORT_NEWS)
    with pytest.raises(NotThere):
        queries.report_for(helen, report.pk)


def test_a_handler_hears_of_a_report_also_about_somebody_they_muted_or_blocked(
    bob: Actor, carol: Actor, helen: Actor
) -> None:
    mute(helen, muted=bob)
    block(helen, blocked=carol)
    tells(carol, helen, bob)
    assert is_told(helen, NotificationKind.REPORT)


def test_naming_is_for_who_runs_the_place_and_saying_yes_for_who_was_named(
    operator: Actor, bob: Actor, carol: Actor, dora: Actor
) -> None:
    with pytest.raises(NotYours):
        name_handler(bob, actor=carol)
    with pytest.raises(NoSuchHandler):
        accept_handling(carol)
    with pytest.raises(NoSuchHandler):
        name_handler(operator, actor=dora)
    name_handler(operator, actor=carol)
    assert is_told(carol, NotificationKind.HANDLING)
    assert not queries.handlers().exists()
    accept_handling(carol, sentence="On Tuesdays.")
    assert [handler.actor for handler in queries.handlers()] == [carol]
    with pytest.raises(NotYours):
        end_handling(bob, actor=carol)
    end_handling(operator, actor=carol)
    assert not queries.handlers().exists()


def test_another_servers_report_goes_to_the_first_who_is_not_who_it_is_about(helen: Actor, hugo: Actor) -> None:
    assert receive_report("far.example", reported=helen, words="She shouts.", posts=[]).handler == hugo
    assert receive_report("far.example", reported=hugo, words="He shouts.", posts=[]).handler == helen


def test_another_servers_report_waits_where_nobody_can_hear_it(bob: Actor, helen: Actor) -> None:
    report = receive_report("far.example", reported=helen, words="She shouts.", posts=[])
    assert report.handler is None
    hears(bob)
    assert list(queries.reports_waiting_for(bob)) == [report]


def test_another_server_has_so_many_complaints_a_day(bob: Actor, helen: Actor) -> None:
    made = [Report(server="far.example", reported=bob) for _ in range(rules.REPORTS_A_DAY_OF_A_SERVER)]
    Report.objects.bulk_create(made)
    with pytest.raises(TooOften):
        receive_report("far.example", reported=bob, words="Again.", posts=[])
    assert receive_report("near.example", reported=bob, words="Once.", posts=[]).is_open


def test_words_are_forgotten_when_their_time_is_over(bob: Actor, carol: Actor, helen: Actor) -> None:
    now = clock.now()
    kept = tells(carol, helen, bob, "Kept.", posts=[makers.post(bob)])
    decided = tells(carol, helen, bob, "Decided.", posts=[makers.post(bob)])
    old = tells(carol, helen, bob, "Old.", posts=[makers.post(bob)])
    Report.objects.filter(pk=decided.pk).update(decided_at=now - rules.KEPT_AFTER_DECISION)
    Report.objects.filter(pk=old.pk).update(created_at=now - rules.KEPT_AT_MOST)
    Report.objects.filter(pk=kept.pk).update(decided_at=now - dt.timedelta(days=89))
    assert forget_old_reports() == 2
    assert forget_old_reports() == 0
    assert list(Report.objects.exclude(words="")) == [kept]
    assert [copy.report for copy in HandedOver.objects.all()] == [kept]


def test_a_report_about_somebody_here_is_not_forwarded(bob: Actor, carol: Actor, helen: Actor) -> None:
    report = make_report(carol, reported=bob, complaint=Complaint("Oh.", is_forwarded=True), handler=helen)
    assert not report.is_forwarded
