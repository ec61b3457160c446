"""How django-allauth signs people in here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class Adapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth says nothing of its types
    """People join through our own page, which asks for a link; allauth's own form stays shut."""

    error_messages = {  # noqa: RUF012 - allauth's own attribute
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and this password do not belong together."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
        "invalid_login": _("This name and this password do not belong together."),
        "username_email_password_mismatch": _("This name and this password do not belong together."),
        "username_password_mismatch": _("This handle and this password do not belong together."),
        "too_many_login_attempts": _("That was tried too often. Wait five minutes, then try again."),
        "unknown_email": _("No home here has this e-mail address."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - as allauth calls it
        """Never: /join is the only way in."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: str) -> AbstractBaseUser | None:
        """Whoever types their handle as an address, with an @ or the whole of it, means the handle."""
        username = credentials.get("username")
        if username:
            handle = username.strip().lower().removeprefix("@").removesuffix(f"@{settings.SPEAK_DOMAIN}")
            credentials["username"] = handle
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return user
