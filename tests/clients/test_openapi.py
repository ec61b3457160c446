"""The document that is served says what is served: what is asked by it is answered by it, and never with a fault."""

import json
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from schemathesis.generation import GenerationMode

from speak.clients.openapi import document
from speak.clients.openapi.operations import path_of
from speak.clients.scopes import SENTENCES
from speak.clients.urls import ENDPOINTS
from tests.clients.furnished import Furnished
from tests.clients.fuzzing import Asking, in_shares, operations_of
from tests.examples import MANY

DOCUMENT = document(ENDPOINTS)
OPERATIONS = [found for found in operations_of(document(ENDPOINTS)) if found.path != "/oauth/authorize"]
EACH = max(2, 2 * MANY // len(OPERATIONS))


@pytest.mark.parametrize("those", in_shares(OPERATIONS))
def test_what_is_asked_by_the_document_is_answered_by_it(house: Furnished, those: list[Any]) -> None:
    for operation in those:
        Asking(operation, examples=EACH).ask(house)


@pytest.mark.parametrize("those", in_shares(OPERATIONS))
def test_what_is_asked_against_the_document_is_declined_as_it_says(house: Furnished, those: list[Any]) -> None:
    for operation in those:
        Asking(operation, examples=EACH, mode=GenerationMode.NEGATIVE).ask(house)


def test_it_is_there_for_anyone_and_says_what_the_code_says(db: None) -> None:
    answer = Client().get("/api/openapi.json")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.json() == json.loads(json.dumps(DOCUMENT))


def test_every_endpoint_is_in_it_with_its_scopes() -> None:
    for each in ENDPOINTS:
        described = DOCUMENT["paths"][path_of(each.route)][each.method.lower()]
        assert described["summary"], each.route
        asked = [way["OAuth2"] for way in described["security"] if way]
        assert asked == ([[scope] for scope in each.scopes] or [[]])
    names = [part["operationId"] for methods in DOCUMENT["paths"].values() for part in methods.values()]
    assert len(names) == len(set(names)) == len(ENDPOINTS) + 6


def test_every_scope_that_is_asked_for_is_one_that_a_person_can_agree_to() -> None:
    assert {scope for each in ENDPOINTS for scope in each.scopes} <= SENTENCES.keys()


def test_its_schemas_are_schemas_and_every_reference_leads_somewhere() -> None:
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for reference in references(DOCUMENT):
        at: Any = DOCUMENT
        for part in reference.removeprefix("#/").split("/"):
            at = at[part]


def references(part: object) -> set[str]:
    """Every reference in it."""
    if isinstance(part, list):
        return set().union(*map(references, part))
    if not isinstance(part, dict):
        return set()
    here = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
    return here.union(*map(references, part.values()))


def test_a_moment_an_id_and_a_page_are_said_to_be_so() -> None:
    schemas, paths = DOCUMENT["components"]["schemas"], DOCUMENT["paths"]
    assert schemas["Status"]["properties"]["created_at"] == {"type": "string", "format": "date-time"}
    assert set(schemas["Status"]["required"]) == set(schemas["Status"]["properties"])
    home = paths["/api/v1/timelines/home"]["get"]
    assert "Link" in home["responses"]["200"]["headers"]
    newest = next(part for part in home["parameters"] if part["name"] == "max_id")
    assert newest["schema"]["type"] == ["string", "integer"]
    with_file = paths["/api/v2/media"]["post"]["requestBody"]["content"]
    assert list(with_file) == ["multipart/form-data"]


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
def test_what_is_not_served_is_declined_in_json(db: None, method: str) -> None:
    answer = Client(enforce_csrf_checks=True).generic(method, "/api/v1/accounts/bob/no/such/method")
    assert (answer.status_code, answer.json()) == (404, {"error": "There is no such method here."})


def test_what_is_wrong_with_a_parameter_is_said_of_it(house: Furnished) -> None:
    answer = house.app.ask("GET", "/api/v1/timelines/home", {"limit": "many"})
    assert answer.status_code == 422
    assert answer.json()["details"]["limit"][0]["error"] == "ERR_INVALID"
    assert "q" in house.app.ask("GET", "/api/v2/search").json()["details"]
