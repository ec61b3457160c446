"""Access tokens: what an app shows instead of a password. Kept by django-oauth-toolkit, at rest only as a checksum."""

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext
from oauth2_provider.models import AccessToken, set_token_value

from speak.clients.models import App
from speak.clients.scopes import covers, unknown_in
from speak.identity.models import Actor, User
from speak.kernel import clock
from speak.kernel.errors import Invalid, NotAllowed
from speak.kernel.prepared import Prepared

LIFE = dt.timedelta(days=3650)
# Asked for with every request of an app.
WITH_CHECKSUM: Prepared[AccessToken] = Prepared(
    lambda checksum: AccessToken.objects.select_related("user__actor", "application").filter(token_checksum=checksum)
)
# RFC 6750, 2.1: what may follow the word Bearer.
TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")


class NoToken(NotAllowed):
    """There is no token, or it opens nothing any more."""


class ScopeMissing(NotAllowed):
    """The token does not reach that far."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever shows a token: an app, for a person or only for itself."""

    token_id: int
    actor: Actor | None
    app: App | None
    scopes: frozenset[str]

    def reaches(self, scope: str) -> bool:
        """Whether the token may do what this scope is asked for."""
        return covers(self.scopes, scope)


def make_token(user: User, *, scopes: Sequence[str], token: str = "", app: App | None = None) -> str:
    """A token for `user` with these scopes; returned once, and kept nowhere.

    Raises:
        Invalid: a scope that does not exist, or none; a given token that no app could show.
    """
    unknown = unknown_in(scopes)
    if unknown or not scopes:
        raise Invalid(
            gettext("There is no scope “%(scopes)s”.") % {"scopes": " ".join(unknown)},
            hint=gettext("Choose some of: read, write, follow, push, profile."),
        )
    made = token or secrets.token_urlsafe(32)
    if not TOKEN.fullmatch(made):
        raise Invalid(gettext("A token is made of letters, digits and - . _ ~ + / only."))
    row = AccessToken(user=user, application=app, scope=" ".join(scopes), expires=clock.now() + LIFE)
    set_token_value(row, made)
    row.save()
    return made


def bearer_shown(request: HttpRequest) -> Bearer | None:
    """Whose token a request shows; nobody's where it shows none.

    Raises:
        NoToken: it shows one that is unknown, has expired or was taken away, or is no token at all.
    """
    token = token_shown(request)
    return bearer_with(token) if token else None


def token_shown(request: HttpRequest) -> str:
    """The token itself; empty where a request shows none.

    Raises:
        NoToken: it shows something else.
    """
    shown = request.headers.get("Authorization", "")
    kind, _, token = shown.partition(" ")
    if shown and (kind.lower() != "bearer" or not token.strip()):
        raise NoToken(gettext("The access token is invalid"))
    return token.strip()


def bearer_with(token: str) -> Bearer:
    """Whose token this is. Fails closed (promise 16).

    Raises:
        NoToken: it is unknown, has expired or was taken away, or is no token at all.
    """
    if not TOKEN.fullmatch(token):
        raise NoToken(gettext("The access token is invalid"))
    checksum = hashlib.sha256(token.encode()).hexdigest()
    found = WITH_CHECKSUM.first(checksum)
    if found is None or found.is_expired() or (found.user and not found.user.is_active):
        raise NoToken(gettext("The access token is invalid"))
    actor = getattr(found.user, "actor", None)
    if actor is None and (found.user or found.application is None):
        raise NoToken(gettext("This access token belongs to nobody who speaks."))
    return Bearer(found.pk, actor, found.application, frozenset(found.scope.split()))


def bearer_of(request: HttpRequest, *, scopes: Sequence[str]) -> Actor:
    """The person whose token a request shows, if it has one of `scopes`.

    Raises:
        NoToken: none, an unknown one, one that has expired, or one that is an app's own.
        ScopeMissing: a good one that does not reach that far.
    """
    bearer = bearer_shown(request)
    if bearer is None or bearer.actor is None:
        raise NoToken(gettext("This needs an access token."))
    if not any(bearer.reaches(scope) for scope in scopes):
        raise ScopeMissing(gettext("This needs the scope %(scopes)s.") % {"scopes": " or ".join(scopes)})
    return bearer.actor
