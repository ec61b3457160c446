"""Joining by an app, where this place is open to all (docs.joinmastodon.org/methods/accounts/#create)."""

from typing import Annotated

import msgspec
from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils.translation import gettext as _

from speak.clients.api.endpoints import Call, Who, endpoint
from speak.clients.tokens import NoToken, make_token
from speak.identity import actions
from speak.identity.models import User
from speak.kernel import clock, zones
from speak.kernel.errors import Invalid, NotAllowed


class Joining(msgspec.Struct, kw_only=True):
    """Who would like to join."""

    username: Annotated[str, msgspec.Meta(max_length=64)]
    password: Annotated[str, msgspec.Meta(max_length=200)]
    email: Annotated[str, msgspec.Meta(max_length=254)] = ""
    agreement: bool = False
    locale: Annotated[str, msgspec.Meta(max_length=12)] = ""
    time_zone: Annotated[str, msgspec.Meta(max_length=64)] = ""
    reason: Annotated[str, msgspec.Meta(max_length=1_000)] = ""


class Token(msgspec.Struct, kw_only=True):
    """What the app shows from now on for whoever has joined."""

    access_token: str
    token_type: str
    scope: str
    created_at: int


@endpoint("POST", "/api/v1/accounts", "write:accounts", who=Who.APP)
def join(call: Call, given: Joining) -> Token:
    """Make a home; the token is as far-reaching as the app's own."""
    if not settings.SPEAK_OPEN:
        raise NotAllowed(_("People join this place by invitation."), hint=_("Ask somebody here for a link."))
    if not given.agreement:
        raise Invalid(_("Validation failed: Agreement must be accepted."))
    if call.bearer is None or call.bearer.app is None:
        raise NoToken(_("The access token is invalid"))
    actor = actions.join("", handle=given.username, name="", password=given.password)
    if given.locale:
        actions.choose_language(actor, language=given.locale)
    if given.time_zone in zones.names():
        actions.choose_time_zone(actor, time_zone=given.time_zone)
    user = User.objects.get(actor=actor)
    if given.email:
        EmailAddress.objects.add_email(call.request, user, given.email)
    scopes = sorted(call.bearer.scopes)
    token = make_token(user, scopes=scopes, app=call.bearer.app)
    return Token(
        access_token=token,
        token_type="Bearer",  # noqa: S106 - a kind, not a secret
        scope=" ".join(scopes),
        created_at=int(clock.now().timestamp()),
    )
