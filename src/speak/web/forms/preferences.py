"""How one lives here: who may follow, whether strangers see one, in which language; whom one invites."""

from django import forms
from django.utils.translation import gettext_lazy as _

from speak.identity.models import Quoting, SaidByApps
from speak.web.forms.compose import languages


class PreferencesForm(forms.Form):
    """Ticks, choices and a language."""

    is_listed = forms.BooleanField(
        label=_("Show me on the front page"),
        help_text=_(
            "Strangers who open this place see your face, your name and what you say to anyone. "
            "Without it your page is still there for those who have its address."
        ),
        required=False,
    )
    approves_followers = forms.BooleanField(
        label=_("Ask me before somebody follows me"),
        help_text=_("What you say to your followers reaches only those you let in."),
        required=False,
    )
    quoting = forms.ChoiceField(
        label=_("Who may show your open words inside theirs?"),
        help_text=_("Only what anyone may read. You can take it back for each."),
        choices=Quoting.choices,
        required=False,
    )
    said_by_apps = forms.ChoiceField(
        label=_("For whom are words from an app that does not ask you?"),
        help_text=_("Most apps ask beside every place to write. Some other programs do not."),
        choices=SaidByApps.choices,
        required=False,
    )
    veils_pictures = forms.BooleanField(
        label=_("Veil pictures from apps until somebody wants to see them"),
        required=False,
    )
    language = forms.ChoiceField(
        label=_("The language you mostly write in"),
        help_text=_("You can choose another beside every place to write. Pages speak it where they can."),
        choices=languages,
    )


class InviteForm(forms.Form):
    """For whom a link is."""

    for_whom = forms.CharField(
        label=_("Who is it for?"),
        help_text=_("Their name greets them on the page that the link opens."),
        max_length=200,
    )
