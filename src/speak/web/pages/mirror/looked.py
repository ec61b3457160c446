"""A look taken in the process apart, and what a page says where it cannot be taken."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.utils.translation import gettext as _

from speak.kernel.errors import Conflict, Failure

Seen = TypeVar("Seen")
log = logging.getLogger(__name__)


def looked(look: Callable[[], Seen]) -> Seen:
    """What a look shows.

    Raises:
        Conflict: it went wrong; the log says how, and nothing of whom.
    """
    try:
        return look()
    except Failure as failure:
        log.error("%s", failure)  # noqa: TRY400 - where in the program says nothing, and of people it must not
        sentence, hint = _("The mirror cannot look just now."), _("Try again in a few minutes.")
        raise Conflict(sentence, hint=hint) from None
