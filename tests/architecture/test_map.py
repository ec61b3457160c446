"""The map shows what is there: whatever a document names in backticks exists.

In ARCHITECTURE.md, the packages' READMEs and the change that CONTRIBUTING.md works out every name is followed;
elsewhere paths, links and `make` words are. A name is written as one sees it from `src/speak`: `voice/actions/`,
`voice.actions.publish_post`, `PostPublished`; or from the top: `tests/makers.py`.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from .source import ROOT, SPEAK, Module, modules

MAPS = [ROOT / "ARCHITECTURE.md", *sorted(SPEAK.glob("*/README.md"))]
DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted(SPEAK.glob("*/README.md")),
]
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
NAMED = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
TARGET = re.compile(r"\bmake ([a-z]+)\b")
PATH = re.compile(r"^[\w.*-]+(/[\w.*-]+)*/?$")
WORD = re.compile(r"^@?\w+$")
DOTTED = re.compile(r"^\w+(\.\w+)+$")
FROM_THE_TOP = ("src/", "tests/", "docs/", "scripts/", "bench/", ".ci/")
# Told, not found: what people type, settings, addresses and words of protocols.
TOLD = re.compile(r"^(speak( .*)?|make .*|\{%.*%\}|\.venv/bin/.*|SPEAK_[A-Z_]+(=.*)?|/.*|@\w+\(\w+\)|#.*|[a-z]+://.*)$")


def _id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _names(document: Path) -> list[str]:
    return NAMED.findall(FENCED.sub("", document.read_text(encoding="utf-8")))


def _lost(names: Iterable[str]) -> list[str]:
    return [name for name in names if not TOLD.match(name) and not exists(name)]


@pytest.mark.parametrize("document", MAPS, ids=_id)
def test_every_name_on_the_map_is_a_place(document: Path) -> None:
    assert not _lost(_names(document))


def test_every_name_in_the_change_that_is_worked_out_is_a_place() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    worked_out = text.partition("## One change, worked out\n")[2].partition("\n## ")[0]
    names = NAMED.findall(worked_out)
    assert "plan_pin" in names
    assert not _lost(names)


@pytest.mark.parametrize("document", DOCUMENTS, ids=_id)
def test_every_path_a_document_names_is_there(document: Path) -> None:
    paths = [name.partition("::") for name in _names(document) if name.startswith(FROM_THE_TOP)]
    lost = [path for path, _, test in paths if not _is_path(path) or (test and not _defines(ROOT / path, test))]
    assert not lost


@pytest.mark.parametrize("document", DOCUMENTS, ids=_id)
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert not [link for link in links if not (document.parent / link).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=_id)
def test_every_make_word_can_be_made(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    said = {word for text in _commands(document) for word in TARGET.findall(text)}
    assert said <= targets


def test_every_setting_is_explained_to_whoever_runs_a_server() -> None:
    settings = (SPEAK / "operations" / "settings.py").read_text(encoding="utf-8")
    guide = (ROOT / "docs" / "guides" / "running.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `(SPEAK_[A-Z_]+)`", guide, re.MULTILINE))
    assert explained == set(re.findall(r"""env\.\w+\(\s*"(SPEAK_[A-Z_]+)\"""", settings))


def test_a_name_that_is_gone_is_noticed() -> None:
    assert exists("voice")
    assert exists("kernel/events.py")
    assert exists("voice.rules.may_read")
    assert exists("kernel.errors.Refusal")
    assert exists("publish_post")
    assert not exists("voice.rules.may_sing")
    assert not exists("voice/songs.py")
    assert not exists("SongSung")


def exists(name: str) -> bool:
    """Whether a name leads to a file, a package, or something defined in our source."""
    if WORD.match(name) and name.removeprefix("@") in _defined_anywhere():
        return True
    if PATH.match(name) and _is_path(name):
        return True
    module, _, attribute = name.replace("/", ".").rpartition(".")
    if DOTTED.match(name.replace("/", ".")):
        found = [place for place in modules() if _is_in(place, module)]
        return any(attribute in _definitions(place) for place in found)
    return False


def _is_path(name: str) -> bool:
    """Seen from the top or from src/speak; a module may leave its ending, a folder may hold a star."""
    spellings = (name.rstrip("/"), f"{name}.py", name.replace(".", "/"), f"{name.replace('.', '/')}.py")
    if "*" in name:
        return any(True for base in (ROOT, SPEAK) for _ in base.glob(name))
    return any((base / spelling).exists() for base in (ROOT, SPEAK) for spelling in spellings)


def _is_in(place: Module, dotted: str) -> bool:
    """Whether a file is the module of that name, or lies in the package of that name."""
    own = place.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    dotted = dotted.removeprefix("speak.")
    return own == dotted or own.startswith(f"{dotted}.") or own.endswith(f".{dotted}")


def _definitions(place: Module) -> set[str]:
    """Functions, classes and constants that a module defines."""
    return {name for node in ast.walk(place.tree) for name in _defined_by(node)}


def _defined_by(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id


@cache
def _defined_anywhere() -> frozenset[str]:
    return frozenset(name for place in modules() for name in _definitions(place))


def _defines(file: Path, name: str) -> bool:
    return f"def {name}(" in file.read_text(encoding="utf-8")


def _commands(document: Path) -> Iterator[str]:
    """What a document tells people to type: its code, in lines and between fences."""
    text = document.read_text(encoding="utf-8")
    yield from FENCED.findall(text)
    yield from NAMED.findall(FENCED.sub("", text))
