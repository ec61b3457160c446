"""What an app sends, in any of the forms apps use, as one typed value.

Mastodon's clients send JSON, forms and multipart, and write lists and parts as Rails reads them:
`id[]=1&id[]=2`, `poll[options][]=a`, `fields_attributes[0][name]=Web`.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable
from itertools import pairwise
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.datastructures import MultiValueDict

from speak.kernel.errors import Invalid, TooMuch

MOST_PARAMETERS = 1_000
DEEPEST = 5
# Where msgspec says which parameter it speaks of: “… at `$.limit`”, “… missing required field `q`”.
SPOKEN_OF = re.compile(r"`(?:\$\.)?(?P<name>\w+)[^`]*`$")
# JSON can hold half of a surrogate pair; UTF-8 cannot.
HALVES = re.compile("[\ud800-\udfff]")
KEY = re.compile(r"\[([^\[\]]*)\]")
SWITCHES = {"on": "true", "off": "false", "t": "true", "f": "false", "yes": "true", "no": "false"}
Given = TypeVar("Given", bound=msgspec.Struct)
Pairs = Iterable[tuple[str, Any]]


class Misread(Invalid):
    """A parameter is missing, or is not of the kind that is asked for."""

    def __init__(self, problem: str, *, name: str = "") -> None:
        """Say what is wrong with the parameter of this `name`, if it is known which."""
        super().__init__(f"Validation failed: {problem}", hint="See the documentation of this method.")
        self.problem = problem
        self.name = name


def read(request: HttpRequest, kind: type[Given], *, most_bytes: int) -> Given:
    """The parameters of a request as `kind`, from its address and its body together.

    Raises:
        Misread: something is missing, or not of the kind that is asked for.
        Invalid: the body cannot be read at all.
        TooMuch: more than 1,000 parameters, a JSON body larger than `most_bytes`, or nested deeper than 5.
    """
    given = {**_nested(_pairs(request.GET)), **_body(request, most_bytes=most_bytes)}
    for name, value in given.items():
        if not can_be_kept(value):
            raise Misread("Expected text without zeros and halves of characters", name=name)
    try:
        return _in_utc(msgspec.convert(_cleaned(given, kind), kind, strict=False, dec_hook=_as_it_is))
    except msgspec.ValidationError as error:
        spoken_of = SPOKEN_OF.search(str(error))
        raise Misread(str(error), name=spoken_of["name"] if spoken_of else "") from error


def can_be_kept(value: object) -> bool:
    """Whether all text in this is such as a database keeps: UTF-8 without the character zero."""
    if isinstance(value, dict):
        return all(map(can_be_kept, value.values()))
    if isinstance(value, list):
        return all(map(can_be_kept, value))
    return not isinstance(value, str) or ("\0" not in value and not HALVES.search(value))


def _in_utc(given: Given) -> Given:
    """The same; a moment without a zone is meant in UTC, as Mastodon reads it."""
    for name in given.__struct_fields__:
        value = getattr(given, name)
        if isinstance(value, dt.datetime) and value.tzinfo is None:
            setattr(given, name, value.replace(tzinfo=dt.UTC))
    return given


def _body(request: HttpRequest, *, most_bytes: int) -> dict[str, Any]:
    if request.method in {"GET", "HEAD"}:
        return {}
    if request.content_type == "application/json":
        if len(request.body) > most_bytes:
            raise TooMuch("That is more than this method takes.")
        return of_json(request.body)
    form, files = _form(request)
    return _nested([*_pairs(form), *_pairs(files)])


def of_json(body: bytes) -> dict[str, Any]:
    """The parameters of a JSON body.

    Raises:
        Invalid: it is not JSON, or not an object.
        TooMuch: it is nested deeper than 5.
    """
    if not body.strip():
        return {}
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Invalid("That is not JSON.") from error
    if not isinstance(given, dict):
        raise Invalid("A JSON object is expected.")
    return _with_lists_in(given)


def _form(request: HttpRequest) -> tuple[QueryDict, MultiValueDict[str, Any]]:
    """What a form holds. Django reads those of POST alone; apps send them with PUT, PATCH and DELETE too."""
    if request.method == "POST":
        return request.POST, request.FILES
    if request.content_type == "multipart/form-data":
        try:
            return MultiPartParser(request.META, request, request.upload_handlers, request.encoding).parse()
        except MultiPartParserError as error:
            raise Invalid("That form cannot be read.") from error
    return QueryDict(request.body, encoding=request.encoding), MultiValueDict()


def _pairs(form: MultiValueDict[str, Any]) -> Pairs:
    """Every name with each of its values; of a plain name given twice the last counts."""
    for name, values in form.lists():
        for value in values if "[" in name else values[-1:]:
            yield name, value


def _nested(pairs: Pairs) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for count, (name, value) in enumerate(pairs):
        if count >= MOST_PARAMETERS:
            raise TooMuch("That is more than this method takes.")
        head, _, rest = name.partition("[")
        path = [head, *KEY.findall(f"[{rest}" if rest else "")]
        if len(path) > DEEPEST:
            raise TooMuch("That is nested deeper than this method takes.")
        if path[-2:] == ["", ""]:  # `id[][]`, as Mastodon.py writes it: a list, since no method takes lists of lists
            path.pop()
        _put(whole, path, value)
    return _with_lists_in(whole)


def _put(whole: dict[str, Any], path: list[str], value: object) -> None:
    """Write `value` at `path`; an empty name means: one more."""
    at: dict[str, Any] = whole
    for name, following in pairwise(path):
        key = name or _last_or_next(at, following)
        below = at.setdefault(key, {})
        if not isinstance(below, dict):
            below = at[key] = {}
        at = below
    at[path[-1] or str(len(at))] = value


def _last_or_next(at: dict[str, Any], following: str) -> str:
    """Where `[][name]` belongs: to the last one, unless that has a `name` already."""
    last = str(len(at) - 1)
    return last if isinstance(at.get(last), dict) and following not in at[last] else str(len(at))


def _with_lists_in(given: dict[str, Any]) -> dict[str, Any]:
    return {name: _with_lists(value, depth=1) for name, value in given.items()}


def _with_lists(given: object, *, depth: int) -> object:
    """Objects whose names are numbers are lists, in the order of their numbers."""
    if depth > DEEPEST:
        raise TooMuch("That is nested deeper than this method takes.")
    if isinstance(given, list):
        return [_with_lists(item, depth=depth + 1) for item in given[:MOST_PARAMETERS]]
    if not isinstance(given, dict):
        return given
    deeper = {name: _with_lists(value, depth=depth + 1) for name, value in given.items()}
    if deeper and all(name.isascii() and name.isdigit() for name in deeper):
        return [deeper[name] for name in sorted(deeper, key=int)]
    return deeper


def _cleaned(given: dict[str, Any], kind: type[msgspec.Struct]) -> dict[str, Any]:
    """Without nothings that mean “not given”, with one in a list where a list is asked for, and words of forms.

    Where a field tells “not given” from “nothing” by `UNSET`, nothing is what it says.
    """
    cleaned: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        value = given.get(field.encode_name)
        kinds = _kinds(field.type)
        if value is None or (value == "" and str not in kinds):
            if msgspec.UnsetType in kinds and field.encode_name in given:
                cleaned[field.encode_name] = None
            continue
        if kinds & {list, tuple} and not isinstance(value, list):
            value = [value]
        if bool in kinds and isinstance(value, str):
            value = SWITCHES.get(value.lower(), value)
        cleaned[field.encode_name] = _cleaned_within(value, field.type)
    return cleaned


def _cleaned_within(value: object, declared: object) -> object:
    """The same for an object that is asked for here, and for each in a list of them."""
    struct = next(
        (kind for kind in _kinds(declared) if isinstance(kind, type) and issubclass(kind, msgspec.Struct)), None
    )
    if struct is not None and isinstance(value, dict):
        return _cleaned(value, struct)
    if isinstance(value, list):
        within = _kinds_within(declared)
        return [_cleaned_within(item, within) for item in value] if within is not None else value
    return value


def _kinds(declared: object) -> set[Any]:
    """The classes that a field takes: of `int | None` that is `int`."""
    origin = get_origin(declared)
    if origin in {Union, UnionType}:
        return set().union(*(_kinds(part) for part in get_args(declared) if part is not NoneType))
    if hasattr(declared, "__metadata__"):
        return _kinds(get_args(declared)[0])
    return {origin or declared}


def _kinds_within(declared: object) -> object:
    """What a list that a field takes is a list of, where that is said."""
    origin = get_origin(declared)
    if origin in {list, tuple}:
        return get_args(declared)[0]
    if origin in {Union, UnionType}:
        return next(filter(None, map(_kinds_within, get_args(declared))), None)
    return _kinds_within(get_args(declared)[0]) if hasattr(declared, "__metadata__") else None


def _as_it_is(kind: type, value: object) -> object:
    """Files come as Django gives them."""
    if isinstance(value, kind):
        return value
    raise msgspec.ValidationError("Expected a file")
