"""What is not said yet; only its author ever sees it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from speak.federation.elsewhere.choosing import Offered, check_choice, places_to_choose
from speak.federation.elsewhere.wording import choice_in_words
from speak.identity.models import Actor
from speak.voice import actions
from speak.voice.audience import Audience
from speak.voice.models import Draft
from speak.voice.queries import draft_of, drafts_of
from speak.voice.reach import Reach
from speak.web.buttons import pressed
from speak.web.pages.compose import held_sentence, tomorrow_morning
from speak.web.paging import PER_PAGE
from speak.web.shown.audiences import audience_to_be
from speak.web.shown.posts import cut
from speak.web.viewer import signed_in

MOST = PER_PAGE * 5


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """A draft in a list."""

    id: int
    title: str
    opening: str
    language: str
    audience: str
    also_at: tuple[str, ...]
    answers_name: str
    changed_at: dt.datetime
    held_until: dt.datetime | None
    last_refusal: str
    has_pictures: bool
    reader_name: str


@login_required
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """What one keeps and holds, last changed first."""
    viewer = signed_in(request)
    places = {place.id: place for place in places_to_choose(viewer)}
    shown = [
        _shown(draft, places)
        for draft in drafts_of(viewer).select_related("look__reader").prefetch_related("people")[:MOST]
    ]
    return render(request, "web/drafts.html", {"drafts": shown})


@login_required
@require_POST
def act_on_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Say it, hold it, or drop it."""
    viewer = signed_in(request)
    act = pressed(request, ACTS, name="do")
    return act(request, viewer, draft_of(viewer, draft_id))


def _shown(draft: Draft, places: Mapping[int, Offered]) -> ShownDraft:
    people = [person.called for person in draft.people.all()]
    return ShownDraft(
        id=draft.pk,
        title=draft.title,
        opening=cut(draft.source),
        language=draft.language,
        audience=audience_to_be(Reach(draft.reach), people, stays_in_thread=draft.stays_in_thread),
        also_at=tuple(
            choice_in_words(places[chosen].kind, places[chosen].name) for chosen in draft.also_at if chosen in places
        ),
        answers_name=draft.in_reply_to.author.called if draft.in_reply_to else "",
        changed_at=draft.changed_at,
        held_until=draft.held_until,
        last_refusal=draft.last_refusal,
        has_pictures=bool(draft.media.all()),
        reader_name=draft.look.reader.called if hasattr(draft, "look") else "",
    )


def _say(request: HttpRequest, viewer: Actor, draft: Draft) -> HttpResponse:
    _check_places(viewer, draft)
    post = actions.say_draft(viewer, draft=draft)
    messages.success(request, _("Said."))
    return redirect(post.path)


def _hold(request: HttpRequest, viewer: Actor, draft: Draft) -> HttpResponse:
    _check_places(viewer, draft)
    actions.hold_draft(viewer, draft=draft, until=tomorrow_morning())
    messages.success(request, held_sentence())
    return redirect("drafts")


def _check_places(viewer: Actor, draft: Draft) -> None:
    """What was ticked is refused now, while its author is here, rather than left out without a word."""
    audience = Audience(Reach(draft.reach), stays_in_thread=draft.stays_in_thread, also_at=tuple(draft.also_at))
    check_choice(viewer, audience=audience, answered=draft.in_reply_to)


def _drop(request: HttpRequest, viewer: Actor, draft: Draft) -> HttpResponse:
    actions.drop_draft(viewer, draft=draft)
    messages.success(request, _("Dropped. No trace of it is left."))
    return redirect("drafts")


ACTS: dict[str, Callable[[HttpRequest, Actor, Draft], HttpResponse]] = {"say": _say, "hold": _hold, "drop": _drop}
