"""Telling somebody one has chosen that something is wrong, choosing another, taking it back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.events import emit
from speak.safety import queries, rules
from speak.safety.actions.forgetting import forget_words
from speak.safety.errors import NoSuchHandler, NothingSaid, NotThere, NotToBeReported, TooLong, TooOften
from speak.safety.events import HandlerChosen, ReportMade
from speak.safety.models import HandedOver, Report
from speak.voice.models import Post
from speak.voice.queries import readable_by

MAX_WORDS, MAX_POSTS = 5_000, 20
A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Complaint:
    """What somebody says to the handler: words, copies of which posts, and whether their server is told."""

    words: str
    posts: Sequence[Post] = ()
    is_forwarded: bool = False


@transaction.atomic
def make_report(reporter: Actor, *, reported: Actor, complaint: Complaint, handler: Actor | None) -> Report:
    """Tell the one person one has chosen. Without anybody to choose it waits until somebody is named.

    Raises:
        NotToBeReported: oneself; or posts that are not theirs, or that the reporter may not read.
        NoSuchHandler: that person cannot hear it, or one is there and none was chosen.
        NothingSaid, TooLong, TooOften: about the words, and how many reports a day.
    """
    words = complaint.words.strip()
    if reporter == reported:
        raise NotToBeReported(_("You cannot report yourself."))
    if not words:
        raise NothingSaid(_("Say in a few words what happened."))
    _check_size(words, complaint.posts)
    made = Report.objects.filter(reporter=reporter, created_at__gt=clock.now() - A_DAY)
    if made.count() >= rules.REPORTS_A_DAY:
        raise TooOften(
            _("You made many reports today."), hint=_("Tell the people who hear them directly, or wait a day.")
        )
    _check_handler(handler, reporter=reporter, reported=reported)
    report = Report.objects.create(
        reporter=reporter,
        reported=reported,
        words=words,
        handler=handler,
        is_forwarded=complaint.is_forwarded and not reported.is_local,
    )
    _hand_over(report, readers=reporter, posts=complaint.posts)
    emit(ReportMade(report_id=report.pk))
    return report


@transaction.atomic
def receive_report(server: str, *, reported: Actor, words: str, posts: Sequence[Post]) -> Report:
    """Another server complains about somebody here: the first who hears reports and is not them gets it.

    The caller has checked who speaks for that server, and that it may read the posts.

    Raises:
        TooOften: more in a day than anybody could read.
    """
    made = Report.objects.filter(server=server, created_at__gt=clock.now() - A_DAY)
    if made.count() >= rules.REPORTS_A_DAY_OF_A_SERVER:
        raise TooOften(_("That are more complaints in a day than anybody here can read."))
    able = queries.handlers_for(None, reported)
    report = Report.objects.create(
        server=server[:255], reported=reported, words=words[:MAX_WORDS], handler=able[0] if able else None
    )
    _copy(report, posts[:MAX_POSTS])
    emit(ReportMade(report_id=report.pk))
    return report


@transaction.atomic
def choose_handler(reporter: Actor, *, report: Report, handler: Actor) -> Report:
    """Give one's report to somebody else; whoever had it does not read it any more.

    Raises:
        NotThere: somebody else's, or not open any more.
        NoSuchHandler: that person cannot hear it.
    """
    report = _own_open(reporter, report)
    _check_handler(handler, reporter=reporter, reported=report.reported)
    if report.handler_id != handler.pk:
        report.handler = handler
        report.save(update_fields=["handler"])
        emit(HandlerChosen(report_id=report.pk))
    return report


@transaction.atomic
def withdraw_report(reporter: Actor, *, report: Report) -> None:
    """Take a report back while nothing has been decided: its words, and those handed over, are deleted.

    Raises:
        NotThere: somebody else's, or not open any more.
    """
    report = _own_open(reporter, report)
    report.withdrawn_at = clock.now()
    report.save(update_fields=["withdrawn_at"])
    forget_words([report.pk])


def _own_open(reporter: Actor, report: Report) -> Report:
    current = Report.objects.select_for_update().select_related("reported").filter(pk=report.pk).first()
    if current is None or current.reporter_id != reporter.pk or not current.is_open:
        raise NotThere(_("That report is not open any more."))
    return current


def _check_handler(handler: Actor | None, *, reporter: Actor, reported: Actor) -> None:
    if handler is None:
        if queries.handlers_for(reporter, reported):
            raise NoSuchHandler(_("Choose who reads this."))
        return
    if not rules.may_handle(queries.hearing_of(handler, reporter=reporter, reported=reported)):
        raise NoSuchHandler(_("That person cannot hear this report."), hint=_("Choose somebody else."))


def _check_size(words: str, posts: Sequence[Post]) -> None:
    if len(words) > MAX_WORDS:
        raise TooLong(
            ngettext("A report holds up to %(most)d character.", "A report holds up to %(most)d characters.", MAX_WORDS)
            % {"most": MAX_WORDS}
        )
    if len(posts) > MAX_POSTS:
        raise TooLong(
            ngettext(
                "With a report one hands over up to %(most)d post.",
                "With a report one hands over up to %(most)d posts.",
                MAX_POSTS,
            )
            % {"most": MAX_POSTS}
        )


def _hand_over(report: Report, *, readers: Actor, posts: Sequence[Post]) -> None:
    """Copies of what the reporter can read at this moment, and of nothing else."""
    wanted = {post.pk for post in posts}
    readable = list(readable_by(readers).filter(pk__in=wanted, author=report.reported).order_by("pk"))
    if len(readable) != len(wanted):
        raise NotToBeReported(_("One of these posts is not theirs, or not for you any more."), hint=_("Look again."))
    _copy(report, readable)


def _copy(report: Report, posts: Sequence[Post]) -> None:
    HandedOver.objects.bulk_create(
        HandedOver(
            report=report,
            post_uri=post.uri,
            reach=post.reach,
            title=post.title,
            summary=post.summary,
            html=post.html,
            language=post.language,
            said_at=post.said_at,
        )
        for post in posts
    )
