"""When something was said, as people say it."""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from speak.kernel import clock

register = template.Library()

MINUTE, HOUR, DAY = (dt.timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))


@register.filter
def in_words(moment: dt.datetime | None) -> str:
    """How long ago `moment` was, up to a week; before that, and in times to come, the day. '' for none."""
    return "" if moment is None else how_long_ago(moment, now=clock.now())


def how_long_ago(moment: dt.datetime, *, now: dt.datetime) -> str:
    """The same, as seen at `now`."""
    ago = now - moment
    if dt.timedelta(0) <= ago < MINUTE:
        return gettext("just now")
    if MINUTE <= ago < HOUR:
        return _counted(ngettext("%(n)d minute ago", "%(n)d minutes ago", ago // MINUTE), ago // MINUTE)
    if HOUR <= ago < DAY:
        return _counted(ngettext("%(n)d hour ago", "%(n)d hours ago", ago // HOUR), ago // HOUR)
    if DAY <= ago < 7 * DAY:
        return _counted(ngettext("%(n)d day ago", "%(n)d days ago", ago // DAY), ago // DAY)
    local = timezone.localtime(moment)
    is_this_year = local.year == timezone.localtime(now).year
    return date_format(local, "MONTH_DAY_FORMAT" if is_this_year else "DATE_FORMAT")


def _counted(sentence: str, number: int) -> str:
    return sentence % {"n": number}
