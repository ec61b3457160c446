"""Access tokens: what an app shows instead of a password. Kept by django-oauth-toolkit."""

import datetime as dt
import re
import secrets
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from oauth2_provider.models import AccessToken

from speak.identity.models import Actor, User
from speak.kernel import clock
from speak.kernel.errors import Invalid, NotAllowed

SCOPES: tuple[str, ...] = tuple(settings.OAUTH2_PROVIDER["SCOPES"])
LIFE = dt.timedelta(days=3650)
# RFC 6750, 2.1: what may follow the word Bearer.
TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")


class NoToken(NotAllowed):
    """There is no token, or it opens nothing any more."""


class ScopeMissing(NotAllowed):
    """The token does not reach that far."""


def make_token(user: User, *, scopes: Sequence[str], token: str = "") -> str:
    """A token for `user` with these scopes; returned once.

    Raises:
        Invalid: a scope that does not exist, or none; a given token that no app could show.
    """
    unknown = [scope for scope in scopes if scope not in SCOPES and scope.split(":")[0] not in SCOPES]
    if unknown or not scopes:
        raise Invalid(f"There is no scope “{' '.join(unknown)}”.", hint=f"Choose some of: {' '.join(SCOPES)}.")
    made = token or secrets.token_urlsafe(32)
    if not TOKEN.fullmatch(made):
        raise Invalid("A token is made of letters, digits and - . _ ~ + / only.")
    AccessToken.objects.create(user=user, token=made, scope=" ".join(scopes), expires=clock.now() + LIFE)
    return made


def bearer_of(request: HttpRequest, *, scopes: Sequence[str]) -> Actor:
    """Whose token a request shows, if it has one of `scopes`. Fails closed (promise 16).

    Raises:
        NoToken: none, an unknown one, or one that has expired.
        ScopeMissing: a good one that does not reach that far.
    """
    kind, _, shown = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not TOKEN.fullmatch(shown.strip()):
        raise NoToken("This needs an access token.")
    found = AccessToken.objects.select_related("user__actor").filter(token=shown.strip()).first()
    if found is None or found.is_expired() or not isinstance(found.user, User) or not found.user.is_active:
        raise NoToken("This access token opens nothing.")
    if not set(found.scope.split()) & set(scopes):
        raise ScopeMissing(f"This needs the scope {' or '.join(scopes)}.")
    actor = Actor.objects.filter(user=found.user).first()
    if actor is None:
        raise NoToken("This access token belongs to nobody who speaks.")
    return actor
