"""Telling somebody one chooses that something is wrong; what came of it; choosing another; taking it back."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from speak.identity.models import Actor
from speak.identity.queries import actor_at_address, relations_to
from speak.kernel.errors import Refusal
from speak.safety import actions, queries
from speak.safety.actions import Complaint
from speak.safety.errors import NotToBeReported
from speak.voice.models import Post
from speak.voice.queries import post_for, readable_by
from speak.web.forms.refused import STATUS, put_into
from speak.web.forms.safety import ChooseHandlerForm, ReportForm
from speak.web.paging import id_in
from speak.web.shown.people import shown_person
from speak.web.shown.safety import reach_in_words, safety_ways, shown_limit, shown_report
from speak.web.viewer import signed_in

MOST_POSTS = 10


@dataclass(frozen=True, slots=True)
class About:
    """Whom a report is about, what of theirs may be handed over, and which of it is ticked at first."""

    reported: Actor
    posts: list[Post]
    chosen: list[int]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report somebody (?actor=address) or something (?post=id) to one person of one's choice."""
    viewer = signed_in(request)
    about = _about(request, viewer)
    handlers = queries.handlers_for(viewer, about.reported)
    data = request.POST if request.method == "POST" else None
    form = ReportForm(data, reported=about.reported, handlers=handlers, posts=about.posts, chosen=about.chosen)
    if request.method == "POST" and form.is_valid():
        complaint = Complaint(
            form.cleaned_data["words"], form.handed_over(), bool(form.cleaned_data.get("is_forwarded"))
        )
        try:
            made = actions.make_report(viewer, reported=about.reported, complaint=complaint, handler=form.chosen())
        except Refusal as refusal:
            put_into(form, refusal)
        else:
            messages.success(request, _said_of(made.handler))
            return redirect("safety_mine")
    context = {
        "form": form,
        "person": shown_person(about.reported),
        "relation": relations_to(viewer, [about.reported])[about.reported.pk],
        "offered": _offered(form, about),
        "address": request.get_full_path(),
    }
    return render(request, "web/safety/report.html", context, status=STATUS if form.errors else 200)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own reports and what came of them; and what was decided about oneself."""
    viewer = signed_in(request)
    rows = []
    for made in queries.reports_by(viewer):
        able = queries.handlers_for(viewer, made.reported) if made.is_open else []
        others = [one for one in able if one.pk != made.handler_id]
        rows.append(
            {
                "report": shown_report(made),
                "is_heard": made.handler in able,
                "others": ChooseHandlerForm(handlers=others) if others else None,
            }
        )
    context = {
        "rows": rows,
        "limits": [shown_limit(limit) for limit in queries.limits_on(viewer)],
        "ways": safety_ways(viewer, "safety_mine"),
    }
    return render(request, "web/safety/mine.html", context)


@login_required
@require_POST
def choose(request: HttpRequest, report_id: int) -> HttpResponse:
    """Give one's report to somebody else."""
    viewer = signed_in(request)
    made = queries.report_for(viewer, report_id)
    form = ChooseHandlerForm(request.POST, handlers=queries.handlers_for(viewer, made.reported))
    chosen = form.chosen() if form.is_valid() else None
    if chosen is None:
        messages.error(request, _("Choose who reads it."))
    else:
        actions.choose_handler(viewer, report=made, handler=chosen)
        messages.success(request, _said_of(chosen))
    return redirect("safety_mine")


@login_required
@require_POST
def withdraw(request: HttpRequest, report_id: int) -> HttpResponse:
    """Take one's report back."""
    viewer = signed_in(request)
    actions.withdraw_report(viewer, report=queries.report_for(viewer, report_id))
    messages.success(request, _("Taken back. What it said, and what you handed over, is deleted here."))
    return redirect("safety_mine")


def _about(request: HttpRequest, viewer: Actor) -> About:
    post_id = id_in(request.GET.get("post", ""))
    post = post_for(viewer, post_id) if post_id is not None else None
    reported = post.author if post else actor_at_address(request.GET.get("actor", ""))
    if reported == viewer:
        raise NotToBeReported(_("You cannot report yourself."), hint=_("What you said you can take back at any hour."))
    said = readable_by(viewer).filter(author=reported).order_by("-pk")
    posts = list(said[:MOST_POSTS])
    if post is not None and post not in posts:
        posts.insert(0, post)
    return About(reported, posts, [post.pk] if post else [])


def _offered(form: ReportForm, about: About) -> list[dict[str, object]]:
    """Each post that may be handed over, with its box to tick and who can read it now."""
    if "posts" not in form.fields:
        return []
    return [
        {"box": box, "post": post, "audience": reach_in_words(post.reach)}
        for box, post in zip(form["posts"], about.posts, strict=True)
    ]


def _said_of(handler: Actor | None) -> str:
    if handler is None:
        return _("Your report waits. You are told as soon as there is somebody to read it.")
    return _("%(name)s reads it, and nobody else.") % {"name": handler.called}
