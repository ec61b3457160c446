"""Reports, decisions and limits as templates show them. Who may see one, the queries of safety have decided."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from speak.identity.models import Actor
from speak.safety.models import Decision, HandedOver, Limit, Report
from speak.safety.queries import hears_reports
from speak.voice.reach import Reach
from speak.web.shown.people import ShownPerson, shown_person


@dataclass(frozen=True, slots=True)
class ShownCopy:
    """Words that were handed over. `audience` says who could read them."""

    title: str
    summary: str
    words_html: str
    language: str
    said_at: dt.datetime
    audience: str


@dataclass(frozen=True, slots=True)
class ShownLimit:
    """A limit. Of `person` and `domain` one is empty; `by` is empty where it was set by command."""

    id: int
    person: ShownPerson | None
    domain: str
    sentence: str
    reason: str
    by: str
    since: dt.datetime
    until: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """What was decided. It does not say who reported."""

    person: ShownPerson
    sentence: str
    why: str
    by: str
    decided_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report as its reporter and its handler see it; without a `reporter` it came from `server`."""

    id: int
    person: ShownPerson
    reporter: ShownPerson | None
    server: str
    handler: ShownPerson | None
    words: str
    copies: list[ShownCopy]
    is_forwarded: bool
    created_at: dt.datetime
    is_open: bool
    is_withdrawn: bool
    is_forgotten: bool
    decision: ShownDecision | None


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another page about safety; `is_here` on the page itself."""

    url: str
    words: str
    is_here: bool


def shown_report(report: Report) -> ShownReport:
    """A report, its copies and its decision; all of them read with it."""
    decision = getattr(report, "decision", None)
    return ShownReport(
        id=report.pk,
        person=shown_person(report.reported),
        reporter=shown_person(report.reporter) if report.reporter else None,
        server=report.server,
        handler=shown_person(report.handler) if report.handler else None,
        words=report.words,
        copies=[_copy(each) for each in report.handed_over.all()],
        is_forwarded=report.is_forwarded,
        created_at=report.created_at,
        is_open=report.is_open,
        is_withdrawn=report.withdrawn_at is not None,
        is_forgotten=report.forgotten_at is not None,
        decision=shown_decision(decision) if decision else None,
    )


def shown_decision(decision: Decision) -> ShownDecision:
    """What was decided about somebody."""
    return ShownDecision(
        person=shown_person(decision.report.reported),
        sentence=decision.get_kind_display(),
        why=decision.why,
        by=decision.decided_by.called if decision.decided_by else "",
        decided_at=decision.decided_at,
    )


def shown_limit(limit: Limit) -> ShownLimit:
    """A limit that holds."""
    return ShownLimit(
        id=limit.pk,
        person=shown_person(limit.actor) if limit.actor else None,
        domain=limit.domain,
        sentence=limit.get_kind_display(),
        reason=limit.reason,
        by=limit.decided_by.called if limit.decided_by else "",
        since=limit.since,
        until=limit.until,
    )


def reach_in_words(reach: int) -> str:
    """Who can read something, said to somebody who perhaps cannot."""
    return {
        Reach.PUBLIC: gettext("Anyone, anywhere"),
        Reach.QUIET: gettext("Anyone, but not announced"),
        Reach.FOLLOWERS: gettext("Those who follow them and whoever is named"),
        Reach.HERE: gettext("Everyone at %(place)s") % {"place": settings.SPEAK_NAME},
        Reach.ROOM: gettext("The people in a room"),
        Reach.NAMED: gettext("A few people, by name"),
        Reach.SELF: gettext("Nobody else"),
    }[Reach(reach)]


def safety_ways(viewer: Actor, here: str) -> list[Way]:
    """The pages about safety that are for this viewer; `here` is the name of the one that is shown."""
    is_handler = hears_reports(viewer)
    pages = [("safety", gettext("Waiting for you"))] if is_handler else []
    pages += [("safety_people", gettext("Who hears reports")), ("safety_mine", gettext("Your reports"))]
    pages += [("safety_log", gettext("What was decided"))] if is_handler else []
    pages += [("safety_limits", gettext("Limits"))] if is_handler or viewer.runs_this_server else []
    return [Way(reverse(name), words, name == here) for name, words in pages]


def _copy(handed_over: HandedOver) -> ShownCopy:
    return ShownCopy(
        title=handed_over.title,
        summary=handed_over.summary,
        words_html=handed_over.html,
        language=handed_over.language,
        said_at=handed_over.said_at,
        audience=reach_in_words(handed_over.reach),
    )
