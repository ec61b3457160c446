"""Whatever is served here and described by Mastodon's own document is answered as that describes it."""

import datetime as dt
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi import checks

from speak.clients.openapi import document
from speak.clients.scopes import SENTENCES
from speak.clients.urls import ENDPOINTS
from speak.kernel import clock
from tests.clients.furnished import BEHIND, Furnished
from tests.clients.fuzzing import Asking, called, in_shares, operations_of
from tests.examples import MANY

# The document of abraham/mastodon-openapi 4.7.0 (GFDL-1.3), without its sentences and examples.
WRITTEN = Path(__file__).parents[1] / "wire" / "mastodon-openapi-4.7.json.gz"
# Not every status is in it: 403 for a scope that is missing stands there for few operations.
KEPT: tuple[CheckFunction, ...] = (
    not_a_server_error,
    checks.content_type_conformance,
    checks.response_schema_conformance,
)
# What succeeds with more than ids in its route: its query or its body.
GIVEN: dict[str, dict[str, Any]] = {
    "GET /api/v1/accounts/lookup": {"acct": "bob"},
    "GET /api/v1/accounts/search": {"q": "bob"},
    "GET /api/v2/search": {"q": "tides"},
    "GET /api/v1/timelines/link": {"url": "https://example.org/"},
    "PATCH /api/v1/accounts/update_credentials": {"display_name": "Alice", "note": "Tides."},
    "POST /api/v1/apps": {"client_name": "Tusk", "redirect_uris": ["tusk://back"]},
    "POST /api/v1/statuses": {"status": "Words.", "visibility": "public"},
    "PUT /api/v1/statuses/{id}": {"status": "Better."},
    "POST /api/v1/lists": {"title": "Harbor"},
    "PUT /api/v1/lists/{id}": {"title": "Harbors"},
    "POST /api/v2/filters": {"title": "Fish", "context": ["home"]},
    "PUT /api/v2/filters/{id}": {"title": "Fish"},
    "POST /api/v2/filters/{filter_id}/keywords": {"keyword": "cod"},
    "PUT /api/v2/filters/keywords/{id}": {"keyword": "eel"},
    "PUT /api/v1/scheduled_statuses/{id}": {"scheduled_at": (clock.now() + dt.timedelta(days=1)).isoformat()},
    **{
        f"POST /api/v1/accounts/{{id}}/{deed}": {}
        for deed in ("follow", "unfollow", "block", "unblock", "mute", "unmute", "remove_from_followers")
    },
    **{f"POST /api/v1/follow_requests/{{account_id}}/{deed}": {} for deed in ("authorize", "reject")},
    **{
        f"POST /api/v1/statuses/{{id}}/{deed}": {}
        for deed in ("favourite", "unfavourite", "bookmark", "unbookmark", "reblog", "unreblog", "pin", "unpin")
    },
    "PUT /api/v1/media/{id}": {"description": "The sea"},
    "POST /api/v1/notifications/clear": {},
    "POST /api/v1/notifications/{id}/dismiss": {},
    "DELETE /api/v1/statuses/{id}": {},
    "DELETE /api/v1/lists/{id}": {},
    "DELETE /api/v1/media/{id}": {},
    "DELETE /api/v1/scheduled_statuses/{id}": {},
    "DELETE /api/v2/filters/{id}": {},
    "DELETE /api/v2/filters/keywords/{id}": {},
    "DELETE /api/v2/filters/statuses/{id}": {},
    "DELETE /api/v1/profile/avatar": {},
    "DELETE /api/v1/profile/header": {},
}


def described() -> dict[str, Any]:
    """The document, but for three things: where nothing is streamed no address is named, so that apps poll.

    It describes the list of filters of version 1 as if it were one of them. And it knows no scopes of IndieAuth and
    Micropub, which stand beside Mastodon's where all that the server knows are listed (RFC 8414, 2).
    """
    found: dict[str, Any] = json.loads(gzip.decompress(WRITTEN.read_bytes()))
    found["components"]["schemas"]["V1Instance"]["properties"]["urls"].pop("required")
    supported = found["components"]["schemas"]["OAuthScope"]["enum"]
    supported += [scope for scope in SENTENCES if scope not in supported]
    answer = found["paths"]["/api/v1/filters"]["get"]["responses"]["200"]["content"]["application/json"]
    answer["schema"] = {"type": "array", "items": {"$ref": "#/components/schemas/V1Filter"}}
    return found


def operations(described: dict[str, Any]) -> set[tuple[str, str]]:
    """Methods and routes, whatever the parts of a route are called."""
    return {(method.upper(), plain(path)) for path, methods in described["paths"].items() for method in methods}


def plain(path: str) -> str:
    """A route without the names of its parts."""
    return re.sub(r"{\w+}", "{}", path)


# What is not there before somebody asks for it, or at all; and what is asked by a whole address.
NOT_THERE = {"GET /api/v1/instance/terms_of_service", "GET /api/v1/push/subscription", "GET /api/oembed"}
SERVED = operations(document(ENDPOINTS)) - {("GET", "/oauth/authorize")}
OPERATIONS = [found for found in operations_of(described()) if (found.method.upper(), plain(found.path)) in SERVED]
READ = [
    found
    for found in OPERATIONS
    if found.method == "get" and "oauth" not in found.path and found.label not in NOT_THERE
]
WRITTEN_TO = [found for found in OPERATIONS if found.label in GIVEN and found.method != "get"]
EACH = max(2, 2 * MANY // len(OPERATIONS))


@pytest.mark.parametrize("those", in_shares(OPERATIONS))
def test_nothing_is_answered_otherwise_than_mastodon_describes_it(house: Furnished, those: list[Any]) -> None:
    for operation in those:
        Asking(operation, checks=KEPT, examples=EACH).ask(house)


def test_every_operation_that_reads_succeeds_as_mastodon_describes_it(house: Furnished) -> None:
    for operation in READ:
        if "{" not in operation.path:
            done(house, operation)
        elif any(operation.path.startswith(start) for start in BEHIND):
            for known in house.behind(operation.path):
                done(house, operation, known)


def test_every_operation_that_writes_succeeds_as_mastodon_describes_it(house: Furnished) -> None:
    assert len(WRITTEN_TO) >= 40
    for operation in WRITTEN_TO:
        done(house, operation, house.behind(operation.path)[0])


def done(house: Furnished, operation: Any, known: str = "") -> None:  # noqa: ANN401 - schemathesis' own
    """Ask, of what is there, for what can be done; and hold the answer against the document."""
    given = GIVEN.get(operation.label, {})
    parts = {part.name: known for part in operation.path_parameters}
    sent = {"query": given} if operation.method == "get" else {"body": given, "media_type": "application/json"}
    case = operation.Case(path_parameters=parts, **sent)
    response = called(case, {"Authorization": f"Bearer {house.app.token}"})
    assert response.status_code == 200, (operation.label, response.text)
    case.validate_response(response, checks=list(KEPT))
