"""Every read of reports and limits. Who looks comes first; running this server opens no report."""

import datetime as dt
from collections.abc import Iterable
from functools import cache

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.prepared import Prepared
from speak.safety import rules
from speak.safety.errors import NotThere, NotYours
from speak.safety.models import Decision, Handler, Limit, LimitKind, Report


def handlers() -> QuerySet[Handler]:
    """Those who hear reports, openly, in the order in which they said yes."""
    is_able = Q(actor__domain="", actor__user__is_active=True, actor__gone_at=None, actor__suspended_at=None)
    return Handler.objects.filter(is_able).exclude(accepted_at=None).select_related("actor").order_by("accepted_at")


def handlers_asked() -> QuerySet[Handler]:
    """Those who were asked and have not said yes; for whoever names them."""
    return Handler.objects.filter(accepted_at=None).select_related("actor").order_by("named_at")


def handling_of(viewer: Actor) -> Handler | None:
    """Whether the viewer was asked to hear reports, or does."""
    return Handler.objects.filter(actor=viewer).select_related("actor").first()


def hears_reports(viewer: Actor) -> bool:
    """Whether the viewer was named for it and said yes."""
    return handlers().filter(actor=viewer).exists()


def hearing_of(actor: Actor, *, reporter: Actor | None, reported: Actor) -> rules.Hearing:
    """How somebody stands to a report, for `rules.may_handle`."""
    return rules.Hearing(
        has_accepted=Handler.objects.filter(actor=actor).exclude(accepted_at=None).exists(),
        is_here=actor.is_local and actor.user is not None and actor.user.is_active and actor.gone_at is None,
        is_suspended=actor.suspended_at is not None,
        is_reported=actor.pk == reported.pk,
        is_reporter=reporter is not None and actor.pk == reporter.pk,
    )


def handlers_for(reporter: Actor | None, reported: Actor) -> list[Actor]:
    """Whom a report about somebody may be given to, in the order in which they said yes."""
    people = (handler.actor for handler in handlers().select_related("actor__user"))
    return [one for one in people if rules.may_handle(hearing_of(one, reporter=reporter, reported=reported))]


def reports_waiting_for(viewer: Actor) -> QuerySet[Report]:
    """What the viewer was chosen to hear and has not decided, oldest first; never about themselves."""
    return _heard_by(viewer).filter(decided_at=None, withdrawn_at=None).order_by("pk")


def reports_by(viewer: Actor) -> QuerySet[Report]:
    """What the viewer reported, newest first."""
    return _whole(Report.objects.filter(reporter=viewer)).order_by("-pk")


def report_for(viewer: Actor, report_id: int) -> Report:
    """One report, to its reporter or to the one they chose.

    Raises:
        NotThere: there is none, or none for this viewer.
    """
    report = _whole(Report.objects.filter(pk=report_id)).first()
    if report is None or not _may_see(viewer, report):
        raise NotThere(_("There is nothing here, or nothing for you."))
    return report


def decisions_for(viewer: Actor) -> QuerySet[Decision]:
    """What was decided, newest first, for those who hear reports; nothing of what is about themselves.

    Raises:
        NotYours: the viewer hears no reports.
    """
    if not hears_reports(viewer):
        raise NotYours(_("This is for those who hear reports."))
    return Decision.objects.exclude(report__reported=viewer).select_related("decided_by", "report__reported", "limit")


def limits_for(viewer: Actor) -> QuerySet[Limit]:
    """The limits that hold, newest first, for those who decide on them.

    Raises:
        NotYours: the viewer neither hears reports nor runs this server.
    """
    if not (hears_reports(viewer) or viewer.runs_this_server):
        raise NotYours(_("This is for those who hear reports, and those who run this server."))
    return live_limits().select_related("actor", "decided_by").order_by("-pk")


def limits_on(viewer: Actor) -> QuerySet[Limit]:
    """What was decided about the viewer and holds now."""
    return live_limits().filter(actor=viewer).select_related("decided_by").order_by("-pk")


def live_limits() -> QuerySet[Limit]:
    """The limits that hold now, on anybody."""
    return _live(clock.now())


def _live(now: dt.datetime) -> QuerySet[Limit]:
    return Limit.objects.filter(Q(until=None) | Q(until__gt=now), lifted_at=None)


def limits_of(actor: Actor, *, hosts: Iterable[str] = ()) -> set[str]:
    """The kinds of limits that hold for an actor: on them, or on a server they are on (their domain and `hosts`)."""
    domains = {above for host in (actor.domain, *hosts) if host for above in rules.domains_above(host)}
    about = Q(actor=actor)
    if not actor.is_local:
        about |= Q(domain__in=domains)
    return set(live_limits().filter(about).values_list("kind", flat=True))


def is_refused(host: str) -> bool:
    """Whether this server has nothing to do with another: its activities are refused, and it is not asked."""
    domains = rules.domains_above(host) if host else []
    return bool(domains) and _refusals(len(domains)).exists(clock.now(), *domains)


@cache
def _refusals(_count: int) -> Prepared[tuple[int]]:
    """What refuses a server with so many domains above it."""
    return Prepared(
        lambda now, *domains: (
            _live(now).filter(kind=LimitKind.SUSPENDED.value, domain__in=domains).values_list("pk")[:1]
        )
    )


def report_of_event(report_id: int) -> Report:
    """The report that an event names, for what follows from the event; shown to nobody."""
    return _whole(Report.objects.filter(pk=report_id)).get()


def limit_of_event(limit_id: int) -> Limit:
    """The limit that an event names, for what follows from it."""
    return Limit.objects.select_related("actor").get(pk=limit_id)


def _heard_by(viewer: Actor) -> QuerySet[Report]:
    if not hears_reports(viewer):
        return Report.objects.none()
    return _whole(Report.objects.filter(handler=viewer).exclude(reported=viewer))


def _may_see(viewer: Actor, report: Report) -> bool:
    is_chosen = report.handler_id == viewer.pk and report.withdrawn_at is None and hears_reports(viewer)
    return rules.may_see(
        is_reporter=report.reporter_id == viewer.pk, is_chosen=is_chosen, is_reported=report.reported_id == viewer.pk
    )


def _whole(reports: QuerySet[Report]) -> QuerySet[Report]:
    related = ("reporter", "reported", "handler", "decision__decided_by")
    return reports.select_related(*related).prefetch_related("handed_over")
