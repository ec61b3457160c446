"""For those who hear reports: what waits for them, one report, what was decided."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from speak.kernel.errors import Refusal
from speak.safety import actions, queries
from speak.safety.models import Report
from speak.web.forms.refused import STATUS, put_into
from speak.web.forms.safety import DecideForm
from speak.web.shown.safety import safety_ways, shown_decision, shown_report
from speak.web.viewer import signed_in

AT_ONCE = 30


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits, the longest first; whoever hears no reports is led to those who do."""
    viewer = signed_in(request)
    if not queries.hears_reports(viewer):
        return redirect("safety_people")
    context = {
        "reports": [shown_report(report) for report in queries.reports_waiting_for(viewer)],
        "ways": safety_ways(viewer, "safety"),
    }
    return render(request, "web/safety/waiting.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """A report, for the one who was chosen and for its reporter; decided by the first."""
    viewer = signed_in(request)
    report = queries.report_for(viewer, report_id)
    form = DecideForm(request.POST or None) if _may_decide(request, report) else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            actions.decide_report(viewer, report=report, outcome=form.decided())
        except Refusal as refusal:
            put_into(form, refusal)
        else:
            messages.success(request, _("Decided."))
            return redirect("safety")
    context = {
        "report": shown_report(report),
        "form": form,
        "is_mine": report.reporter_id == viewer.pk,
        "ways": safety_ways(viewer, ""),
    }
    return render(request, "web/safety/one_report.html", context, status=STATUS if form and form.errors else 200)


@login_required
@require_POST
def hand_back(request: HttpRequest, report_id: int) -> HttpResponse:
    """Leave it to somebody else."""
    viewer = signed_in(request)
    actions.hand_back_report(viewer, report=queries.report_for(viewer, report_id))
    messages.success(request, _("You have handed it back. Whoever reported it chooses somebody else."))
    return redirect("safety")


@login_required
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What was decided, the latest first; not who reported, and nothing about oneself."""
    viewer = signed_in(request)
    page = Paginator(queries.decisions_for(viewer), AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "decisions": [shown_decision(decision) for decision in page.object_list],
        "page": page,
        "ways": safety_ways(viewer, "safety_log"),
    }
    return render(request, "web/safety/log.html", context)


def _may_decide(request: HttpRequest, report: Report) -> bool:
    return report.is_open and report.handler_id == signed_in(request).pk
