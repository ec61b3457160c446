"""The same questions in other dialects, on tables of other names."""

import re
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from speak.mirror import measures
from speak.mirror.engines.carrying import carried, parsed
from speak.mirror.measures import basis, definition

MEASURES = Path(measures.__file__).parent
# What Trino takes for itself, of https://trino.io/docs/current/language/reserved.html.
RESERVED = (
    "alter and as auto between by case cast constraint create cross cube "
    "current_catalog current_date current_path current_role current_schema current_time "
    "current_timestamp current_user deallocate delete describe distinct drop else "
    "end escape except execute exists extract false for from full group grouping "
    "having in inner insert intersect into is join json_array json_exists "
    "json_object json_query json_table json_value left like listagg localtime "
    "localtimestamp natural normalize not null on or order outer prepare primary "
    "recursive right rollup select skip table then trim true uescape union "
    "unnest using values when where with "
)


def everything() -> list[str]:
    """All that is ever asked."""
    names = [file.relative_to(MEASURES).with_suffix("") for file in sorted(MEASURES.rglob("*.sql"))]
    return [basis(name.name) if name.parent.name == "basis" else definition(name.as_posix()).query for name in names]


@pytest.mark.parametrize("dialect", ["clickhouse", "trino"])
def test_every_question_can_be_carried_over(dialect: str) -> None:
    for query in everything():
        there = carried(query, dialect, stand_ins={"said": exp.to_table("run_said")})
        tables = {table.name for table in sqlglot.parse_one(there, read=dialect).find_all(exp.Table)}
        assert "said" not in tables
        assert ("run_said" in tables) == (re.search(r"(FROM|JOIN) said\b", query) is not None)


def test_another_table_stands_under_the_name_that_the_question_knows() -> None:
    stand_ins = {"said": exp.to_table("run_said")}
    assert carried("SELECT said.person FROM said", "trino", stand_ins=stand_ins) == (
        "SELECT said.person AS person FROM run_said AS said"
    )
    assert carried("SELECT COUNT(*) AS n FROM said AS s", "trino", stand_ins=stand_ins) == (
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM run_said AS s"
    )


def test_a_whole_question_stands_where_its_name_stood() -> None:
    said = parsed("SELECT m.person FROM message AS m", stand_ins={"message": exp.to_table("run_message")})
    assert carried("SELECT DISTINCT s.person FROM said AS s", "clickhouse", stand_ins={"said": said}) == (
        "SELECT DISTINCT s.person AS person FROM (SELECT m.person AS person FROM run_message AS m) AS s"
    )


def test_what_a_question_names_itself_is_left_alone() -> None:
    query = "WITH said AS (SELECT 1 AS one) SELECT one FROM said"
    there = carried(query, "trino", stand_ins={"said": exp.to_table("run_said")})
    assert there == "WITH said AS (SELECT 1 AS one) SELECT one AS one FROM said"


def test_no_question_uses_what_engines_disagree_about() -> None:
    words = ("QUALIFY", "MEDIAN", "PERCENTILE", "QUANTILE", "GROUP BY ALL", "//")
    assert not [(word, query) for query in everything() for word in words if word in query.upper()]


def test_no_join_compares_anything_but_whether_it_is_equal() -> None:
    joins = [join for query in everything() for join in parsed(query).find_all(exp.Join) if join.args.get("on")]
    compared = {type(word) for join in joins for word in join.args["on"].find_all(exp.Predicate)}
    assert compared == {exp.EQ}


def test_no_question_names_anything_by_a_word_of_trinos_own() -> None:
    names = {found.name.lower() for query in everything() for found in parsed(query).find_all(exp.Identifier)}
    assert "person" in names
    assert not names & {*RESERVED.split()}
