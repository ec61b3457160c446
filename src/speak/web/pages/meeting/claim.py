"""Keeping what began with a name: a handle and a password make it a home."""

from collections.abc import Callable
from functools import wraps

from allauth.account.forms import AddEmailForm
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from speak.identity.errors import HandleTaken, WrongHandle
from speak.identity.handles import Address, suggested_handle
from speak.identity.models import Actor
from speak.identity.queries import actor_at
from speak.kernel.errors import Kind, Refusal
from speak.rooms import actions, queries
from speak.rooms.models import Room
from speak.web.forms.meeting import ClaimForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.viewer import has_only_a_name, signed_in

View = Callable[..., HttpResponseBase]


@sensitive_post_parameters("password")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Choose a handle and a password; what was said stays, and so does everything else."""
    viewer = signed_in(request)
    guest = queries.guest_of(viewer)
    if guest is None:
        return render(request, "web/meeting/claimed.html", {"person": viewer})
    has_passkey = Authenticator.objects.filter(user=viewer.user, type=Authenticator.Type.WEBAUTHN).exists()
    form = ClaimForm(request.POST or None, has_passkey=has_passkey, initial={"handle": _wished(viewer)})
    if request.method == "POST" and form.is_valid() and _claimed(request, viewer, form):
        messages.success(request, _("This is your home now."))
        return redirect("claim")
    context = {"form": form, "room": guest.room, "has_passkey": has_passkey, "back_url": _back(viewer, guest.room)}
    return render(request, "web/meeting/claim.html", context, status=STATUS if form.errors else 200)


def claim_first(page: View) -> View:
    """A page of settings that only makes sense with a handle and a key: whoever has a name only comes here first."""

    @wraps(page)
    def led(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return redirect("claim") if has_only_a_name(request) else page(request, *args, **kwargs)

    return led


def _back(viewer: Actor, room: Room) -> str:
    """To the room, while they are in it."""
    is_within = queries.rooms_of(viewer).filter(pk=room.pk).exists()
    return reverse("room_now", args=[room.pk]) if is_within else reverse("home")


def _wished(viewer: Actor) -> str:
    """The handle that suits their name, where it is free; otherwise the one they were given."""
    suits = suggested_handle(viewer.name)
    is_free = bool(suits) and actor_at(Address(suits, "")) is None
    return suits if is_free else viewer.handle


def _claimed(request: HttpRequest, viewer: Actor, form: ClaimForm) -> bool:
    given = form.cleaned_data
    mail = AddEmailForm(viewer.user, {"email": given["email"]}) if given["email"] else None
    if mail is not None and not mail.is_valid():
        for error in mail.errors.get("email", []):
            form.add_error("email", error)
        return False
    try:
        actor = actions.claim_home(viewer, handle=given["handle"], password=given["password"])
    except (WrongHandle, HandleTaken) as refusal:
        put_into(form, refusal, field="handle")
        return False
    except Refusal as refusal:
        put_into(form, refusal, field="password" if refusal.kind == Kind.INVALID else None)
        return False
    assert actor.user is not None  # noqa: S101 - whoever is signed in has one
    actor.user.refresh_from_db()
    update_session_auth_hash(request, actor.user)
    if mail is not None:
        with transaction.atomic():
            mail.save(request)
    return True
