"""Coming from elsewhere, and going: what is asked before something that others follow."""

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speak.identity.models import User

MAX_ADDRESS = 2000


class HomeField(forms.CharField):
    """The address of a home on any server."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django says which
        """With a label of its own."""
        super().__init__(
            help_text=gettext_lazy("@name@server.example, or the address of the page."),
            max_length=MAX_ADDRESS,
            widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
            **options,
        )


class OldHomeForm(forms.Form):
    """A home that one had, or has, elsewhere."""

    old = HomeField(label=gettext_lazy("Your other home"))


class PasswordForm(forms.Form):
    """Something that is done only by whoever knows the password: `request` says whose."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )

    def __init__(self, request: HttpRequest, *, is_sent: bool) -> None:
        """As it was sent, or empty."""
        super().__init__(request.POST if is_sent else None)
        self._request = request

    def clean_password(self) -> str:
        """Guessing is limited, as it is where one signs in."""
        user, password = self._request.user, str(self.cleaned_data["password"])
        if not isinstance(user, User) or not user.has_usable_password():
            raise forms.ValidationError(
                _("You have no password yet. Choose one first: Settings, Signing in, Password.")
            )
        if not ratelimit.consume(self._request, action="reauthenticate", user=user):
            raise forms.ValidationError(_("That was tried too often. Wait a minute, then try again."))
        if not user.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password


class NewHomeForm(PasswordForm):
    """The home that one goes to."""

    new = HomeField(label=gettext_lazy("Your new home"))
    field_order = ("new", "password")


class LeaveForm(PasswordForm):
    """The end of a home: its handle, typed once more, and the password."""

    handle = forms.CharField(
        label=gettext_lazy("Your handle, typed once more"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("handle", "password")

    def clean_handle(self) -> str:
        """With or without the @ and the place."""
        typed, user = str(self.cleaned_data["handle"]).strip().removeprefix("@").lower(), self._request.user
        actor = user.actor if isinstance(user, User) else None
        if actor is None or typed not in {
            actor.handle_key,
            f"{actor.handle_key}@{settings.SPEAK_DOMAIN}",
            actor.address.lower().removeprefix("@"),
        }:
            raise forms.ValidationError(_("This is not your handle."))
        return typed
