"""The organisation and its window."""

from django import forms
from django.utils.translation import gettext_lazy as _

from speak.identity.actions.people import MAX_NAME
from speak.identity.actions.profile import MAX_AIM, MAX_DESCRIPTION
from speak.identity.handles import MAX_LENGTH
from speak.rooms.actions import window
from speak.voice.actions.speaking import MAX_NOTE
from speak.web.forms.profile import PictureField


class OrganisationForm(forms.Form):
    """What the people of this server are called together."""

    name = forms.CharField(label=_("What the organisation is called"), max_length=MAX_NAME)
    sentence = forms.CharField(label=_("What it is about, in a sentence"), max_length=MAX_AIM, required=False)
    picture = PictureField(label=_("A picture of it"), required=False)
    picture_description = forms.CharField(label=_("What the picture shows"), max_length=MAX_DESCRIPTION, required=False)


class NewOrganisationForm(OrganisationForm):
    """The same, with the address that others will follow."""

    handle = forms.CharField(label=_("Its handle"), max_length=MAX_LENGTH + 1)
    field_order = ("name", "handle", "sentence")


class PersonElsewhereForm(forms.Form):
    """Somebody of the organisation whose home is elsewhere."""

    address = forms.CharField(
        label=_("Their address"),
        help_text=_("@name@server.example, or that of a page of theirs: https://name.example"),
        max_length=2000,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )


class WindowForm(forms.Form):
    """What the window is called."""

    name = forms.CharField(label=_("What the window is called"), max_length=window.MAX_NAME)
    sentence = forms.CharField(
        label=_("What one sees from it, in a sentence"), max_length=window.MAX_SENTENCE, required=False
    )


class AskForWeekForm(forms.Form):
    """One person and one week."""

    address = forms.CharField(label=_("Whom do you ask? Their handle"), max_length=200)
    week = forms.DateField(
        label=_("A day in that week"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class AtWindowForm(forms.Form):
    """Something to say to anyone."""

    words = forms.CharField(
        label=_("What do you see from where you are?"), max_length=MAX_NOTE, widget=forms.Textarea(attrs={"rows": 4})
    )
