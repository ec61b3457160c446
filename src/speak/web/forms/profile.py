"""How one appears: words and pictures, things on the shelf, other places, the handle."""

from django import forms
from django.utils.translation import gettext_lazy as _

from speak.identity.actions.people import MAX_NAME
from speak.identity.actions.profile import MAX_AIM, MAX_DESCRIPTION, MAX_SENTENCE, MAX_TITLE
from speak.identity.handles import MAX_LENGTH
from speak.kernel.pictures import READABLE

PICTURES = ",".join(f"image/{kind.lower()}" for kind in READABLE)
WHAT_IT_SHOWS = _("For those who cannot see it: who or what it shows, in a few words.")


class PictureField(forms.FileField):
    """A file that the browser lets one choose among pictures; what it really is, the action finds out."""

    widget = forms.FileInput(attrs={"accept": PICTURES})


class ProfileForm(forms.Form):
    """Name, present aim, face and banner."""

    name = forms.CharField(
        label=_("Your name"), max_length=MAX_NAME, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    aim = forms.CharField(
        label=_("What you are working toward at present"),
        help_text=_("One sentence, as you would say it to somebody you have just met."),
        max_length=MAX_AIM,
        required=False,
    )
    picture = PictureField(
        label=_("A picture of you"), help_text=_("One in which people recognize you."), required=False
    )
    picture_description = forms.CharField(
        label=_("What your picture shows"), help_text=WHAT_IT_SHOWS, max_length=MAX_DESCRIPTION, required=False
    )
    banner = PictureField(
        label=_("A wide picture above your page"),
        help_text=_("A place, a table, a view: something of yours."),
        required=False,
    )


class ThingForm(forms.Form):
    """A thing for the shelf."""

    title = forms.CharField(label=_("What it is"), max_length=MAX_TITLE)
    sentence = forms.CharField(
        label=_("What it says about you"), help_text=_("One sentence."), max_length=MAX_SENTENCE, required=False
    )
    picture = PictureField(label=_("A picture of it"), required=False)
    picture_description = forms.CharField(
        label=_("What the picture shows"), help_text=WHAT_IT_SHOWS, max_length=MAX_DESCRIPTION, required=False
    )


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


class DomainForm(forms.Form):
    """A domain of one's own."""

    name = forms.CharField(
        label=_("Your domain"),
        help_text=_("Such as anna.example, without https:// before it."),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
