"""What a phone in a meeting is asked: the spoken words, a name, what one says; and how to keep it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from speak.identity.actions.people import MAX_NAME
from speak.identity.handles import MAX_LENGTH
from speak.voice.actions.speaking import MAX_NOTE


class SpokenWordsForm(forms.Form):
    """The way in: words that stand on the shared screen."""

    spoken = forms.CharField(
        label=_("The words on the screen"),
        help_text=_("Spaces, hyphens or capitals make no difference."),
        max_length=100,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )


class ComeInForm(forms.Form):
    """A name and nothing else, and whether one's words may be shown to everyone; nobody is asked for more."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("What people here call you."),
        max_length=MAX_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    is_shown = forms.BooleanField(
        label=_("What I say here may appear on the screen in front of everyone"),
        help_text=_("You can change this at any time."),
        required=False,
    )

    def __init__(self, *args: Any, is_known: bool, **kwargs: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Whoever is signed in (`is_known`) comes in as themselves and is asked for no name."""
        super().__init__(*args, **kwargs)
        if is_known:
            del self.fields["name"]


class SayForm(forms.Form):
    """The box to say something in, in the room and to nobody else."""

    # The browser does not insist: other buttons of the page stand in the same form.
    use_required_attribute = False
    words = forms.CharField(
        label=_("In your own typing"),
        strip=False,
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 4, "data-typed": ""}),
    )


class AnswerForm(forms.Form):
    """The box below somebody's words."""

    in_reply_to = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(strip=False, max_length=MAX_NOTE, widget=forms.Textarea(attrs={"rows": 3}))


class ClaimForm(forms.Form):
    """What makes a home of a name. No password is needed where there is a passkey."""

    handle = forms.CharField(
        label=_("Your handle"),
        max_length=MAX_LENGTH + 1,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("A password"),
        help_text=_("At least ten characters. Three or four words that mean something only to you work well."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    email = forms.EmailField(
        label=_("An e-mail address"),
        help_text=_("Only for the day you forget the password. Nobody sees it."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, has_passkey: bool, **kwargs: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Say in the hint what an address here looks like."""
        super().__init__(*args, **kwargs)
        self.fields["handle"].help_text = gettext("Part of your address: @handle@%(domain)s.") % {
            "domain": settings.SPEAK_DOMAIN
        }
        if has_passkey:
            self.fields["password"].required = False

    def clean_handle(self) -> str:
        """Whoever types the @ means the handle."""
        handle: str = self.cleaned_data["handle"]
        return handle.strip().removeprefix("@")
