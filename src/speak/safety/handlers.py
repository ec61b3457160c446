"""Who is told what of reports. Notifications say that there is one, never about whom or from whom."""

from speak.identity.actions import server_actor, tell_anew
from speak.identity.events import PersonLeft
from speak.identity.models import Actor, NotificationKind
from speak.kernel.events import on
from speak.safety import queries
from speak.safety.actions.handlers import end_handling
from speak.safety.events import (
    HandlerChosen,
    HandlerEnded,
    HandlerNamed,
    HandlerReady,
    LimitSet,
    ReportDecided,
    ReportHandedBack,
    ReportMade,
)
from speak.safety.models import LimitKind, Report


@on(HandlerNamed)
def ask_whether_willing(event: HandlerNamed) -> None:
    """Whoever is named hears of it, and says yes or no."""
    tell_anew(Actor.objects.get(pk=event.actor_id), kind=NotificationKind.HANDLING, about=server_actor())


@on(ReportMade, HandlerChosen)
def tell_the_handler(event: ReportMade | HandlerChosen) -> None:
    """Whoever was chosen hears that a report waits."""
    _tell_handler(queries.report_of_event(event.report_id))


@on(ReportHandedBack)
def tell_whoever_is_next(event: ReportHandedBack) -> None:
    """Its reporter chooses again; what another server sent goes to the next who can hear it."""
    report = queries.report_of_event(event.report_id)
    _tell_handler(report)
    _tell_reporter(report)


@on(ReportDecided)
def tell_the_reporter(event: ReportDecided) -> None:
    """Something came of it."""
    _tell_reporter(queries.report_of_event(event.report_id))


@on(HandlerReady)
def offer_what_waits(event: HandlerReady) -> None:
    """Reports that nobody could hear: their reporters may choose now; those of other servers go to the new one."""
    handler = Actor.objects.select_related("user").get(pk=event.actor_id)
    waiting = Report.objects.filter(handler=None, decided_at=None, withdrawn_at=None).exclude(reported=handler)
    for report in waiting.select_related("reporter"):
        if report.reporter is not None:
            _tell_reporter(report)
        elif report.server:
            report.handler = handler
            report.save(update_fields=["handler"])
            _tell_handler(report)


@on(HandlerEnded)
def let_others_hear(event: HandlerEnded) -> None:
    """What waited with somebody who hears reports no more: reporters choose again, others get what servers sent."""
    _let_go(event.actor_id)


@on(LimitSet)
def let_others_hear_instead(event: LimitSet) -> None:
    """Whoever is suspended hears no reports."""
    limit = queries.limit_of_event(event.limit_id)
    if limit.actor_id is not None and limit.kind == LimitKind.SUSPENDED:
        _let_go(limit.actor_id)


@on(PersonLeft)
def hear_no_more(event: PersonLeft) -> None:
    """Whoever left hears no reports; what waited with them goes to others."""
    actor = Actor.objects.get(pk=event.actor_id)
    end_handling(actor, actor=actor)


def _let_go(handler_id: int) -> None:
    for report in Report.objects.filter(handler=handler_id, decided_at=None).select_related("reported", "reporter"):
        able = queries.handlers_for(None, report.reported) if report.reporter_id is None else []
        report.handler = able[0] if able else None
        report.save(update_fields=["handler"])
        _tell_handler(report)
        _tell_reporter(report)


def _tell_handler(report: Report) -> None:
    if report.handler is not None:
        tell_anew(report.handler, kind=NotificationKind.REPORT, about=server_actor())


def _tell_reporter(report: Report) -> None:
    if report.reporter is not None:
        tell_anew(report.reporter, kind=NotificationKind.REPORT_NEWS, about=server_actor())
