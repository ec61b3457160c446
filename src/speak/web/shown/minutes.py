"""Lengths of time in words: no number is on any screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# From none to nineteen; then the tens from twenty to ninety.
SMALL: tuple[str | Promise, ...] = (
    _("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine"),
    _("ten"), _("eleven"), _("twelve"), _("thirteen"), _("fourteen"), _("fifteen"), _("sixteen"), _("seventeen"),
    _("eighteen"), _("nineteen"),
)  # fmt: skip
TENS: tuple[str | Promise, ...] = (
    _("twenty"), _("thirty"), _("forty"), _("fifty"), _("sixty"), _("seventy"), _("eighty"), _("ninety"),
)  # fmt: skip
HOUR, LONGEST = 60, 100


def minutes_in_words(minutes: int) -> str:
    """One minute; eight minutes; seventy-five minutes; what is longer is said in hours. '' for none."""
    if minutes <= 0:
        return ""
    if minutes == 1:
        return gettext("one minute")
    if minutes < LONGEST:
        return gettext("%(number)s minutes") % {"number": number_in_words(minutes)}
    hours = round(minutes / HOUR)
    return gettext("about %(number)s hours") % {"number": number_in_words(min(hours, LONGEST - 1))}


def number_in_words(number: int) -> str:
    """A number from 0 to 99."""
    if number < len(SMALL):
        return str(SMALL[number])
    tens, units = divmod(number, 10)
    ten = str(TENS[tens - 2])
    return gettext("%(tens)s-%(units)s") % {"tens": ten, "units": SMALL[units]} if units else ten
