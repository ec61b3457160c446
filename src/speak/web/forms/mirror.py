"""What the mirror's pages ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

# All that clocks are set to, in minutes east of UTC.
HALVES = (-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765)
MINUTES = sorted({*range(-12 * 60, 15 * 60, 60), *HALVES})


def clocks() -> list[tuple[str, str]]:
    """Each with the words for it: UTC+05:30."""
    return [(str(minutes), _in_words(minutes)) for minutes in MINUTES]


def _in_words(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}" if minutes else "UTC"


class ClockForm(forms.Form):
    """How far one's clock is from UTC."""

    clock = forms.ChoiceField(label=_("Your clock"), help_text=_("Days and hours are counted by it."), choices=clocks)


class CountedForm(forms.Form):
    """Whether one is counted, and under how many names."""

    stays_out = forms.BooleanField(
        label=_("Do not count me"),
        help_text=_(
            "You are gone before anything is counted: what you said, the answers to it, the conversations you began. "
            "Nobody is told who stays out. Your own mirror still opens, for you alone."
        ),
        required=False,
    )
    addresses_are_one = forms.BooleanField(
        label=_("The addresses I confirmed are one person: me"),
        help_text=_("Where an archive holds several of them, you count once, and not once for each."),
        required=False,
    )


class BringForm(forms.Form):
    """An archive, what it is called, and what comes along with it."""

    archive = forms.FileField(label=_("The archive"), allow_empty_file=False)
    name = forms.CharField(
        label=_("What is this conversation called?"), help_text=_("It stands above the report."), max_length=100
    )
    groups = forms.FileField(
        label=_("Who belongs to which part"),
        help_text=_(
            "A CSV file whose first line is: person,part,role,since,until. Parts of fewer than ten are not shown."
        ),
        required=False,
    )
    stays_out = forms.CharField(
        label=_("Who asked to be left out"),
        help_text=_("One name or address in a line, as the archive has them. They are told to nobody, and not kept."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=20_000,
        required=False,
    )
    is_known = forms.BooleanField(
        label=_("It is my own archive, or everybody in it was told two weeks ago, and could say no."),
    )
