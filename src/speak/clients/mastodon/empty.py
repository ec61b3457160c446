"""What apps ask for and this place does not have: answered with an honest nothing, so that no app waits or fails.

Trends and suggestions ranked by numbers are scores, and so is a report of one's year (promise 6); announcements and
collections nobody makes here; whom others follow is theirs to know.
"""

from typing import Any

import msgspec
from django.utils.translation import gettext as _

from speak.clients.api.endpoints import Call, Endpoint, Nothing, Who, endpoint
from speak.clients.api.paging import Id
from speak.kernel.errors import NotFound

LISTS_FOR_ANYONE = (
    "/api/v1/trends",
    "/api/v1/trends/tags",
    "/api/v1/trends/statuses",
    "/api/v1/trends/links",
    "/api/v1/timelines/link",
    "/api/v1/instance/peers",
    "/api/v1/instance/activity",
    "/api/v1/instance/domain_blocks",
    "/api/v1/accounts/<int:actor_id>/identity_proofs",
)
LISTS_FOR_PEOPLE = (
    ("/api/v1/announcements", "read"),
    ("/api/v1/suggestions", "read"),
    ("/api/v2/suggestions", "read"),
)


class Collections(msgspec.Struct, kw_only=True):
    """Lists of people that somebody shows: none."""

    collections: list[dict[str, Any]] = []


class YearsInNumbers(msgspec.Struct, kw_only=True):
    """Reports of somebody's years: none."""

    annual_reports: list[dict[str, Any]] = []
    accounts: list[dict[str, Any]] = []
    statuses: list[dict[str, Any]] = []


class YearState(msgspec.Struct, kw_only=True):
    """Whether there is one."""

    state: str = "ineligible"


class Familiar(msgspec.Struct, kw_only=True):
    """Whom one follows of those who follow somebody: theirs to know."""

    id: str
    accounts: list[dict[str, Any]] = []


class Others(msgspec.Struct, kw_only=True):
    """People by their ids."""

    id: list[Id] = []


def _nothing(_call: Call, **_parts: int) -> list[dict[str, Any]]:
    """Nothing."""
    return []


@endpoint("GET", "/api/v1/accounts/familiar_followers", "read:follows")
def familiar_followers(_call: Call, given: Others) -> list[Familiar]:
    """Nobody, of each."""
    return [Familiar(id=str(number)) for number in given.id[:40]]


@endpoint("GET", "/api/v1/accounts/<int:actor_id>/collections", who=Who.ANYONE)
def collections(_call: Call, actor_id: int) -> Collections:  # noqa: ARG001 - part of the address
    """None."""
    return Collections()


@endpoint("GET", "/api/v1/accounts/<int:actor_id>/in_collections", who=Who.ANYONE)
def in_collections(_call: Call, actor_id: int) -> Collections:  # noqa: ARG001 - part of the address
    """None."""
    return Collections()


@endpoint("GET", "/api/v1/annual_reports", "read:accounts")
def annual_reports(_call: Call) -> YearsInNumbers:
    """None."""
    return YearsInNumbers()


@endpoint("GET", "/api/v1/annual_reports/<int:year>/state", "read:accounts")
def annual_report_state(_call: Call, year: int) -> YearState:  # noqa: ARG001 - part of the address
    """There is none, and will be none."""
    return YearState()


@endpoint("DELETE", "/api/v1/suggestions/<int:actor_id>", "write:accounts")
def suggest_no_more(_call: Call, actor_id: int) -> Nothing:  # noqa: ARG001 - part of the address
    """Nobody was suggested."""
    return Nothing()


@endpoint("POST", "/api/v1/statuses/<int:post_id>/translate", "read:statuses")
def translate(_call: Call, post_id: int) -> Nothing:  # noqa: ARG001 - part of the address
    """Nobody's words are sent to a translator."""
    raise NotFound(_("Nothing is sent to translators here."))


@endpoint("GET", "/api/v1/instance/terms_of_service", who=Who.ANYONE)
def terms_of_service(_call: Call) -> Nothing:
    """There are none."""
    raise NotFound(_("There are no terms beyond the rules."))


ENDPOINTS: list[Endpoint] = [
    *(endpoint("GET", route, who=Who.ANYONE)(_nothing) for route in LISTS_FOR_ANYONE),
    *(endpoint("GET", route, scope)(_nothing) for route, scope in LISTS_FOR_PEOPLE),
    familiar_followers,
    collections,
    in_collections,
    annual_reports,
    annual_report_state,
    suggest_no_more,
    translate,
    terms_of_service,
]
