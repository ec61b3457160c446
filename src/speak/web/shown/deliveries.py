"""What other servers are owed, as the page and the command show it: in plain words, and without anybody's inbox."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from speak.federation.delivery.operating import BY_OPERATOR
from speak.federation.delivery.overview import OwedTo
from speak.federation.delivery.servers import SILENT
from speak.kernel import clock

STATUS = re.compile(r"answered (\d{3})")


@dataclass(frozen=True, slots=True)
class ShownServer:
    """A server that has not taken everything. `next_at` is empty where nothing waits, `since` likewise."""

    host: str
    owed: str
    given_up: str
    why: str
    since: dt.datetime | None
    next_at: dt.datetime | None
    is_due: bool
    is_resting: bool


def shown_server(owed: OwedTo) -> ShownServer:
    """One line of the list."""
    return ShownServer(
        host=owed.host,
        owed=ngettext("%(count)d copy waits", "%(count)d copies wait", owed.waiting) % {"count": owed.waiting}
        if owed.waiting
        else "",
        given_up=ngettext("%(count)d copy was given up", "%(count)d copies were given up", owed.given_up)
        % {"count": owed.given_up}
        if owed.given_up
        else "",
        why=in_plain_words(owed.failure),
        since=owed.since,
        next_at=owed.next_at,
        is_due=owed.next_at is not None and owed.next_at <= clock.now(),
        is_resting=owed.is_resting,
    )


def in_plain_words(failure: str) -> str:
    """Why something did not arrive, for somebody who has read no code. What is not known is said as it is."""
    answered = STATUS.fullmatch(failure)
    if answered:
        return _of_status(int(answered[1]))
    found = {
        "": "",
        SILENT: gettext("It has not answered for too long."),
        BY_OPERATOR: gettext("Whoever runs this place gave up."),
        "its author has no key here": gettext("Its author has no key here to sign with."),
    }.get(failure)
    return _of_network(failure) if found is None else found


def _of_status(status: int) -> str:
    sentences = {
        401: gettext("It does not accept our signature."),
        403: gettext("It refuses what comes from here."),
        404: gettext("It knows no such inbox."),
        410: gettext("That inbox is gone."),
        413: gettext("It finds this too large."),
        429: gettext("It asks for a pause."),
        503: gettext("It is closed for now."),
    }
    sentence = sentences.get(status)
    if sentence is None:
        sentence = (
            gettext("Something is wrong there.") if status >= 500 else gettext("It does not want this.")  # noqa: PLR2004
        )
    return gettext("%(sentence)s It answered with %(status)d.") % {"sentence": sentence, "status": status}


def _of_network(failure: str) -> str:
    """Whose inbox it was stands before the colon; that is nobody's business here."""
    _, _, reason = failure.rpartition(": ")
    if reason == "timed out":
        return gettext("It did not answer in time.")
    lowered = failure.lower()
    if "certificate" in lowered or "ssl" in lowered:
        return gettext("Its certificate is not trusted.")
    if "name or service" in lowered or "no address" in lowered or "nodename" in lowered:
        return gettext("There is no server of that name.")
    if "went wrong here" in lowered:
        return gettext("Something went wrong here; the log says what.")
    return gettext("It could not be reached.")
