"""What apps ask for and this place does not have: answered with an honest nothing, so that no app waits or fails.

Trends, suggestions ranked by numbers and endorsements are scores (promise 6); announcements nobody makes here.
"""

from typing import Any

from speak.clients.api.endpoints import Call, Endpoint, Who, endpoint

LISTS_FOR_ANYONE = (
    "/api/v1/trends",
    "/api/v1/trends/tags",
    "/api/v1/trends/statuses",
    "/api/v1/trends/links",
    "/api/v1/timelines/link",
    "/api/v1/instance/peers",
    "/api/v1/instance/activity",
    "/api/v1/instance/domain_blocks",
    "/api/v1/directory",
    "/api/v1/accounts/<int:actor_id>/endorsements",
    "/api/v1/accounts/<int:actor_id>/identity_proofs",
)
LISTS_FOR_PEOPLE = (
    ("/api/v1/announcements", "read"),
    ("/api/v1/endorsements", "read:accounts"),
    ("/api/v1/suggestions", "read"),
    ("/api/v2/suggestions", "read"),
    ("/api/v1/accounts/familiar_followers", "read:follows"),
    ("/api/v1/notifications/requests", "read:notifications"),
)


def _nothing(_call: Call, **_parts: int) -> list[dict[str, Any]]:
    """Nothing."""
    return []


ENDPOINTS: list[Endpoint] = [
    *(endpoint("GET", route, who=Who.ANYONE)(_nothing) for route in LISTS_FOR_ANYONE),
    *(endpoint("GET", route, scope)(_nothing) for route, scope in LISTS_FOR_PEOPLE),
]
