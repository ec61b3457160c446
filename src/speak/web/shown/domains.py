"""A domain of one's own, as its page in the settings shows it."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from speak.identity.domains.evidence import FILE, file_url, record_name, record_text
from speak.identity.domains.queries import is_held_by_another
from speak.identity.models import OwnDomain


@dataclass(frozen=True, slots=True)
class ShownDomain:
    """`state` is waiting, taken, found, missing or lost; `proof` in words.

    What to paste where: `record_name` and `says` in DNS, `says` into the file at `file_url`. `leads_to` is the host of
    this server, `finger_url` what a site of one's own has to lead on to.
    """

    name: str
    state: str
    proof: str
    record_name: str
    says: str
    file_path: str
    file_url: str
    leads_to: str
    finger_url: str
    address: str
    is_home: bool
    is_answering: bool
    is_in_address: bool
    checked_at: dt.datetime | None
    missing_since: dt.datetime | None


def shown_domain(owned: OwnDomain) -> ShownDomain:
    """At most one query: whether somebody else here has it."""
    return ShownDomain(
        name=owned.name,
        state=_state_of(owned),
        proof=owned.get_proof_display() if owned.is_proven else "",
        record_name=record_name(owned.name),
        says=record_text(owned.token),
        file_path=FILE,
        file_url=file_url(owned.name),
        leads_to=settings.SPEAK_DOMAIN.partition(":")[0],
        finger_url=f"{settings.SPEAK_URL}/.well-known/webfinger",
        address=f"@{owned.actor.handle}@{owned.name}",
        is_home=owned.actor.home_domain == owned.name,
        is_answering=owned.is_answering,
        is_in_address=owned.actor.handle_domain == owned.name,
        checked_at=owned.checked_at,
        missing_since=owned.missing_since,
    )


def _state_of(owned: OwnDomain) -> str:
    if owned.is_proven:
        return "missing" if owned.missing_since else "found"
    if is_held_by_another(owned):
        return "taken"
    return "lost" if owned.lost_at else "waiting"
