"""The way to a token, which django-oauth-toolkit serves, described in the same words (RFC 6749, 7009, 7636, 8414)."""

from typing import Any, Literal

import msgspec

from speak.clients.openapi.operations import JSON, body, refused
from speak.clients.openapi.schemas import WHERE, taken

Parts = dict[str, Any]


class AskingForToken(msgspec.Struct, kw_only=True):
    """What an app shows for a token: a code that a person agreed to, or only its own secret."""

    grant_type: Literal["authorization_code", "client_credentials"]
    client_id: str = ""
    client_secret: str = ""
    code: str = ""
    redirect_uri: str = ""
    code_verifier: str = ""
    scope: str = ""


class GivingBack(msgspec.Struct, kw_only=True):
    """A token that is not needed any more, and whose app it is."""

    token: str
    client_id: str = ""
    client_secret: str = ""


class Question(msgspec.Struct, kw_only=True):
    """What an app sends a person to the consent page with."""

    client_id: str
    redirect_uri: str
    response_type: Literal["code"]
    scope: str = "read"
    state: str = ""
    code_challenge: str = ""
    code_challenge_method: Literal["S256"] = "S256"
    force_login: bool = False


class OAuthToken(msgspec.Struct, kw_only=True):
    """A token. It lasts until it is taken away."""

    access_token: str
    token_type: Literal["Bearer"]
    scope: str
    created_at: int


class Person(msgspec.Struct, kw_only=True):
    """Whose token it is (OpenID Connect Core 5.3)."""

    iss: str
    sub: str
    name: str
    preferred_username: str
    profile: str
    picture: str


class Server(msgspec.Struct, kw_only=True):
    """Where an app finds what it needs (RFC 8414)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    revocation_endpoint: str
    userinfo_endpoint: str
    app_registration_endpoint: str
    service_documentation: str
    scopes_supported: list[str]
    response_types_supported: list[str]
    response_modes_supported: list[str]
    grant_types_supported: list[str]
    token_endpoint_auth_methods_supported: list[str]
    code_challenge_methods_supported: list[str]


class Revoked(msgspec.Struct, kw_only=True):
    """Nothing more to say."""


GIVEN: tuple[type[msgspec.Struct], ...] = (OAuthToken, Person, Server, Revoked)


def components() -> dict[str, Parts]:
    """What these answer with."""
    _, found = msgspec.json.schema_components(GIVEN, ref_template=WHERE)
    return found


def paths() -> dict[str, Parts]:
    """The addresses and what they take."""
    return {
        "/.well-known/oauth-authorization-server": {
            "get": _operation("server", "Where everything is", {"200": _answer(Server)}),
        },
        "/oauth/authorize": {"get": _consent()},
        "/oauth/token": {
            "post": _operation(
                "token",
                "Exchange a code, or an app's own secret, for a token",
                {"200": _answer(OAuthToken), "400": refused("NotUnderstood"), "401": refused("NoToken")},
                takes=AskingForToken,
            ),
        },
        "/oauth/revoke": {
            "post": _operation(
                "revoke",
                "Give a token back",
                {"200": _answer(Revoked), "400": refused("NotUnderstood"), "401": refused("NoToken")},
                takes=GivingBack,
            ),
        },
        "/oauth/userinfo": {method: _userinfo(method) for method in ("get", "post")},
    }


def _userinfo(method: str) -> Parts:
    answers = {"200": _answer(Person), "401": refused("NoToken"), "403": refused("NotAllowed")}
    described = _operation(f"userinfo_{method}", "Whose token this is", answers)
    return {**described, "security": [{"OAuth2": ["profile"]}, {"OAuth2": ["read"]}]}


def _consent() -> Parts:
    """A page for people; here so that a program knows where to lead them."""
    schema = taken(Question)
    page = {"content": {"text/html": {"schema": {"type": "string"}}}}
    described = _operation(
        "authorize",
        "Ask a person whether an app may speak for them",
        {
            "200": {"description": "The question, on a page.", **page},
            "302": {"description": "Back to the app; or first to where one signs in."},
            "400": {"description": "This app is not known, or did not name this address.", **page},
        },
    )
    described["parameters"] = [
        {"name": name, "in": "query", "required": name in schema["required"], "schema": part}
        for name, part in schema["properties"].items()
    ]
    return described


def _operation(name: str, summary: str, answers: Parts, *, takes: type[msgspec.Struct] | None = None) -> Parts:
    described: Parts = {
        "operationId": f"oauth_{name}",
        "tags": ["oauth"],
        "summary": f"{summary}.",
        "security": [{}],
        "responses": answers,
    }
    if takes is not None:
        described["requestBody"] = body(taken(takes))
    return described


def _answer(kind: type[msgspec.Struct]) -> Parts:
    schema = {"$ref": WHERE.format(name=kind.__name__)}
    return {"description": "Done.", "content": {JSON: {"schema": schema}}}
