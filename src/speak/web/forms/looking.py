"""Asking one reader, and asking the author."""

from django import forms
from django.utils.translation import gettext_lazy as _

from speak.voice.actions.looks import MAX_QUESTION, MAX_WISH


class ReaderForm(forms.Form):
    """Whom one asks to look."""

    reader = forms.CharField(
        label=_("Who?"), help_text=_("The handle of one person here."), max_length=200, widget=forms.TextInput
    )
    wish = forms.CharField(
        label=_("What would you like to be asked about?"),
        help_text=_("For example: is it clear what happened? Does it sound like me?"),
        max_length=MAX_WISH,
        required=False,
    )


class QuestionForm(forms.Form):
    """What a reader asks."""

    words = forms.CharField(label=_("Your question"), max_length=MAX_QUESTION, widget=forms.Textarea(attrs={"rows": 3}))
