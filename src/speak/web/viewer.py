"""Who looks at a page."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from speak.identity.models import Actor, User
from speak.kernel.errors import NotAllowed
from speak.rooms.queries import is_guest


def viewer_of(request: HttpRequest) -> Actor | None:
    """The person signed in in this browser; None for a stranger."""
    user = request.user
    if not isinstance(user, User) or not user.is_authenticated:
        return None
    return getattr(user, "actor", None)


def signed_in(request: HttpRequest) -> Actor:
    """The same, on a page that only opens to somebody signed in.

    Raises:
        NotAllowed: whoever is signed in has no voice here.
    """
    viewer = viewer_of(request)
    if viewer is None:
        raise NotAllowed(_("This is for people who have a home here."), hint=_("Sign in first."))
    return viewer


def has_only_a_name(request: HttpRequest) -> bool:
    """Whether the one signed in joined in a meeting and has no key of their own yet.

    Whoever has a password is not asked about: for them it takes no query.
    """
    user = getattr(request, "user", None)
    if not isinstance(user, User) or user.has_usable_password():
        return False
    viewer = viewer_of(request)
    return viewer is not None and is_guest(viewer)
