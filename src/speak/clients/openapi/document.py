"""The whole document, and the address at which it is served."""

import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from importlib import metadata
from sys import modules
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from speak.clients.api.endpoints import Endpoint
from speak.clients.openapi import shared, signing_in
from speak.clients.openapi.operations import operation, path_of
from speak.clients.openapi.schemas import given_back

Parts = dict[str, Any]
ABOUT = """\
Mastodon's API (docs.joinmastodon.org/api) as this program serves it, for the apps people already have.

Parameters come as JSON, as a form or as multipart, and lists and parts also as Rails reads them: `id[]=1&id[]=2`.
Ids are strings that sort in the order of time. An app never widens an audience; counts are told to the person they
belong to, and are zero to everybody else.
"""


def document(endpoints: Sequence[Endpoint]) -> Parts:
    """What these endpoints are, with the way to a token; the same on every server, whatever its address."""
    with translation.override("en"):
        gives, components = given_back(endpoints)
        paths = signing_in.paths()
        for each, schema in zip(endpoints, gives, strict=True):
            paths.setdefault(path_of(each.route), {})[each.method.lower()] = operation(each, schema)
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "Speak for Yourself",
                "version": metadata.version("speak-for-yourself"),
                "description": ABOUT,
                "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
            },
            "servers": [{"url": "/"}],
            "tags": _tags(endpoints),
            "paths": paths,
            "components": {
                "schemas": {**components, **signing_in.components(), **shared.SCHEMAS},
                "headers": shared.HEADERS,
                "responses": shared.responses(),
                "securitySchemes": shared.security(),
            },
        }


def served(endpoints: Sequence[Endpoint]) -> Callable[..., HttpResponse]:
    """The view that answers with the document; it is made when it is first asked for."""

    @functools.cache
    def written() -> bytes:
        return msgspec.json.encode(document(endpoints))

    @require_safe
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(written(), content_type="application/json; charset=utf-8")

    return view


def _tags(endpoints: Iterable[Endpoint]) -> list[Parts]:
    """The modules in which the endpoints stand, in the words with which each begins."""
    names = dict.fromkeys(each.function.__module__ for each in endpoints)
    first_lines = {name: (inspect.getdoc(modules[name]) or "").partition("\n")[0] for name in names}
    tags = [{"name": name.rpartition(".")[2], "description": words} for name, words in first_lines.items()]
    return [*tags, {"name": "oauth", "description": "How an app comes to a token."}]
