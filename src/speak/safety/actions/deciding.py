"""What comes of a report: decided by the one who was chosen to hear it, and by nobody else."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.events import emit
from speak.safety import queries
from speak.safety.actions.limits import LimitWords, set_limit
from speak.safety.errors import NothingSaid, NotThere, TooLong
from speak.safety.events import ReportDecided, ReportHandedBack
from speak.safety.models import Decision, DecisionKind, Limit, LimitKind, Report

MAX_WHY = 2000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is decided, and why; for a limit also what it does, what its subject reads of it, and until when."""

    kind: DecisionKind
    why: str
    limit: LimitWords | None = None


@transaction.atomic
def decide_report(handler: Actor, *, report: Report, outcome: Outcome) -> Decision:
    """Close a report. Its reporter reads what was decided; with a limit, it holds from now on.

    Raises:
        NotThere: it is not theirs to decide, or not open any more.
        NothingSaid, TooLong: about the reasons.
    """
    report = _open_for(handler, report)
    why = outcome.why.strip()
    if not why:
        raise NothingSaid(_("Say in a few words why. Whoever reported it reads them."))
    if len(why) > MAX_WHY:
        raise TooLong(
            ngettext(
                "The reasons hold up to %(most)d character.", "The reasons hold up to %(most)d characters.", MAX_WHY
            )
            % {"most": MAX_WHY}
        )
    report.decided_at = clock.now()
    report.save(update_fields=["decided_at"])
    decision = Decision.objects.create(
        report=report, decided_by=handler, kind=outcome.kind, why=why, limit=_limit(handler, report, outcome)
    )
    emit(ReportDecided(report_id=report.pk))
    return decision


@transaction.atomic
def hand_back_report(handler: Actor, *, report: Report) -> None:
    """Leave it to somebody else, without reasons: its reporter chooses again, and one's own eyes see it no more.

    Raises:
        NotThere: it is not theirs, or not open any more.
    """
    report = _open_for(handler, report)
    others = [one for one in queries.handlers_for(None, report.reported) if one != handler]
    report.handler = others[0] if report.reporter_id is None and others else None
    report.save(update_fields=["handler"])
    emit(ReportHandedBack(report_id=report.pk))


def until_after(days: int | None) -> dt.datetime | None:
    """The end of a limit that lasts so many days from now; none for one without an end."""
    return clock.now() + dt.timedelta(days=days) if days else None


def _open_for(handler: Actor, report: Report) -> Report:
    current = queries.reports_waiting_for(handler).filter(pk=report.pk)
    found = Report.objects.select_for_update(of=("self",)).filter(pk__in=current.values("pk")).first()
    if found is None:
        raise NotThere(_("There is nothing here, or nothing for you."))
    return found


def _limit(handler: Actor, report: Report, outcome: Outcome) -> Limit | None:
    kinds = {
        DecisionKind.LIMITED: {LimitKind.SILENCED, LimitKind.NO_MEDIA},
        DecisionKind.SUSPENDED: {LimitKind.SUSPENDED},
    }.get(outcome.kind, set())
    if not kinds:
        return None
    if outcome.limit is None or outcome.limit.kind not in kinds:
        raise NothingSaid(_("Say what the limit does, and what they read of it."))
    return set_limit(handler, about=report.reported, words=outcome.limit)
