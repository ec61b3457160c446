"""What a measure says of itself: each is one SQL file whose head the program reads and shows."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NEEDS = frozenset({"roster", "tie", "threads", "groups", "role", "outside"})
HEAD = ("title", "question", "definition", "formula", "source", "caveat", "try")


@dataclass(frozen=True, slots=True)
class Definition:
    """One measure: what it asks, what its words mean, where it comes from, where it misleads, what one can do."""

    name: str
    title: str
    question: str
    definition: str
    formula: str
    source: str
    caveat: str
    attempt: str
    needs: frozenset[str]
    query: str


@cache
def definition(name: str) -> Definition:
    """The measure of this name; a head that lacks a line is a mistake of ours, and said at once."""
    text = (files("speak.mirror.measures") / f"{name}.sql").read_text(encoding="utf-8")
    lines = text.splitlines()
    head = dict(line.removeprefix("-- ").split(": ", 1) for line in lines if line.startswith("-- "))
    needs = frozenset(head.get("needs", "").split(", ")) - {""}
    if not needs <= NEEDS:
        raise LookupError(f"{name}.sql needs {', '.join(sorted(needs - NEEDS))}, and nobody knows what that is")
    query = "\n".join(line for line in lines if not line.startswith("--"))
    title, question, meaning, formula, source, caveat, attempt = (head[word] for word in HEAD)
    return Definition(name, title, question, meaning, formula, source, caveat, attempt, needs, query)


@cache
def basis(name: str) -> str:
    """The question behind one of the tables that measures stand on."""
    text = (files("speak.mirror.measures") / "basis" / f"{name}.sql").read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("--"))
