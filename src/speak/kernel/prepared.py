"""Questions to the database that are asked so often that they are put into SQL only once.

Django writes the SQL of a query anew each time, which takes ten times as long as SQLite needs to answer it.
A `Prepared` is written like any query, from values given as arguments, and keeps its SQL:

    followers_of = Prepared(lambda target_id: Follow.objects.filter(target=target_id).values_list("pk")[:1])
    followers_of.exists(actor.pk)

Arguments are numbers, texts and instants; the query must be the same for all of them, so no branch may
depend on one. Measured in docs/decisions/0048-sql-that-is-written-once.md.
"""

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeAlias, TypeVar, cast

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Value: TypeAlias = int | str | dt.datetime
Row = TypeVar("Row")
# Values that nothing real has: where they stand in the SQL, the arguments stand later.
NUMBER = 7_305_061_000_000_000_000
INSTANT = dt.datetime(1, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


class Prepared(Generic[Row]):
    """One query, as its `build` makes it. Each thread keeps its own SQL, made when it first asks."""

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        """`build` takes the arguments one by one and returns a query that reads models or tuples."""
        self._build = build
        self._kept = threading.local()

    def all(self, *values: Value) -> list[Row]:
        """Every row."""
        kept: _Kept | None = getattr(self._kept, "sql", None)
        if kept is None or kept.vendor != connection.vendor:
            kept = self._kept.sql = _Kept(self._build, values)
        return kept.rows(values)

    def first(self, *values: Value) -> Row | None:
        """The first row, if there is one; the query itself should be limited to it."""
        return next(iter(self.all(*values)), None)

    def exists(self, *values: Value) -> bool:
        """Whether there is a row."""
        return bool(self.all(*values))


class _Kept:
    """The SQL of a query, where its arguments stand, and how its rows are read."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], values: Sequence[Value]) -> None:
        self.vendor = connection.vendor
        stand_ins = [_stand_in(value, place) for place, value in enumerate(values)]
        compiler = build(*stand_ins).query.get_compiler(connection=connection)
        self.sql, params = compiler.as_sql()
        places = {_adapted(stand_in): place for place, stand_in in enumerate(stand_ins)}
        self.params = [(param, places.get(param) if isinstance(param, Value) else None) for param in params]
        missing = set(range(len(values))) - {place for _, place in self.params}
        if missing:
            message = f"arguments {sorted(missing)} do not stand in {self.sql}"
            raise ValueError(message)
        self.compiler = compiler
        self.converters = compiler.get_converters([column for column, *_ in compiler.select])
        self.read = _reader(compiler)

    def rows(self, values: Sequence[Value]) -> list[Any]:
        params = [param if place is None else _adapted(values[place]) for param, place in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        if self.converters and found:
            found = self.compiler.apply_converters(found, self.converters)
        return [self.read(row) for row in found]


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

    def read(row: Sequence[Any]) -> Model:
        found = model.from_db(connection.alias, names, row[first:last])
        for populator in populators:
            populator.populate(row, found)
        return found

    return read
