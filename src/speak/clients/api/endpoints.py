"""An endpoint: a function with a route, the scopes it asks for, and types for what it takes and gives.

What it takes is its second parameter, if that is a `msgspec.Struct`; what it gives is what it returns. Both are
read from its annotations: to answer requests, and by `clients/openapi` to describe the whole.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType
from typing import Any, get_type_hints

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from speak.clients.api import limits, parameters, refusals
from speak.clients.api.paging import MOST_ID, Listed, link_header
from speak.clients.api.writing import written
from speak.clients.tokens import Bearer, NoToken, ScopeMissing, bearer_shown
from speak.identity.models import Actor
from speak.kernel.errors import NotFound, Refusal

# Words of an article several times over. Pictures come in forms, which have bounds of their own.
MOST_BYTES = 1024 * 1024


class Who(StrEnum):
    """Who may call."""

    ANYONE = "anyone"  # with a token or without
    APP = "app"  # an app that shows a token, a person's or its own
    PERSON = "person"  # an app that shows the token of a person


class Nothing(msgspec.Struct, frozen=True):
    """An answer that says nothing but that it is done."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request, and who makes it."""

    request: HttpRequest
    bearer: Bearer | None

    @property
    def viewer(self) -> Actor | None:
        """The person who asks; nobody where a stranger or an app for itself does."""
        return self.bearer.actor if self.bearer else None

    @property
    def me(self) -> Actor:
        """The person who asks, where only a person may.

        Raises:
            NoToken: nobody in particular asks.
        """
        if self.viewer is None:
            raise NoToken(_("This method needs the token of a person"))
        return self.viewer


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method of one route."""

    method: str
    route: str
    scopes: tuple[str, ...]
    who: Who
    function: Callable[..., Any]
    takes: type[msgspec.Struct] | None
    gives: Any

    def answer(self, request: HttpRequest, **parts: object) -> HttpResponse:
        """Let in, read, do, and write the answer; whatever is declined is said as Mastodon says it."""
        try:
            call = Call(request, self._let_in(request))
            limit = limits.count(call.bearer, request)
            if not all(map(_can_be_there, parts.values())):
                raise NotFound(_("There is nothing here."))
            given = [parameters.read(request, self.takes, most_bytes=MOST_BYTES)] if self.takes else []
            response = _written(self.function(call, *given, **parts), request)
        except Refusal as refusal:
            return refusals.answer(refusal)
        limits.tell(limit, response)
        return response

    def _let_in(self, request: HttpRequest) -> Bearer | None:
        """Who may go on. A token that opens nothing is refused even where none is needed (promise 16)."""
        bearer = bearer_shown(request)
        if bearer is None:
            if self.who is not Who.ANYONE:
                raise NoToken(_("The access token is invalid"))
            return None
        if self.scopes and not any(bearer.reaches(scope) for scope in self.scopes):
            raise ScopeMissing(_("This action is outside the authorized scopes"))
        if self.who is Who.PERSON and bearer.actor is None:
            raise NoToken(_("This method needs the token of a person"))
        return bearer


def endpoint(method: str, route: str, *scopes: str, who: Who = Who.PERSON) -> Callable[[Callable[..., Any]], Endpoint]:
    """Make an endpoint of the function below; any one of the scopes suffices."""

    def make(function: Callable[..., Any]) -> Endpoint:
        hints = get_type_hints(function, include_extras=True)
        gives = hints.pop("return")
        takes = next((kind for kind in hints.values() if _is_struct(kind)), None)
        return Endpoint(method, route, scopes, who, function, takes, gives)

    return make


def endpoints_in(modules: Iterable[ModuleType]) -> list[Endpoint]:
    """The endpoints that these modules define, in the order in which they stand there."""
    return [value for module in modules for value in vars(module).values() if isinstance(value, Endpoint)]


def addresses(endpoints: Iterable[Endpoint]) -> list[URLPattern]:
    """One address for each route, that leads each method to its endpoint; some apps end every address with a slash."""
    routes: dict[str, dict[str, Endpoint]] = {}
    for each in endpoints:
        routes.setdefault(each.route, {})[each.method] = each
    views = {route.lstrip("/"): _view(methods) for route, methods in routes.items()}
    return [path(route + ending, view) for ending in ("", "/") for route, view in views.items()]


def _view(methods: dict[str, Endpoint]) -> Callable[..., HttpResponse]:
    @csrf_exempt
    def view(request: HttpRequest, **parts: object) -> HttpResponse:
        method = "GET" if request.method == "HEAD" else str(request.method)
        if method not in methods:
            return refusals.no_such_method(methods)
        return methods[method].answer(request, **parts)

    return view


def _can_be_there(part: object) -> bool:
    """Whether a database could hold something by this id or name at all."""
    return part <= MOST_ID if isinstance(part, int) else parameters.can_be_kept(part)


def _is_struct(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _written(answer: object, request: HttpRequest) -> HttpResponse:
    if isinstance(answer, HttpResponse):
        return answer
    links = ""
    if isinstance(answer, Listed):
        links = link_header(request, answer)
        answer = answer.items
    response = HttpResponse(written(answer), content_type="application/json; charset=utf-8")
    if links:
        response.headers["Link"] = links
    return response
