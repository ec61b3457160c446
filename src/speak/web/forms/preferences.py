"""How one lives here: who may follow, whether strangers see one, which language, whose clock; whom one invites."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from speak.identity.models import Quoting, SaidByApps
from speak.kernel import zones
from speak.web.forms.compose import languages


def clocks() -> list[tuple[str, object]]:
    """The clock of this place, then those of the world, by the part of it they are in."""
    by_area: dict[str, list[tuple[str, str]]] = {}
    for name in zones.names():
        area, _slash, place = name.partition("/")
        by_area.setdefault(area, []).append((name, (place or area).replace("_", " ")))
    here = _("The clock of this place (%(zone)s)") % {"zone": settings.TIME_ZONE.replace("_", " ")}
    return [("", here), *by_area.items()]


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
    time_zone = forms.ChoiceField(
        label=_("By which clock are times said to you?"),
        help_text=_("What you hold till tomorrow at nine is said when it is nine there."),
        choices=clocks,
        required=False,
        widget=forms.Select(attrs={"data-time-zone": ""}),
    )


class InviteForm(forms.Form):
    """For whom a link is."""

    for_whom = forms.CharField(
        label=_("Who is it for?"),
        help_text=_("Their name greets them on the page that the link opens."),
        max_length=200,
    )
