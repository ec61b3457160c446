"""How one appears: words and pictures, things on the shelf, other places, the handle."""

from django import forms
from django.utils.translation import gettext_lazy as _

from speak.identity.actions.people import MAX_NAME
from speak.identity.actions.profile import MAX_AIM, MAX_DESCRIPTION, MAX_SENTENCE, MAX_TITLE
from speak.identity.handles import MAX_LENGTH
from speak.kernel.pictures import READABLE

PICTURES = ",".join(f"image/{kind.lower()}" for kind in READABLE)


def _picture(label: str, hint: str) -> forms.FileField:
    return forms.FileField(
        label=label, help_text=hint, required=False, widget=forms.FileInput(attrs={"accept": PICTURES})
    )


def _description(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=_("For those who cannot see it: who or what it shows, in a few words."),
        max_length=MAX_DESCRIPTION,
        required=False,
        widget=forms.TextInput(),
    )


class ProfileForm(forms.Form):
    """Name, present aim, face and banner."""

    name = forms.CharField(
        label=_("Your name"), max_length=MAX_NAME, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    aim = forms.CharField(
        label=_("What you are about at present"),
        help_text=_("One sentence, as you would say it to somebody you have just met."),
        max_length=MAX_AIM,
        required=False,
    )
    picture = _picture(_("A picture of you"), _("One in which people recognise you."))
    picture_description = _description(_("What your picture shows"))
    banner = _picture(_("A wide picture above your page"), _("A place, a table, a view: something of yours."))


class ThingForm(forms.Form):
    """A thing for the shelf."""

    title = forms.CharField(label=_("What it is"), max_length=MAX_TITLE)
    sentence = forms.CharField(
        label=_("What it says about you"), help_text=_("One sentence."), max_length=MAX_SENTENCE, required=False
    )
    picture = _picture(_("A picture of it"), "")
    picture_description = _description(_("What the picture shows"))


class PlaceForm(forms.Form):
    """Another place of one's own."""

    url = forms.CharField(
        label=_("Its address"),
        help_text=_("It begins with https://"),
        max_length=2000,
        widget=forms.URLInput(attrs={"inputmode": "url"}),
    )
    label = forms.CharField(
        label=_("What to call it"), help_text=_("“My blog”, “Work”."), max_length=255, required=False
    )


class HandleForm(forms.Form):
    """Another handle."""

    handle = forms.CharField(
        label=_("Your handle"),
        help_text=_("Letters from a to z, digits and underscores; at most 30."),
        max_length=MAX_LENGTH + 1,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
