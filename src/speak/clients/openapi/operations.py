"""One endpoint as an operation: its parameters, who may call it, and what it answers."""

import inspect
import re
from typing import Any, get_origin

from speak.clients.api.endpoints import Endpoint, Who
from speak.clients.api.paging import Listed, ListedWithin
from speak.clients.openapi.schemas import FILE, Schema, taken

Parts = dict[str, Any]
JSON, FORM, MULTIPART = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
# Django's converters (docs.djangoproject.com/en/5.2/topics/http/urls/#path-converters). Ids are strings to apps.
PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
WRITTEN: dict[str | None, Schema] = {"int": {"type": "string", "pattern": "^[0-9]+$"}}
TEXT: Schema = {"type": "string", "minLength": 1, "pattern": "^[^/]+$"}
WHO = {
    Who.ANYONE: "Without a token, too.",
    Who.APP: "With the token of a person, or an app's own.",
    Who.PERSON: "With the token of a person.",
}
DECLINED = {
    "401": "NoToken",
    "403": "NotAllowed",
    "404": "NotFound",
    "422": "Declined",
    "429": "TooOften",
}
LIMITS = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")


def path_of(route: str) -> str:
    """A route of Django's as OpenAPI writes it."""
    return PART.sub(r"{\g<name>}", route)


def operation(endpoint: Endpoint, gives: Schema | None) -> Parts:
    """What OpenAPI says of one endpoint; `gives` is the schema of its answer, if it has one."""
    said = inspect.cleandoc(endpoint.function.__doc__ or "")
    summary, _, more = said.partition("\n")
    described: Parts = {
        "operationId": name_of(endpoint.method, endpoint.route),
        "tags": [endpoint.function.__module__.rpartition(".")[2]],
        "summary": summary,
        "description": "\n\n".join(part for part in (more.strip(), WHO[endpoint.who]) if part),
        "parameters": _in_path(endpoint.route),
        "security": _security(endpoint),
        "responses": _responses(endpoint, gives),
    }
    if endpoint.takes is not None:
        schema = taken(endpoint.takes)
        if endpoint.method == "GET":
            described["parameters"] += _in_query(schema)
        else:
            described["requestBody"] = body(schema)
    return described


def name_of(method: str, route: str) -> str:
    """What the operation is called: its method and the words of its route."""
    return "_".join([method.lower(), *re.findall(r"\w+", PART.sub(r"\g<name>", route))])


def body(schema: Schema) -> Parts:
    """A body in each form in which it is read; files come in multipart alone."""
    needed = schema.get("required", [])
    is_file = any(schema["properties"][name] == FILE for name in needed)
    kinds = (MULTIPART,) if is_file else (JSON, FORM, MULTIPART)
    return {"required": bool(needed), "content": {kind: {"schema": schema} for kind in kinds}}


def refused(name: str) -> Parts:
    """A reference to one of the answers that decline."""
    return {"$ref": f"#/components/responses/{name}"}


def _in_path(route: str) -> list[Parts]:
    return [
        {"name": part["name"], "in": "path", "required": True, "schema": dict(WRITTEN.get(part["kind"], TEXT))}
        for part in PART.finditer(route)
    ]


def _in_query(schema: Schema) -> list[Parts]:
    """The parameters of a GET; lists are written as Rails reads them, `id[]=1&id[]=2`."""
    required = schema.get("required", ())
    found = []
    for name, part in schema.get("properties", {}).items():
        is_list = part.get("type") == "array"
        shown: Parts = {"name": f"{name}[]" if is_list else name, "in": "query", "schema": _there(part)}
        if name in required:
            shown["required"] = True
        found.append(shown)
    return found


def _there(part: Schema) -> Schema:
    """What a parameter may be where it is given: nothing is said by leaving it out."""
    kinds = [each for each in part.get("anyOf", ()) if each.get("type") != "null"]
    rest = {name: value for name, value in part.items() if name != "anyOf" and value is not None}
    return {**rest, **(kinds[0] if len(kinds) == 1 else {"anyOf": kinds})} if kinds else rest


def _security(endpoint: Endpoint) -> list[Parts]:
    ways: list[Parts] = [{"OAuth2": [scope]} for scope in endpoint.scopes] or [{"OAuth2": []}]
    return [{}, *ways] if endpoint.who is Who.ANYONE else ways


def _responses(endpoint: Endpoint, gives: Schema | None) -> Parts:
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in LIMITS}
    if get_origin(endpoint.gives) in {Listed, ListedWithin}:
        headers["Link"] = {"$ref": "#/components/headers/Link"}
    done: Parts = {"description": "Done.", "headers": headers}
    if gives is not None:
        done["content"] = {JSON: {"schema": gives}}
    return {"200": done, **{status: refused(name) for status, name in DECLINED.items()}}
