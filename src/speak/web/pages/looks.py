"""A second pair of eyes: showing one reader what is not said yet, and asking about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from speak.identity.models import Actor
from speak.identity.queries import actor_called
from speak.kernel.errors import Refusal
from speak.voice import actions
from speak.voice.models import Draft, Look
from speak.voice.queries import draft_of, look_at, look_for
from speak.voice.reach import Reach
from speak.voice.text import render as rendered
from speak.web.forms.looking import QuestionForm, ReaderForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.shown.audiences import audience_to_be
from speak.web.shown.looks import shown_look
from speak.web.shown.people import shown_person
from speak.web.shown.posts import cut, shown_picture
from speak.web.viewer import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Choose the one person who may look at a draft; or take it back from them."""
    viewer = signed_in(request)
    draft = draft_of(viewer, draft_id)
    form = ReaderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reader = actor_called(viewer, form.cleaned_data["reader"])
            actions.show_draft(viewer, draft=draft, reader=reader, wish=form.cleaned_data["wish"])
        except Refusal as refusal:
            put_into(form, refusal, field="reader")
        else:
            messages.success(request, _("%(name)s can read it now, and ask you about it.") % {"name": reader.called})
            return redirect(actions.page_of(draft))
    look = look_at(draft)
    context = {
        "form": form,
        "draft_id": draft.pk,
        "opening": cut(f"{draft.title} {draft.source}"),
        "language": draft.language,
        "look": shown_look(look) if look else None,
    }
    return render(request, "web/looks/show.html", context, status=STATUS if form.errors else 200)


@login_required
@require_POST
def take_back(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Show a draft to nobody any more."""
    viewer = signed_in(request)
    draft = draft_of(viewer, draft_id)
    actions.take_look_back(viewer, draft=draft)
    messages.success(request, _("Only you can read it again."))
    return redirect(actions.page_of(draft))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, look_id: int) -> HttpResponse:
    """Read what somebody shows before saying it, and ask about it."""
    viewer = signed_in(request)
    shown = look_for(viewer, look_id)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_about(viewer, look=shown, words=form.cleaned_data["words"])
        except Refusal as refusal:
            put_into(form, refusal, field="words")
        else:
            messages.success(request, _("Asked. %(name)s reads it beside the draft.") % {"name": _author(shown).called})
            return redirect("look", look_id=look_id)
    context = {"form": form, "look": shown_look(shown), **_words_of(shown.draft)}
    return render(request, "web/looks/look.html", context, status=STATUS if form.errors else 200)


def _author(look_at_it: Look) -> Actor:
    return look_at_it.draft.author


def _words_of(draft: Draft) -> dict[str, object]:
    """The draft as it would stand there, in its author's own words; names in it lead nowhere yet."""
    words = rendered(draft.source, is_article=bool(draft.title), known={}, tag_url="/tags/", here="")
    people = [person.called for person in draft.people.all()]
    return {
        "author": shown_person(draft.author),
        "title": draft.title,
        "words_html": words.html,
        "language": draft.language,
        "audience": audience_to_be(Reach(draft.reach), people, stays_in_thread=draft.stays_in_thread),
        "pictures": [shown_picture(media) for media in draft.media.all()],
    }
