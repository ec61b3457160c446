"""Of whom one is told, of which servers one hears nothing, which tags one hears or shows."""

from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from speak.identity.models import Hearing

VERDICTS = [
    (Hearing.ACCEPT.value, _("Tell me")),
    (Hearing.FILTER.value, _("Keep it apart until I look")),
    (Hearing.DROP.value, _("Do not tell me")),
]
MAX_ADDRESS, MAX_TAG = 300, 500


class HearingForm(forms.Form):
    """What becomes of what would be told, by who it is about; the names are those of the policy's fields."""

    for_not_following = forms.ChoiceField(label=_("People you do not follow"), choices=VERDICTS)
    for_not_followers = forms.ChoiceField(
        label=_("People who do not follow you"),
        help_text=_("Those you follow yourself among them."),
        choices=VERDICTS,
    )
    for_new_accounts = forms.ChoiceField(
        label=_("People who are new"), help_text=_("Known here for less than thirty days."), choices=VERDICTS
    )
    for_private_mentions = forms.ChoiceField(
        label=_("People who speak to you among a few"),
        help_text=_("Unless you follow them, or they answer you."),
        choices=VERDICTS,
    )
    for_limited_accounts = forms.ChoiceField(
        label=_("People who are heard less here"),
        help_text=_("By a decision of those who run this place."),
        choices=VERDICTS,
    )


class ServerForm(forms.Form):
    """The name of a server; an address of somebody or of a page there will do."""

    domain = forms.CharField(
        label=_("The name of the server"),
        help_text=_("What stands after the last @ of an address, such as far.example."),
        max_length=MAX_ADDRESS,
    )

    def clean_domain(self) -> str:
        """The name alone."""
        typed: str = self.cleaned_data["domain"]
        try:
            return (urlsplit(typed).hostname or "") if "://" in typed else typed.rpartition("@")[2]
        except ValueError:
            return ""  # which is no server either


class TagForm(forms.Form):
    """One hashtag."""

    name = forms.CharField(label=_("A tag"), help_text=_("With or without its #."), max_length=MAX_TAG)
