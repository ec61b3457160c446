"""One row into a table by SQL that is written once: what `save()` does for a new row, and no more."""

from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def insert(row: Model) -> None:
    """Write a new row that has its key already. No signal is sent.

    Raises:
        IntegrityError: there is one like it.
    """
    sql, fields = _insertion(type(row))
    with connection.cursor() as cursor:
        cursor.execute(sql, [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields])
    state = row._state  # noqa: SLF001 - public by use: it says whether a row is in the database, and in which
    state.adding, state.db = False, connection.alias


@lru_cache(maxsize=64)
def _insertion(model: type[Model]) -> tuple[str, list[Field[Any, Any]]]:
    about = model._meta  # noqa: SLF001 - Django documents it
    fields = list(about.local_concrete_fields)
    names = [connection.ops.quote_name(str(field.column)) for field in fields]
    places = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(about.db_table)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", fields  # noqa: S608 - names of ours
