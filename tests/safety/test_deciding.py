"""What comes of a report: by the one who was chosen; its reporter reads it, whom it is about does not."""

import pytest

from speak.identity.models import Actor, NotificationKind
from speak.safety import queries
from speak.safety.actions import LimitWords, Outcome, choose_handler, decide_report, withdraw_report
from speak.safety.errors import NothingSaid, NotThere, NotYours
from speak.safety.models import Decision, DecisionKind, Limit, LimitKind
from tests.safety.telling import hears, tells

pytestmark = pytest.mark.django_db
SPOKE = Outcome(DecisionKind.SPOKE, "We had tea; it will not happen again.")


def test_its_reporter_reads_what_was_decided(bob: Actor, carol: Actor, helen: Actor) -> None:
    report = tells(carol, helen, bob)
    decide_report(helen, report=report, outcome=SPOKE)
    found = queries.report_for(carol, report.pk)
    assert (found.is_open, found.decision.kind, found.decision.why) == (False, "spoke", SPOKE.why)
    assert carol.notifications.filter(kind=NotificationKind.REPORT_NEWS).exists()
    assert not bob.notifications.exists()
    assert not queries.reports_waiting_for(helen).exists()


def test_only_the_one_who_was_chosen_decides(bob: Actor, carol: Actor, helen: Actor, hugo: Actor) -> None:
    report = tells(carol, helen, bob)
    for other in (hugo, carol, bob):
        with pytest.raises(NotThere):
            decide_report(other, report=report, outcome=SPOKE)
    choose_handler(carol, report=report, handler=hugo)
    with pytest.raises(NotThere):
        decide_report(helen, report=report, outcome=SPOKE)
    assert not Decision.objects.exists()
    decide_report(hugo, report=report, outcome=SPOKE)
    with pytest.raises(NotThere):
        decide_report(hugo, report=report, outcome=SPOKE)


def test_a_decision_needs_reasons(bob: Actor, carol: Actor, helen: Actor) -> None:
    report = tells(carol, helen, bob)
    for outcome in (Outcome(DecisionKind.NOTHING, " "), Outcome(DecisionKind.SUSPENDED, "Because.")):
        with pytest.raises(NothingSaid):
            decide_report(helen, report=report, outcome=outcome)
    report.refresh_from_db()
    assert report.is_open
    assert not Limit.objects.exists()


def test_a_decision_may_limit(bob: Actor, carol: Actor, helen: Actor) -> None:
    report = tells(carol, helen, bob)
    words = LimitWords(LimitKind.SUSPENDED, "You shouted, thrice.")
    decision = decide_report(helen, report=report, outcome=Outcome(DecisionKind.SUSPENDED, "Thrice.", words))
    bob.refresh_from_db()
    assert bob.suspended_at is not None
    assert decision.limit == queries.limits_on(bob).get()
    assert queries.limits_on(bob).get().reason == "You shouted, thrice."


def test_the_log_is_for_those_who_hear_reports_and_leaves_out_what_is_about_themselves(
    operator: Actor, bob: Actor, carol: Actor, helen: Actor, hugo: Actor
) -> None:
    about_bob, about_helen = tells(carol, helen, bob), tells(carol, hugo, helen)
    decide_report(helen, report=about_bob, outcome=SPOKE)
    decide_report(hugo, report=about_helen, outcome=SPOKE)
    assert {row.report for row in queries.decisions_for(hugo)} == {about_bob, about_helen}
    assert {row.report for row in queries.decisions_for(helen)} == {about_bob}
    for other in (operator, carol, bob):
        with pytest.raises(NotYours):
            queries.decisions_for(other)


def test_who_was_reported_and_hears_reports_from_then_on_never_sees_it(bob: Actor, carol: Actor, helen: Actor) -> None:
    report = tells(carol, helen, bob)
    hears(bob)
    decide_report(helen, report=report, outcome=SPOKE)
    assert not queries.decisions_for(bob).exists()
    assert not queries.reports_waiting_for(bob).exists()
    with pytest.raises(NotThere):
        queries.report_for(bob, report.pk)


def test_what_was_decided_cannot_be_taken_back(bob: Actor, carol: Actor, helen: Actor) -> None:
    report = tells(carol, helen, bob)
    decide_report(helen, report=report, outcome=SPOKE)
    with pytest.raises(NotThere):
        withdraw_report(carol, report=report)
