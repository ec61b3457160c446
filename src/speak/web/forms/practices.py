"""What somebody writes on the page of a practice, for themselves; and practices and programmes of one's own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from speak.rooms.practices import Practice, Side, Who
from speak.rooms.programmes import MAX_BYTES

MAX_LINE, MAX_SHEET, FARTHEST = 300, 20_000, 10
WHO = {
    Who.ALONE: _("alone"),
    Who.PAIR: _("in pairs"),
    Who.THREE: _("in threes"),
    Who.ROOM: _("together, in a room"),
}
SIDE = {
    Side.IN: _("inside"),
    Side.OUT: _("outside"),
    Side.BOTH: _("inside or outside"),
    Side.NONE: _("nowhere but here"),
}
GOES_TO = {
    "self": _("nobody but you"),
    "named": _("people you name"),
    "room": _("the people in a room"),
    "here": _("everyone here"),
    "followers": _("those who follow you"),
    "quiet": _("anyone, but not announced"),
    "public": _("anyone, anywhere"),
}


class LookUpForm(forms.Form):
    """What a stranger would conclude."""

    name = forms.CharField(label=_("The name to look for"), max_length=100)
    first = forms.CharField(label=_("A stranger would conclude"), max_length=MAX_LINE, required=False)
    second = forms.CharField(label=_("and also"), max_length=MAX_LINE, required=False)
    third = forms.CharField(label=_("and perhaps"), max_length=MAX_LINE, required=False)
    rather = forms.CharField(label=_("I would rather they found"), max_length=MAX_LINE, required=False)


class PlaceOnMapForm(forms.Form):
    """One place where somebody lives online, on two axes from 0 to 10."""

    name = forms.CharField(label=_("A place"), max_length=60)
    dwells = forms.IntegerField(
        label=_("From passing through to living there"),
        min_value=0,
        max_value=FARTHEST,
        initial=5,
        widget=forms.NumberInput(attrs={"type": "range", "min": 0, "max": FARTHEST}),
    )
    works = forms.IntegerField(
        label=_("From my own to work"),
        min_value=0,
        max_value=FARTHEST,
        initial=5,
        widget=forms.NumberInput(attrs={"type": "range", "min": 0, "max": FARTHEST}),
    )
    moves = forms.BooleanField(label=_("This one I would like to move"), required=False)


class SheetForm(forms.Form):
    """A sheet of paper that nobody else sees."""

    text = forms.CharField(
        label=_("For yourself"),
        max_length=MAX_SHEET,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class LetterForm(forms.Form):
    """A letter, and the day on which it opens."""

    text = forms.CharField(label=_("Your letter"), max_length=MAX_SHEET, widget=forms.Textarea(attrs={"rows": 12}))
    opens_on = forms.DateField(
        label=_("It opens on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )


class OwnPracticeForm(forms.Form):
    """A practice of one's own."""

    title = forms.CharField(label=_("What it is called"), max_length=100)
    minutes = forms.IntegerField(label=_("How many minutes it takes"), min_value=1, max_value=240, initial=10)
    who = forms.ChoiceField(label=_("How it is done"), choices=[(who.value, words) for who, words in WHO.items()])
    prompt = forms.CharField(
        label=_("What to do, in a few sentences"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    host_note = forms.CharField(
        label=_("A note for whoever hosts"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    goes_to = forms.ChoiceField(
        label=_("Where its words go"),
        choices=list(GOES_TO.items()),
        help_text=_("Each decides for themselves in the end."),
    )

    def practice(self, slug: str) -> Practice:
        """What was written, once the form is valid."""
        given = self.cleaned_data
        return Practice(
            slug=slug,
            title=given["title"],
            minutes=given["minutes"],
            prompt=given["prompt"].replace("\r\n", "\n"),
            who=Who(given["who"]),
            host_note=given["host_note"].replace("\r\n", "\n"),
            goes_to=given["goes_to"],
        )


class ProgrammeFileForm(forms.Form):
    """The file of a programme that somebody brings."""

    file = forms.FileField(
        label=_("A programme as a file"),
        help_text=_("A text file in TOML of at most %(size)s KiB, as this place writes them.")
        % {"size": MAX_BYTES // 1024},
        widget=forms.FileInput(attrs={"accept": ".toml,application/toml,text/plain"}),
    )
