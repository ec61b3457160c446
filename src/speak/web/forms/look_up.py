"""The addresses at which somebody looks themselves up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from speak.federation.looking_up.places import MAX_ADDRESS, MOST_PLACES


class LookUpPlacesForm(forms.Form):
    """One address on each line."""

    addresses = forms.CharField(
        label=_("Your places elsewhere"),
        help_text=_(
            "One on each line, a dozen at most: pages, feeds, and handles like @name@server.example. "
            "They need not be linked with your page here."
        ),
        max_length=MOST_PLACES * MAX_ADDRESS,
        widget=forms.Textarea(attrs={"rows": 6, "inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
    )
