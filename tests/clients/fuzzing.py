"""What schemathesis thinks up by a document is sent to the program itself; the answers are held against it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.generation.case import Case
from schemathesis.specs.openapi import checks

from tests.clients.furnished import NAMED, Furnished, as_it_was

BASE = "http://localhost"
KEPT: tuple[CheckFunction, ...] = (
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
)


@dataclass(frozen=True)
class Asking:
    """An operation of a document, and what its answers are held against."""

    operation: Any
    checks: tuple[CheckFunction, ...] = KEPT
    examples: int = 4
    mode: GenerationMode = GenerationMode.POSITIVE

    def ask(self, house: Furnished, heard: Callable[[Case[Any], Any], None] | None = None) -> None:
        """Ask at random, mostly with ids of what is there, with alice's token and without."""

        @settings(
            max_examples=self.examples,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate),
        )
        @given(case=self.operation.as_strategy(self.mode), data=st.data())
        def one(case: Case[Any], data: st.DataObject) -> None:
            _furnish(case, house, data)
            token = house.app.token if data.draw(st.integers(0, 3), label="token") else ""
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            response = called(case, headers)
            case.validate_response(response, checks=list(self.checks))
            if heard:
                heard(case, response)

        # Where there is nothing to give, nothing wrong can be given either.
        with suppress(Unsatisfiable):
            one()


def operations_of(document: dict[str, Any]) -> list[Any]:
    """Every operation that a document describes."""
    found = schemathesis.openapi.from_dict(document).get_all_operations()
    return [each.ok() for each in found if isinstance(each, Ok)]


def called(case: Case[Any], headers: dict[str, str]) -> Any:  # noqa: ANN401 - schemathesis' own
    """The answer to one request, as if it had never been made; its connection stays open, as in Django's own client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        with as_it_was():
            return case.call(base_url=BASE, app=APPLICATION, headers=headers)
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def in_shares(operations: list[Any], shares: int = 3) -> list[Any]:
    """The operations in so many parts, as parameters of a test: each part has a place of its own to be asked in."""
    return [pytest.param(operations[start::shares], id=f"share {start + 1} of {shares}") for start in range(shares)]


def _furnish(case: Case[Any], house: Furnished, data: st.DataObject) -> None:
    """Ids of what is there, most of the time."""
    for name in case.path_parameters or {}:
        if data.draw(st.integers(0, 3), label="is there"):
            case.path_parameters[name] = data.draw(st.sampled_from(house.behind(case.path)))
    parts = [part for part in (case.query, case.body) if isinstance(part, dict)]
    for part in parts:
        for name in part.keys() & NAMED.keys():
            if data.draw(st.booleans(), label=f"{name} is there"):
                known = data.draw(st.sampled_from(house.ids[NAMED[name]]))
                part[name] = [known] if name.endswith("ids") else known


APPLICATION = get_wsgi_application()
