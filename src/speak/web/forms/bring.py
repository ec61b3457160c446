"""What somebody brings from elsewhere, and who may read it here."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from speak.voice.actions import BroughtFor
from speak.voice.reach import Reach
from speak.web.tickets import MEGABYTE

OPEN_AS = (Reach.SELF, Reach.HERE, Reach.FOLLOWERS, Reach.QUIET, Reach.PUBLIC)


class BringAccountForm(forms.Form):
    """Another home of the same person, and who may read here what anyone can read there."""

    address = forms.CharField(
        label=_("Its address"),
        help_text=_(
            "Like @name@server.example. It has to say that it is you: name your home here among its other accounts, "
            "or among the links of its profile. What anyone can read there is fetched; of messages and of what was for "
            "followers there, nothing."
        ),
        max_length=200,
    )
    shown_to = forms.TypedChoiceField(
        label=_("Who may read it here?"),
        choices=[(reach.value, reach.label) for reach in OPEN_AS],
        coerce=int,
        initial=Reach.SELF.value,
    )

    def chosen(self) -> BroughtFor:
        """Who may read it."""
        return BroughtFor(Reach(self.cleaned_data["shown_to"]))


class BringForm(forms.Form):
    """A file and two choices; both begin with the smallest."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("As the other place gave it to you, without unpacking it."),
        max_length=500,
        allow_empty_file=False,
    )
    open_as = forms.TypedChoiceField(
        label=_("Who may read here what anyone could read there?"),
        help_text=_(
            "You can choose only once for all of it. To choose anew, take it away again and bring it once more."
        ),
        choices=[(reach.value, reach.label) for reach in OPEN_AS],
        coerce=int,
        initial=Reach.SELF.value,
    )
    followers_too = forms.BooleanField(
        label=_("My followers here may read what was for my followers there"),
        help_text=_("Without it, that is for you alone. Messages to people by name are for you alone in any case."),
        required=False,
    )

    wrote_as = forms.CharField(
        label=_("The name under which you wrote there, if several people wrote in it"),
        max_length=200,
        required=False,
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """No larger than this place takes."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is None or file.size > settings.SPEAK_IMPORT_MB * MEGABYTE:
            words = gettext(
                "This place takes files of up to %(size)d MB. Whoever runs it can bring a larger one for you."
            )
            raise forms.ValidationError(words % {"size": settings.SPEAK_IMPORT_MB})
        return file

    def chosen(self) -> BroughtFor:
        """Who may read it."""
        given: dict[str, Any] = self.cleaned_data
        return BroughtFor(Reach(given["open_as"]), Reach.FOLLOWERS if given["followers_too"] else Reach.SELF)
