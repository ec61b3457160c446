"""From DuckDB's dialect to another engine's, and from our names of tables to what stands for them there."""

from collections.abc import Mapping

import sqlglot
from sqlglot import exp

NOTHING: Mapping[str, exp.Expr] = {}


def carried(query: str, dialect: str, *, stand_ins: Mapping[str, exp.Expr] = NOTHING) -> str:
    """The same question in another engine's dialect."""
    return parsed(query, stand_ins=stand_ins).sql(dialect=dialect)


def parsed(query: str, *, stand_ins: Mapping[str, exp.Expr] = NOTHING) -> exp.Expr:
    """A question, in which other tables or whole questions stand for the tables named in `stand_ins`.

    Each column says its name: some engines keep `t.` in it. Counts and sums are made numbers with a sign: ClickHouse's
    may have none, and older ones put such numbers into no column with others. What a question itself names with WITH
    is left alone.
    """
    asked = sqlglot.parse_one(query, read="duckdb")
    for select in asked.find_all(exp.Select):
        named = [exp.alias_(part, part.name) if isinstance(part, exp.Column) else part for part in select.expressions]
        select.set("expressions", named)
    for number in list(asked.find_all(exp.Count, exp.Sum)):
        number.replace(exp.cast(number.copy(), "BIGINT"))
    own = {part.alias for part in asked.find_all(exp.CTE)}
    for table in list(asked.find_all(exp.Table)):
        if table.name in stand_ins and table.name not in own:
            table.replace(_standing_in(stand_ins[table.name], table.alias_or_name))
    return asked


def _standing_in(stand_in: exp.Expr, name: str) -> exp.Expr:
    """The same under the name by which the question calls it."""
    if isinstance(stand_in, exp.Query):
        return stand_in.subquery(name, copy=True)
    return exp.alias_(stand_in, name, table=True, copy=True)
