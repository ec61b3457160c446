"""Our own source, read as text and as syntax."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SPEAK = ROOT / "src" / "speak"


class Module(NamedTuple):
    """One file: where it lies below `speak` (voice/actions/speaking.py), and its syntax."""

    path: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """The word of the house it belongs to: voice."""
        return self.path.split("/")[0]

    def at(self, node: ast.AST) -> str:
        """Where something stands, for the message of a failing test."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def modules() -> tuple[Module, ...]:
    """Every module of ours but migrations, which Django writes."""
    files = sorted(path for path in SPEAK.rglob("*.py") if "migrations" not in path.parts)
    return tuple(
        Module(path.relative_to(SPEAK).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in files
    )


def imports(module: Module) -> Iterator[tuple[str, ast.AST]]:
    """Every dotted name a module imports, in both spellings, with the place."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, node
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def dotted(node: ast.AST) -> str:
    """`Post.objects.get` for that expression; "" for anything that is not a chain of names."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        owner = dotted(node.value)
        return f"{owner}.{node.attr}" if owner else ""
    return ""


def templates() -> list[Path]:
    """Every page template of ours."""
    return sorted(SPEAK.glob("*/templates/**/*.html"))
