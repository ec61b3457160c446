"""The phone in the meeting: the step on the screen, those who wait for an answer, and a place to write."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import NotFound, Refusal
from speak.rooms import actions, queries
from speak.rooms.models import Room
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.queries import post_for
from speak.voice.reach import Reach
from speak.web.forms.meeting import AnswerForm, SayForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.pages.meeting.parts import Part, answer, part, state_of
from speak.web.pages.meeting.typed import ANSWER, Typed, keep, number, taken_up, typed_in
from speak.web.shown import meeting as shown
from speak.web.viewer import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def now(request: HttpRequest, room_id: int) -> HttpResponse:
    """What goes on in the room at this moment, for somebody in it."""
    viewer = signed_in(request)
    room = queries.room_for(viewer, room_id)
    if request.method != "POST":
        return _page(request, viewer, room, typed=taken_up(request, room))
    typed = typed_in(request)
    match request.POST.get("do", ""):
        case "show" | "hide" as wanted:
            actions.agree_to_be_shown(viewer, room=room, agrees=wanted == "show")
            return _again(request, room, typed)
        case wanted if wanted.startswith(ANSWER):
            return _answer(request, viewer, room, typed=typed, post_id=number(wanted.removeprefix(ANSWER)))
        case _:
            return _say(request, viewer, room, typed=typed)


@login_required
@require_safe
def now_parts(request: HttpRequest, room_id: int) -> HttpResponse:
    """What has changed on the phone's page."""
    viewer = signed_in(request)
    room = queries.room_for(viewer, room_id)
    return answer(request, _parts(request, viewer, room, talks=shown.shown_talks(viewer, room)))


def _again(request: HttpRequest, room: Room, typed: Typed) -> HttpResponse:
    keep(request, room, typed)
    return redirect("room_now", room.pk)


def _say(request: HttpRequest, viewer: Actor, room: Room, *, typed: Typed) -> HttpResponse:
    form = SayForm(request.POST)
    if form.is_valid():
        try:
            words = Words(source=typed.words, language=_language(viewer))
            publish_post(viewer, words=words, audience=Audience(Reach.ROOM, room=room.pk))
        except Refusal as refusal:
            put_into(form, refusal, field="words")
        else:
            messages.success(request, _("Said, to the people in this room."))
            return _again(request, room, typed.without_words())
    return _page(request, viewer, room, typed=typed, refused=form)


def _answer(request: HttpRequest, viewer: Actor, room: Room, *, typed: Typed, post_id: int) -> HttpResponse:
    form = AnswerForm({"in_reply_to": post_id, "words": typed.answers.get(post_id, "")})
    if form.is_valid():
        try:
            answered = _answered_in(viewer, room, form.cleaned_data["in_reply_to"])
            words = Words(source=form.cleaned_data["words"], language=_language(viewer))
            audience = Audience(Reach.ROOM, stays_in_thread=True, room=room.pk)
            publish_post(viewer, words=words, audience=audience, in_reply_to=answered)
        except Refusal as refusal:
            put_into(form, refusal, field="words")
        else:
            messages.success(request, _("Answered."))
            return _again(request, room, typed.without_answer(post_id))
    return _page(request, viewer, room, typed=typed, refused=form)


def _answered_in(viewer: Actor, room: Room, post_id: int) -> Post:
    """Something said in this room that the viewer can read.

    Raises:
        NotFound: it is not there any more, or was said elsewhere.
    """
    post = post_for(viewer, post_id)
    if post.room != room.pk:
        raise NotFound(_("What you answer was not said in this room."))
    return post


def _language(viewer: Actor) -> str:
    return viewer.user.language if viewer.user else ""


def _parts(
    request: HttpRequest,
    viewer: Actor,
    room: Room,
    *,
    talks: list[shown.ShownTalk],
    answering: AnswerForm | None = None,
) -> list[Part]:
    entry = queries.step_shown_in(room)
    step = shown.shown_step(entry) if entry else None
    waiting = list({talk.post.author.name: talk for talk in talks if talk.waits}.values())
    is_said = {
        "room": room,
        "readers": shown.readers_in_words(viewer, room),
        "is_shown": queries.member_of(viewer, room).is_shown,
        "is_meeting": queries.is_meeting(room),
    }
    is_step = {
        "room": room,
        "step": step,
        "with_names": shown.groups_in_words(room, practice=step.slug, without=viewer) if step else [],
        "waiting": waiting,
        "is_meeting": is_said["is_meeting"],
    }
    is_talk = {
        "room": room,
        "talks": talks,
        "may_say": _may_say(room),
        "opens": step is not None and step.kind != shown.SAYING,
        "answering": answering,
        "answered_id": answering["in_reply_to"].value() if answering else 0,
    }
    return [part(request, "step", is_step), part(request, "who", is_said), part(request, "talk", is_talk)]


def _page(
    request: HttpRequest,
    viewer: Actor,
    room: Room,
    *,
    typed: Typed,
    refused: SayForm | AnswerForm | None = None,
) -> HttpResponse:
    if not _may_say(room):
        keep(request, room, typed)
    talks = shown.shown_talks(viewer, room)
    there = {talk.post.id for talk in talks}
    typed = typed.beside(there)
    talks = [replace(talk, typed=typed.answers.get(talk.post.id, "")) for talk in talks]
    answering = refused if isinstance(refused, AnswerForm) and refused["in_reply_to"].value() in there else None
    parts = _parts(request, viewer, room, talks=talks, answering=answering)
    entry = queries.step_shown_in(room)
    context = {
        "room": room,
        "parts": {each.id: each for each in parts},
        "state": state_of(parts),
        "form": _box(typed, None if answering else refused),
        "kind": shown.kind_of(entry.practice) if entry else "",
        "is_host": room.host_id == viewer.pk,
        "is_over": room.is_over(clock.now()),
        "rests": room.paused_at is not None,
    }
    return render(request, "web/meeting/now.html", context, status=STATUS if refused else 200)


def _box(typed: Typed, refused: SayForm | AnswerForm | None) -> SayForm:
    """The place to write, as one left it, and why what stands in it was not said."""
    if refused is None:
        return SayForm(initial={"words": typed.words})
    box = SayForm({"words": typed.words})
    box.errors["words"] = refused.errors.get("words", refused.error_class())
    return box


def _may_say(room: Room) -> bool:
    return not room.is_over(clock.now()) and room.paused_at is None
