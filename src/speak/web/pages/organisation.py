"""The page that is the sum of voices, and the window."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from speak.identity.actions import ProfileWords
from speak.identity.models import Actor
from speak.identity.queries import actor_called, people_seen
from speak.kernel.errors import Refusal
from speak.rooms.actions import (
    agree_to_be_gathered,
    answer_about_week,
    ask_for_week,
    describe_organisation,
    found_organisation,
    open_window,
    speak_at_window,
)
from speak.rooms.models import Organisation
from speak.rooms.queries import (
    is_gathered,
    is_keeper,
    may_ask_for_weeks,
    people_elsewhere,
    rooms_of,
    said_at,
    stories_told,
    the_organisation,
    the_window,
    this_week,
    turn_for,
    turn_now,
    turns_asked_of,
    turns_of,
)
from speak.voice.actions import Words
from speak.voice.queries import posts_of
from speak.web.forms.organisation import AskForWeekForm, AtWindowForm, NewOrganisationForm, OrganisationForm, WindowForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.pages.settings.appearance import bytes_of
from speak.web.paging import id_in, page_of
from speak.web.shown.gathered import shown_person_elsewhere
from speak.web.shown.people import shown_person
from speak.web.shown.posts import shown_entries, shown_posts
from speak.web.shown.rooms import shown_room
from speak.web.shown.stories import shown_story
from speak.web.viewer import signed_in, viewer_of

Boxes = dict[str, AtWindowForm | AskForWeekForm | WindowForm]
MOST_PEOPLE, MOST_STORIES, MOST_TURNS = 200, 5, 12


@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest) -> HttpResponse:
    """Who they are together: people, stories, and what each said to anyone. It says nothing itself."""
    viewer = viewer_of(request)
    found = the_organisation()
    runs_it = viewer is not None and viewer.runs_this_server
    form = _form(request, found) if runs_it else None
    if (
        request.method == "POST"
        and form is not None
        and form.is_valid()
        and _described(signed_in(request), found, form)
    ):
        return redirect("organisation")
    context: dict[str, object] = {"form": form, "organisation": None}
    if found is not None:
        page = page_of(request, lambda window: posts_of(viewer, found.actor, window), id_of=lambda entry: entry.id)
        context |= {
            "organisation": shown_person(found.actor),
            "people": [shown_person(actor) for actor in people_seen(viewer)[:MOST_PEOPLE]],
            "elsewhere": [shown_person_elsewhere(person) for person in people_elsewhere(viewer, found)],
            "is_keeper": viewer is not None and is_keeper(viewer),
            "stories": [shown_story(story) for story in stories_told(viewer)[:MOST_STORIES]],
            "rooms": [shown_room(viewer, room) for room in rooms_of(viewer)] if viewer else [],
            "is_gathered": viewer is not None and is_gathered(viewer),
            "has_window": the_window() is not None,
            "posts": shown_entries(viewer, page.items),
            "older_url": page.older_url,
            "newer_url": page.newer_url,
        }
    return render(
        request, "web/organisation/organisation.html", context, status=STATUS if form and form.errors else 200
    )


@login_required
@require_POST
def gathered(request: HttpRequest) -> HttpResponse:
    """Agree that one's public words are gathered there, or agree no more."""
    agree_to_be_gathered(signed_in(request), agrees=request.POST.get("do") == "agree")
    messages.success(request, _("Noted."))
    return redirect("organisation")


@require_http_methods(["GET", "HEAD", "POST"])
def window(request: HttpRequest) -> HttpResponse:
    """Whose week it is, and what they say; earlier weeks below."""
    viewer = viewer_of(request)
    found = the_window()
    boxes: Boxes = {
        "say": AtWindowForm(),
        "ask": AskForWeekForm(initial={"week": this_week()}),
        "open": WindowForm(initial={"name": found.name, "sentence": found.sentence} if found else None),
    }
    status = 200
    if request.method == "POST":
        do = request.POST.get("do", "")
        if _done(request, signed_in(request), do=do, boxes=boxes):
            return redirect("window")
        status = STATUS
    now = turn_now(found) if found else None
    context = {
        "window": found,
        "speaker": shown_person(now.actor) if now else None,
        "is_mine": bool(now and viewer and now.actor_id == viewer.pk),
        "asked": list(turns_asked_of(viewer)) if viewer else [],
        "turns": [(turn.week, shown_person(turn.actor)) for turn in turns_of(found)[:MOST_TURNS]] if found else [],
        "posts": shown_posts(viewer, said_at(viewer, found)) if found else [],
        "may_ask": viewer is not None and found is not None and may_ask_for_weeks(viewer),
        "runs_it": viewer is not None and viewer.runs_this_server,
        "forms": boxes,
    }
    return render(request, "web/organisation/window.html", context, status=status)


def _form(request: HttpRequest, found: Organisation | None) -> OrganisationForm:
    data, brought = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    if found is None:
        return NewOrganisationForm(data, brought)
    return OrganisationForm(data, brought, initial={"name": found.actor.name, "sentence": found.actor.aim})


def _described(operator: Actor, found: Organisation | None, form: OrganisationForm) -> bool:
    given = form.cleaned_data
    words = ProfileWords(name=given["name"], aim=given["sentence"])
    try:
        if found is None:
            found_organisation(operator, handle=given["handle"], words=words)
        describe_organisation(
            operator, words=words, picture=bytes_of(given["picture"]), shows=given["picture_description"]
        )
    except Refusal as refusal:
        put_into(form, refusal)
        return False
    return True


def _done(request: HttpRequest, viewer: Actor, *, do: str, boxes: Boxes) -> bool:
    """Whether what a button says was done; otherwise its form says why not."""
    if do in {"accept", "decline"}:
        turn = turn_for(viewer, id_in(request.POST.get("turn", "")) or 0)
        answer_about_week(viewer, turn=turn, accepts=do == "accept")
        return True
    if do not in boxes:
        return False
    form = boxes[do] = type(boxes[do])(request.POST)
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        if do == "say":
            speak_at_window(viewer, words=Words(given["words"].replace("\r\n", "\n")))
        elif do == "open":
            open_window(viewer, name=given["name"], sentence=given["sentence"])
        elif found := the_window():
            ask_for_week(viewer, window=found, actor=actor_called(viewer, given["address"]), week=given["week"])
    except Refusal as refusal:
        put_into(form, refusal)
        return False
    return True
