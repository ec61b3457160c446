"""Asking one person in, and being asked."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from speak.identity.actions import make_person
from speak.identity.models import Actor
from speak.identity.queries import actor_called
from speak.kernel import mail
from speak.kernel.errors import Refusal
from speak.rooms.actions import Asked, accept_invitation, decline_invitation, invite, withdraw_invitation
from speak.rooms.errors import GoFirst
from speak.rooms.models import Invitation, Room
from speak.rooms.queries import (
    has_nobody_to_answer,
    invitation_by_token,
    invitation_for,
    memberships_of,
    open_invitations,
    record_of,
    room_for,
)
from speak.rooms.rules import missing_to_invite
from speak.web.forms.joining import JoinForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.forms.rooms import InviteForm
from speak.web.pages.join import enter_with
from speak.web.shown.rooms import shown_invitation, shown_members, shown_room
from speak.web.viewer import signed_in, viewer_of

log = logging.getLogger(__name__)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: HttpRequest, room_id: int) -> HttpResponse:
    """Ask one person by name; the address of the invitation is shown here, once."""
    viewer = signed_in(request)
    room = room_for(viewer, room_id)
    form = InviteForm(request.POST or None, mails=mail.is_set_up())
    address, asked, is_mailed = "", None, False
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            person = actor_called(viewer, given["address"]) if given["address"] else None
            wanted = Asked(given["name"], given["reason"], person, given.get("email", ""))
            asked, address = invite(viewer, room=room, asked=wanted)
        except GoFirst:
            raise
        except Refusal as refusal:
            put_into(form, refusal)
        else:
            is_mailed = bool(asked.email) and _mail(asked, address)
            form = InviteForm(mails=mail.is_set_up())
    missing = missing_to_invite(record_of(viewer), is_alone=has_nobody_to_answer(viewer))
    context = {
        "room": shown_room(viewer, room),
        "form": form,
        "asked": asked,
        "address": address,
        "is_mailed": is_mailed,
        "missing": [each.value for each in missing],
        "waiting": [shown_invitation(invitation) for invitation in open_invitations(viewer, room)],
    }
    return render(request, "web/rooms/invite.html", context, status=STATUS if form.errors else 200)


@login_required
@require_POST
def taking_back(request: HttpRequest, room_id: int, invitation_id: int) -> HttpResponse:
    """Take back an invitation of one's own."""
    viewer = signed_in(request)
    room = room_for(viewer, room_id)
    invitation = open_invitations(viewer, room).filter(pk=invitation_id).first()
    if invitation:
        withdraw_invitation(viewer, invitation=invitation)
        messages.success(request, _("It opens nothing any more."))
    return redirect("invite_to_room", room.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """For somebody with a home here who was asked by name."""
    viewer = signed_in(request)
    found = invitation_for(viewer, invitation_id)
    return _answered(request, viewer, found) if request.method == "POST" else _page(request, viewer, found)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever was given the address: who asks, why, who is there, before anything else; then come in, or not."""
    viewer = viewer_of(request)
    found = invitation_by_token(viewer, token)
    if request.method != "POST":
        return _page(request, viewer, found)
    if viewer is not None or found.actor_id is not None or request.POST.get("do") == "decline":
        return _answered(request, viewer, found)
    form = JoinForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                actor = make_person(given["handle"], name=given["name"], password=given["password"])
                accept_invitation(actor, invitation=found)
        except Refusal as refusal:
            put_into(form, refusal)
        else:
            return enter_with(request, form, leads_to=found.room.path)
    return _page(request, None, found, form=form, status=STATUS)


def _answered(request: HttpRequest, viewer: Actor | None, found: Invitation) -> HttpResponse:
    if request.POST.get("do") == "decline":
        decline_invitation(viewer, invitation=found)
        messages.success(request, _("You said: not this time. Nobody is told why."))
        return redirect("rooms" if viewer else "home")
    accept_invitation(signed_in(request), invitation=found)
    return redirect("room", found.room_id)


def _page(
    request: HttpRequest, viewer: Actor | None, found: Invitation, *, form: JoinForm | None = None, status: int = 200
) -> HttpResponse:
    room: Room = found.room
    context = {
        "invitation": shown_invitation(found),
        "room": shown_room(viewer, room),
        "members": shown_members(viewer, room, memberships_of(room)),
        "form": form or (JoinForm(initial={"name": found.name}) if viewer is None and not found.actor else None),
        "waits_for": found.actor if viewer is None else None,
    }
    return render(request, "web/rooms/invitation.html", context, status=status)


def _mail(asked: Invitation, address: str) -> bool:
    """Whether it could be sent."""
    context = {"invitation": asked, "room": asked.room, "address": address, "place_name": settings.SPEAK_NAME}
    subject = _("%(name)s asks you into a room") % {"name": asked.invited_by.called}
    try:
        send_mail(subject, render_to_string("web/rooms/invitation.txt", context), None, [asked.email])
    except (SMTPException, OSError) as error:
        log.warning("An invitation could not be sent by mail: %s", error)
        return False
    return True
