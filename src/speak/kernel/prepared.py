"""Questions to the database that are asked so often that they are put into SQL only once.

Django writes the SQL of a query anew each time, which takes ten times as long as SQLite needs to answer it.
A `Prepared` is written like any query, from values given as arguments, and keeps its SQL:

    followers_of = Prepared(lambda target_id: Follow.objects.filter(target=target_id).values_list("pk")[:1])
    followers_of.exists(actor.pk)

Arguments are numbers, texts, instants, and tuples of numbers for `__in`, whose SQL is kept for a few lengths;
the query must be the same for all of them, so no branch may depend on one. Of an empty tuple nothing is found.
Measured in docs/decisions/0048-sql-that-is-written-once.md.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeAlias, TypeVar, cast

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateTimeField, Expression, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Value: TypeAlias = int | str | dt.datetime
Argument: TypeAlias = Value | tuple[int, ...]
Row = TypeVar("Row")
Convert: TypeAlias = Callable[[Any, Expression, BaseDatabaseWrapper], Any]
# Of how many lengths of tuples the SQL is kept.
MOST_KEPT = 40
# Values that nothing real has: where they stand in the SQL, the arguments stand later.
NUMBER = 7_305_061_000_000_000_000
INSTANT = dt.datetime(1, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


class Prepared(Generic[Row]):
    """One query, as its `build` makes it. Its SQL is made when it is first asked for, once for all threads."""

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        """`build` takes the arguments one by one and returns a query that reads models or tuples."""
        self._build = build
        self._kept: dict[object, _Kept] = {}

    def all(self, *arguments: Argument) -> list[Row]:
        """Every row."""
        lengths = tuple([_kept_length(each) for each in arguments if isinstance(each, tuple)])
        if 0 in lengths:
            return []
        shape = (connection.vendor, lengths)
        kept = self._kept.get(shape)
        if kept is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept = {}
            kept = self._kept[shape] = _Kept(self._build, arguments)
        return kept.rows(_flat(arguments) if lengths else cast("Sequence[Value]", arguments))

    def first(self, *arguments: Argument) -> Row | None:
        """The first row, if there is one; the query itself should be limited to it."""
        return next(iter(self.all(*arguments)), None)

    def exists(self, *arguments: Argument) -> bool:
        """Whether there is a row."""
        return bool(self.all(*arguments))


class _Kept:
    """The SQL of a query, where its arguments stand, and how its rows are read."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], arguments: Sequence[Argument]) -> None:
        values = _flat(arguments)
        stand_ins = [_stand_in(value, place) for place, value in enumerate(values)]
        compiler = build(*_shaped(stand_ins, arguments)).query.get_compiler(connection=connection)
        self.sql, params = compiler.as_sql()
        places = {_adapted(stand_in): place for place, stand_in in enumerate(stand_ins)}
        self.params = [(param, places.get(param) if isinstance(param, Value) else None) for param in params]
        missing = set(range(len(values))) - {place for _, place in self.params}
        if missing:
            message = f"arguments {sorted(missing)} do not stand in {self.sql}"
            raise ValueError(message)
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        self.converters = [(place, *_in_one(*found)) for place, found in converters.items()]
        self.read = _reader(compiler)

    def rows(self, values: Sequence[Value]) -> list[Any]:
        params = [param if place is None else _adapted(values[place]) for param, place in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        return [self.read(self._converted(row)) for row in found]

    def _converted(self, row: Sequence[Any]) -> Sequence[Any]:
        """As `SQLCompiler.apply_converters` does."""
        if not self.converters:
            return row
        values = list(row)
        for place, convert, expression in self.converters:
            if values[place] is not None:
                values[place] = convert(values[place], expression, connection)
        return values


def _kept_length(values: tuple[int, ...]) -> int:
    """The next power of two: so there are few lengths, and what is missing is filled up with the first number."""
    return 1 << (len(values) - 1).bit_length() if values else 0


def _flat(arguments: Sequence[Argument]) -> list[Value]:
    """Every value by itself."""
    flat: list[Value] = []
    for each in arguments:
        if isinstance(each, tuple):
            flat += each
            flat += each[:1] * (_kept_length(each) - len(each))
        else:
            flat.append(each)
    return flat


def _shaped(values: Sequence[Value], like: Sequence[Argument]) -> list[Value | tuple[Value, ...]]:
    """The same values as arguments like these."""
    rest = iter(values)
    return [
        tuple(next(rest) for _ in range(_kept_length(each))) if isinstance(each, tuple) else next(rest) for each in like
    ]


def _stand_in(value: Value, place: int) -> Value:
    if isinstance(value, dt.datetime):
        return INSTANT.replace(microsecond=place)
    return f"argument {place} of a prepared query" if isinstance(value, str) else NUMBER + place


def _adapted(value: Value) -> Value:
    """As the database takes it."""
    if isinstance(value, dt.datetime):
        adapted: Any = connection.ops.adapt_datetimefield_value(value)
        return cast("Value", adapted)
    return value


def _reader(compiler: SQLCompiler) -> Callable[[Sequence[Any]], Any]:
    """What makes a model of a row, with the models that were selected along; or a tuple."""
    about = compiler.klass_info
    if about is None or compiler.query.values_select:
        return tuple
    model: type[Model] = about["model"]
    first, last = about["select_fields"][0], about["select_fields"][-1] + 1
    names = [column.target.attname for column, *_ in compiler.select[first:last]]
    populators = get_related_populators(about, compiler.select, connection.alias)  # type: ignore[call-arg] # of Django 6.1
    made = _maker(model)

    def read(row: Sequence[Any]) -> Model:
        found = made(connection.alias, names, row[first:last])
        for populator in populators:
            populator.populate(row, found)
        return found

    return read


def _maker(model: type[Model]) -> Callable[[str, Sequence[str], Sequence[Any]], Model]:
    """What does the same as `Model.from_db`, a third as long: the values are there as they stand in the row.

    No signal says so: nothing in this program listens to any.
    """
    own = [vars(each) for each in model.__mro__ if each not in Model.__mro__]
    if any("__init__" in said or "from_db" in said for said in own):
        return model.from_db

    def made(database: str, names: Sequence[str], values: Sequence[Any]) -> Model:
        found = model.__new__(model)
        state = found._state = ModelState()  # noqa: SLF001 - as `Model.__init__` does
        state.adding, state.db = False, database
        found.__dict__.update(zip(names, values, strict=True))
        return found

    return made


def _in_one(converters: Sequence[Convert], expression: Expression) -> tuple[Convert, Expression]:
    """Several converters of one column as one; an instant in SQLite is read without asking what it could be instead."""
    if connection.vendor == "sqlite" and isinstance(expression.output_field, DateTimeField) and len(converters) == 1:
        return _instant, expression
    if len(converters) == 1:
        return converters[0], expression

    def convert(value: object, column: Expression, database: BaseDatabaseWrapper) -> object:
        for each in converters:
            value = each(value, column, database)
        return value

    return convert, expression


def _instant(value: Any, _expression: Expression, _database: BaseDatabaseWrapper) -> dt.datetime:  # noqa: ANN401
    """As Django writes it into SQLite: in UTC, without saying so."""
    instant = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
    return instant.replace(tzinfo=dt.UTC)
