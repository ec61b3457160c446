"""The types of endpoints as JSON Schema: what they give as named components, what they take as it is read."""

from collections.abc import Container, Iterable, Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from msgspec import inspect

from speak.clients.api.endpoints import Endpoint
from speak.clients.api.paging import MARK, MOST_ID, Listed, ListedWithin

Schema = dict[str, Any]
WHERE = "#/components/schemas/{name}"
ID: Schema = {"type": ["string", "integer"], "pattern": "^[0-9]+$", "minimum": 0, "maximum": MOST_ID}
FILE: Schema = {"type": "string", "format": "binary"}


def given_back(endpoints: Iterable[Endpoint]) -> tuple[list[Schema | None], dict[str, Schema]]:
    """The schema of what each endpoint gives, in their order, and the components that these refer to.

    None for those that write their answer themselves.
    """
    kinds = [_written(each.gives) for each in endpoints]
    schemas, components = msgspec.json.schema_components(sum(kinds, start=()), ref_template=WHERE)
    left = iter(schemas)
    each_one = [_one_of([next(left) for _ in alternatives]) for alternatives in kinds]
    moments = _moments(*sum(kinds, start=()))
    return each_one, {name: _always_whole(_timed(each, moments)) for name, each in components.items()}


def taken(kind: type[msgspec.Struct]) -> Schema:
    """What an endpoint takes: an object, with everything in it written out in place."""
    (schema,), components = msgspec.json.schema_components([kind], schema_hook=_file, ref_template=WHERE)
    moments = _moments(kind)
    refers_to = {WHERE.format(name=name): _timed(component, moments) for name, component in components.items()}
    return _object_in_place(schema, refers_to)


def _written(gives: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any type that an endpoint may declare
    """What the body may be: of a page of a list that is the list."""
    if get_origin(gives) in {Union, UnionType}:
        return sum((_written(kind) for kind in get_args(gives)), start=())
    if get_origin(gives) is Listed:
        (item,) = get_args(gives)
        return (list[item],)  # type: ignore[valid-type]
    if get_origin(gives) is ListedWithin:
        return get_args(gives)
    return () if isinstance(gives, type) and issubclass(gives, HttpResponse) else (gives,)


def _one_of(schemas: list[Schema]) -> Schema | None:
    return {"anyOf": schemas} if len(schemas) > 1 else next(iter(schemas), None)


def _always_whole(component: Schema) -> Schema:
    """Every part of an answer that has a value is there, defaults too; only what may be unset can be missing."""
    if "properties" not in component:
        return component
    properties = {name: _without_default(part) for name, part in component["properties"].items()}
    known = component.get("required", [])
    required = [name for name, part in component["properties"].items() if name in known or "default" in part]
    return {**component, "properties": properties, "required": required}


def _without_default(part: Schema) -> Schema:
    return {name: value for name, value in part.items() if name != "default"}


def _moments(*kinds: object) -> set[tuple[str, str]]:
    """Which parts of which structs are moments: msgspec says only that they are strings."""
    found: set[tuple[str, str]] = set()
    seen: set[type] = set()
    left: list[inspect.Type] = list(inspect.multi_type_info(kinds))
    while left:
        kind = left.pop()
        if isinstance(kind, inspect.StructType) and kind.cls not in seen:
            seen.add(kind.cls)
            left += [part.type for part in kind.fields]
            found |= {(kind.cls.__name__, part.encode_name) for part in kind.fields if _is_moment(part.type)}
        elif isinstance(kind, inspect.UnionType):
            left += kind.types
        elif isinstance(kind, inspect.CollectionType):
            left.append(kind.item_type)
    return found


def _is_moment(kind: inspect.Type) -> bool:
    alternatives = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return any(isinstance(each, inspect.DateTimeType) for each in alternatives)


def _timed(component: Schema, moments: Container[tuple[str, str]]) -> Schema:
    """The same, saying of moments that they are (RFC 3339)."""
    properties = component.get("properties", {})
    timed = {name: _moment(part) for name, part in properties.items() if (component.get("title"), name) in moments}
    return {**component, "properties": {**properties, **timed}} if timed else component


def _moment(part: Schema) -> Schema:
    if "anyOf" in part:
        return {**part, "anyOf": [_moment(each) for each in part["anyOf"]]}
    return {**part, "format": "date-time"} if part.get("type") == "string" else part


def _object_in_place(part: Schema, components: Mapping[str, Schema]) -> Schema:
    """The same with what each reference refers to, and ids as apps write them. No parameter holds its own kind."""
    if MARK in part:
        return {**ID, **{name: value for name, value in part.items() if name == "default"}}
    whole = components.get(part.get("$ref", ""), part)
    return {name: _in_place(value, components) for name, value in whole.items()}


def _in_place(part: object, components: Mapping[str, Schema]) -> object:
    if isinstance(part, list):
        return [_in_place(item, components) for item in part]
    return _object_in_place(part, components) if isinstance(part, dict) else part


def _file(kind: Any) -> Schema:  # noqa: ANN401 - whatever msgspec has no schema for
    """Files, and what is taken whatever it is.

    Raises:
        NotImplementedError: it is something else, which no app could send.
    """
    if kind is object:
        return {"description": "Anything."}
    if get_origin(kind) is UploadedFile or kind is UploadedFile:
        return dict(FILE)
    raise NotImplementedError(kind)
