"""Archives that somebody brings: bringing one, how far it is, what it shows, having it forgotten."""

import datetime as dt
import shutil
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from speak.identity.models import Actor
from speak.identity.queries import known_actor
from speak.kernel.errors import Invalid, NotAllowed, Refusal
from speak.mirror.bringing import Beside, bring, forget, share
from speak.mirror.brought import State, brought_by, brought_for, own_in, shared_here
from speak.mirror.groups import MOST_BYTES
from speak.mirror.here import MICROS
from speak.web.forms.mirror import BringForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.shown.own_mirror import about, week_of
from speak.web.tickets import holder_of, ticket_for
from speak.web.viewer import signed_in


@login_required
@require_safe
def archives(request: HttpRequest) -> HttpResponse:
    """What one brought, what others show, and the way to bring one."""
    return _page(request, signed_in(request), BringForm())


@login_required
@require_POST
def bring_one(request: HttpRequest, ticket: str) -> HttpResponse:
    """Take an archive in; it is looked at by the worker."""
    viewer = signed_in(request)
    if holder_of(ticket) != viewer.pk or not settings.SPEAK_MIRROR_UPLOAD_MB:
        raise NotAllowed(_("This way is closed."), hint=_("Open the page of archives again, and bring it from there."))
    form = BringForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        groups = given["groups"].read(MOST_BYTES + 1) if given["groups"] else b""
        beside = Beside(groups, [line.strip() for line in given["stays_out"].splitlines() if line.strip()])
        try:
            brought = bring(
                viewer,
                called=given["name"],
                file_name=given["archive"].name,
                put=lambda path: _put(given["archive"], path),
                beside=beside,
            )
        except Refusal as refusal:
            put_into(form, refusal, field="archive")
        else:
            return redirect("mirror_archive", brought.token)
    return _page(request, viewer, form)


@login_required
@require_safe
def archive(request: HttpRequest, token: str) -> HttpResponse:
    """How far it is, or what became of it."""
    viewer = signed_in(request)
    brought = brought_for(viewer, token)
    context = {
        "brought": brought,
        "is_mine": brought.owner_id == viewer.pk,
        "bringer": known_actor(brought.owner_id).called,
        "is_under_way": brought.state in {State.WAITING, State.READING},
        "is_done": brought.state == State.DONE,
    }
    return render(request, "web/mirror/archive.html", context)


@login_required
@require_safe
def own_in_archive(request: HttpRequest, token: str) -> HttpResponse:
    """What whoever brought it sees of themselves; nobody else, however much it is shared."""
    viewer = signed_in(request)
    own = own_in(viewer, token)
    context = {
        "brought": brought_for(viewer, token),
        "own": own,
        "waiting": [(name, dt.datetime.fromtimestamp(since / MICROS, tz=dt.UTC)) for name, since in own.awaiting],
        "week": week_of(own.rhythm),
        "about_both_ways": about("own/both_ways"),
        "about_awaiting": about("own/awaiting"),
        "about_used_to": about("own/used_to"),
        "about_week": about("own/rhythm"),
    }
    response = render(request, "web/mirror/own_in_archive.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def act_on_archive(request: HttpRequest, token: str) -> HttpResponse:
    """Show it to everybody here, to nobody else any more, or have it forgotten."""
    viewer = signed_in(request)
    match request.POST.get("act", ""):
        case "share":
            share(viewer, token, is_shared=True)
            messages.success(request, _("Everybody here can read the report now."))
        case "keep":
            share(viewer, token, is_shared=False)
            messages.success(request, _("Only you can read the report now."))
        case "forget":
            forget(viewer, token)
            messages.success(request, _("It is forgotten."))
            return redirect("mirror_archives")
        case _:
            raise Invalid(_("There is no such thing to do."))
    return redirect("mirror_archive", token)


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """What to tell everybody in a conversation before it is looked at."""
    return render(request, "web/mirror/notice.html")


def _page(request: HttpRequest, viewer: Actor, form: BringForm) -> HttpResponse:
    context = {
        "form": form,
        "ticket": ticket_for(viewer.pk),
        "most": settings.SPEAK_MIRROR_UPLOAD_MB,
        "mine": brought_by(viewer),
        "shared": shared_here(viewer),
    }
    return render(request, "web/mirror/archives.html", context, status=STATUS if form.errors else 200)


def _put(file: UploadedFile[bytes], path: Path) -> None:
    """What arrived is moved, not copied, if it is on the disk."""
    if isinstance(file, TemporaryUploadedFile):
        shutil.move(file.temporary_file_path(), path)
        path.chmod(0o600)
        return
    path.write_bytes(file.read())
