"""Which of a page's buttons was pressed."""

from collections.abc import Mapping
from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from speak.kernel.errors import Invalid

Act = TypeVar("Act")


def pressed(request: HttpRequest, acts: Mapping[str, Act], *, name: str = "act") -> Act:
    """What the button of this name stands for.

    Raises:
        Invalid: the page has no such button.
    """
    act = acts.get(request.POST.get(name, ""))
    if act is None:
        raise Invalid(_("This page does not know that button."), hint=_("Go back and load the page again."))
    return act
