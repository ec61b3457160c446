"""How one appears: words and pictures, things on the shelf, other places, the handle."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from speak.identity.actions.links import MAX_ADDRESS, MAX_LABEL, is_web_address
from speak.identity.actions.people import MAX_NAME
from speak.identity.actions.profile import MAX_AIM, MAX_DESCRIPTION, MAX_SENTENCE, MAX_TITLE
from speak.identity.handles import MAX_LENGTH
from speak.kernel.pictures import READABLE

PICTURES = ",".join(f"image/{kind.lower()}" for kind in READABLE)
# What a browser would take for an address, with or without https:// before it.
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?=\S)", re.IGNORECASE)
NAKED = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}(?:/\S*)?", re.IGNORECASE | re.ASCII)
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
        widget=forms.Textarea(attrs={"rows": 2}),
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
    """Another place of one's own, or a few words in place of an address."""

    url = forms.CharField(
        label=_("Its address"),
        help_text=_("It begins with https://, or is a few plain words, such as “she/her” or “Lisbon”."),
        max_length=MAX_ADDRESS,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "autocomplete": "url"}),
    )
    label = forms.CharField(
        label=_("What to call it"), help_text=_("“My blog”, “Work”."), max_length=MAX_LABEL, required=False
    )

    def clean_url(self) -> str:
        """The address made whole; what looks like one and is none is not taken for words.

        Raises:
            ValidationError: somebody meant an address, and it is none.
        """
        given: str = self.cleaned_data["url"].strip()
        address = f"https://{given}" if NAKED.fullmatch(given) else given
        if SCHEME.match(address) and not is_web_address(address):
            raise forms.ValidationError(_("That is not an address on the web. One begins with https://"))
        return address

    def clean(self) -> dict[str, Any]:
        """Words need a label; an address is called after its site where there is none.

        Raises:
            ValidationError: words without a label.
        """
        given = super().clean() or {}
        if given.get("url") and not given.get("label") and not is_web_address(given["url"]):
            self.add_error("label", _("Say what these words are about."))
        return given


class CreditForm(forms.Form):
    """The sites that may name one as an author, one on each line."""

    sites = forms.CharField(
        label=_("Sites that may name you as an author"),
        help_text=_("One on each line: magazine.example"),
        max_length=30_000,
        widget=forms.Textarea(attrs={"rows": 5, "autocapitalize": "none", "spellcheck": "false"}),
        required=False,
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
