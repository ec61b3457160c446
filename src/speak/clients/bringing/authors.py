"""Files in which several people wrote: only whoever brings one knows who of them they are."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from speak.clients.bringing.notes import Notes
from speak.kernel.errors import Invalid

MOST_NAMED = 10


class WhoOfThem(Invalid):
    """Several people wrote in this."""


def own_name(names: Iterable[str], notes: Notes) -> str:
    """The name whose words are the owner's; nothing where all of them are, since only one person wrote.

    Raises:
        WhoOfThem: several people wrote, and the owner did not say who they are.
    """
    known = sorted({name for name in names if name})
    if len(known) <= 1:
        return ""
    found = [name for name in known if name.lower() == notes.wrote_as.strip().lower()]
    if not found:
        listed = ", ".join(name[:50] for name in known[:MOST_NAMED])
        raise WhoOfThem(
            _("Several people wrote in this. Nothing was brought."),
            hint=_("Say under which name you wrote: %(names)s.") % {"names": listed},
        )
    return found[0]
