"""Adding places elsewhere where one may be heard too."""

from django import forms
from django.utils.translation import gettext_lazy as _

from speak.federation.elsewhere.keeping import LONGEST_NAME, LONGEST_WEBHOOK


class AccountForm(forms.Form):
    """An account on a server that speaks Mastodon's API."""

    server = forms.CharField(
        label=_("Your account, or the server it is on"),
        help_text=_("@you@mastodon.example, or mastodon.example"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class LettersForm(forms.Form):
    """An address that wants letters."""

    address = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class ChannelForm(forms.Form):
    """A channel of Slack or Mattermost."""

    webhook = forms.CharField(
        label=_("The address of its incoming webhook"),
        help_text=_(
            "Slack and Mattermost make one for a channel. Keep it to yourself: whoever has it can speak there."
        ),
        max_length=LONGEST_WEBHOOK,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "inputmode": "url"}, render_value=False),
    )
    channel = forms.CharField(
        label=_("Which channel is that?"),
        help_text=_("As people call it, so that you know who reads there: #general"),
        max_length=LONGEST_NAME,
    )
