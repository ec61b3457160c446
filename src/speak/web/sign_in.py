"""How django-allauth signs people in here."""

import logging
import smtplib
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from speak.identity.domains.queries import owned_domain
from speak.identity.queries import owner_called
from speak.kernel.errors import Conflict

log = logging.getLogger(__name__)


def _at_home(address: str) -> str:
    return f"{settings.SPEAK_URL}{urlsplit(address)._replace(scheme='', netloc='').geturl()}"


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

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the mail is this server's own, whatever name the one who asked for it gave it."""
        return _at_home(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: object) -> str:
        """The same for the mail that asks whether an e-mail address is somebody's."""
        return _at_home(super().get_email_confirmation_url(request, emailconfirmation))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """A mail that cannot be handed over is said to whoever waits for it.

        Raises:
            Conflict: the mail server takes nothing at present.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except (smtplib.SMTPException, OSError) as failure:
            log.warning("a mail did not leave: %s", type(failure).__name__)
            raise Conflict(
                gettext("The mail could not be sent."),
                hint=gettext("Try again later. If it stays so, tell whoever runs this place."),
            ) from failure

    def authenticate(self, request: HttpRequest, **credentials: str) -> AbstractBaseUser | None:
        """Whoever types their handle as an address, with an @ or the whole of it, means the handle."""
        username = credentials.get("username")
        if username:
            handle = username.strip().lower().removeprefix("@").removesuffix(f"@{settings.SPEAK_DOMAIN}")
            name, _at, domain = handle.partition("@")
            owner = owner_called(owned_domain(domain), name) if domain else None
            credentials["username"] = owner.handle_key if owner else handle
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return user
