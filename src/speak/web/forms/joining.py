"""What somebody who joins is asked: a name, a handle if they care, a password."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from speak.identity.actions.people import MAX_NAME
from speak.identity.handles import MAX_LENGTH, suggested_handle


class JoinForm(forms.Form):
    """A handle left empty is made from the name; it can be changed later, and a name any time."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("What people call you. You can change it at any time."),
        max_length=MAX_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    handle = forms.CharField(
        label=_("Your handle"),
        max_length=MAX_LENGTH + 1,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("A password"),
        help_text=_("At least ten characters. Three or four words that mean something only to you work well."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Say in the hint what an address here looks like."""
        super().__init__(*args, **kwargs)
        self.fields["handle"].help_text = gettext(
            "Part of your address: @handle@%(domain)s. Left empty, it is made from your name."
        ) % {"domain": settings.SPEAK_DOMAIN}

    def clean(self) -> dict[str, Any]:
        """Make a handle of the name where none was chosen."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["handle"] = cleaned.get("handle", "").removeprefix("@")
        if not cleaned["handle"] and "handle" not in self.errors and cleaned.get("name"):
            cleaned["handle"] = suggested_handle(cleaned["name"])
            if not cleaned["handle"]:
                self.add_error("handle", gettext("Choose a handle of letters from a to z, digits and underscores."))
        return cleaned
