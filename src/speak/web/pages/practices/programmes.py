"""Programmes: those that ship, one's own, as files to bring and to take along."""

import re
import unicodedata

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from speak.kernel.errors import NotFound, Refusal
from speak.rooms import catalogue
from speak.rooms.actions import drop_programme, keep_programme
from speak.rooms.models import Programme
from speak.rooms.programmes import (
    MAX_BYTES,
    ProgrammeText,
    export,
    moved,
    parse,
    parse_bytes,
    shipped,
    with_practice,
    without,
)
from speak.rooms.queries import programme_for, programmes_of
from speak.web.forms.practices import OwnPracticeForm, ProgrammeFileForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.shown.practices import shown_weeks
from speak.web.viewer import signed_in


@login_required
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes there are to choose from, and the place to bring one."""
    return _list(request, ProgrammeFileForm())


@login_required
@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Take in a programme's file, or say in which line it is wrong and why; then nothing has changed."""
    viewer = signed_in(request)
    form = ProgrammeFileForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data["file"].read(MAX_BYTES + 1)
        try:
            kept = keep_programme(viewer, text=export(parse_bytes(data)))
        except Refusal as refusal:
            put_into(form, refusal, field="file")
        else:
            messages.success(
                request, _("“%(title)s” is here. Only you can see it until a room chooses it.") % {"title": kept.title}
            )
            return redirect("programme", kept.pk)
    return _list(request, form, status=STATUS)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def programme(request: HttpRequest, programme_id: int) -> HttpResponse:
    """One of one's own programmes, to change."""
    viewer = signed_in(request)
    kept = programme_for(viewer, programme_id)
    if request.method == "POST":
        if request.POST.get("do") == "drop":
            drop_programme(viewer, programme=kept)
            messages.success(request, _("It is gone."))
            return redirect("programmes")
        keep_programme(viewer, text=export(changed(parse(kept.source), request.POST)), programme=kept)
        return redirect("programme", kept.pk)
    return _page(request, kept, OwnPracticeForm())


@login_required
@require_POST
def write_own(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Write a practice of one's own into a programme of one's own."""
    viewer = signed_in(request)
    kept = programme_for(viewer, programme_id)
    form, text = OwnPracticeForm(request.POST), parse(kept.source)
    if form.is_valid():
        taken = {*catalogue.practices(), *(entry.practice.slug for entry in text.entries)}
        own = form.practice(_slug(form.cleaned_data["title"], taken))
        try:
            keep_programme(viewer, text=export(with_practice(text, own)), programme=kept)
        except Refusal as refusal:
            put_into(form, refusal)
        else:
            return redirect("programme", kept.pk)
    return _page(request, kept, form, status=STATUS)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shipped_programme(request: HttpRequest, name: str) -> HttpResponse:
    """A programme that ships, to read, or to make one's own of."""
    text = _shipped(name)
    if request.method == "POST":
        kept = keep_programme(signed_in(request), text=export(text))
        messages.success(request, _("This copy is yours to change."))
        return redirect("programme", kept.pk)
    context = {"programme": text, "weeks": shown_weeks(text), "name": name}
    return render(request, "web/practices/programme.html", context)


@login_required
@require_safe
def take_along(request: HttpRequest, programme_id: int) -> HttpResponse:
    """One of one's own as a file."""
    kept = programme_for(signed_in(request), programme_id)
    return _file(kept.source, _slug(kept.title, set()))


@require_safe
def take_shipped_along(_request: HttpRequest, name: str) -> HttpResponse:
    """One that ships as a file."""
    return _file(export(_shipped(name)), name)


def changed(text: ProgrammeText, data: QueryDict) -> ProgrammeText:
    """A programme with what a form asks for: up or down one place, left out, or one more practice.

    Raises:
        Refusal: there is no such place or practice.
    """
    place = place_in(data)
    match data.get("do", ""):
        case "up":
            return moved(text, place=place, to=place - 1)
        case "down":
            return moved(text, place=place, to=place + 1)
        case "leave_out":
            return without(text, place=place)
        case "add":
            return with_practice(text, catalogue.practice(data.get("practice", "")))
        case _:
            return text


def place_in(data: QueryDict) -> int:
    """The place, from 0, that a button names; -1, where nothing stands, where it names none."""
    given = data.get("place", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else -1  # noqa: PLR2004 - five digits


def _shipped(name: str) -> ProgrammeText:
    text = shipped().get(name)
    if text is None:
        raise NotFound(_("There is no such programme."))
    return text


def _list(request: HttpRequest, form: ProgrammeFileForm, *, status: int = 200) -> HttpResponse:
    viewer = signed_in(request)
    context = {"form": form, "mine": programmes_of(viewer), "shipped": list(shipped().items())}
    return render(request, "web/practices/programmes.html", context, status=status)


def _page(request: HttpRequest, kept: Programme, form: OwnPracticeForm, *, status: int = 200) -> HttpResponse:
    text = parse(kept.source)
    known = {entry.practice.slug for entry in text.entries}
    context = {
        "programme": text,
        "weeks": shown_weeks(text),
        "kept": kept,
        "form": form,
        "others": [each for each in catalogue.practices().values() if each.slug not in known],
    }
    return render(request, "web/practices/programme.html", context, status=status)


def _slug(title: str, taken: set[str]) -> str:
    """A slug for a title that none of `taken` is."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "own"
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _file(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.toml"'}
    return HttpResponse(text, content_type="application/toml; charset=utf-8", headers=headers)
