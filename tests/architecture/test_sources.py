"""Rules of the house that no tool knows: read from the syntax of our own source."""

import ast
from collections.abc import Iterator

from .source import Module, dotted, imports, modules

HTTP_CLIENTS = ("aiohttp", "ftplib", "http.client", "httpx", "requests", "urllib.request", "urllib3")
MAY_CATCH_ALL = ("operations/work.py", "mirror/apart/answering.py")


def test_only_the_outbound_door_calls_other_servers() -> None:
    breaches = [
        f"{module.at(node)} imports {name}"
        for module in modules()
        if not module.path.startswith("kernel/outbound/")
        for name, node in imports(module)
        if name.startswith(HTTP_CLIENTS)
    ]
    assert not breaches


def test_only_the_edges_of_the_process_catch_everything() -> None:
    breaches = [
        module.at(handler)
        for module in modules()
        if not module.path.endswith(MAY_CATCH_ALL)
        for handler in ast.walk(module.tree)
        if isinstance(handler, ast.ExceptHandler) and _catches_everything(handler)
    ]
    assert not breaches


def test_outside_voice_nobody_reads_a_post_without_saying_who_looks() -> None:
    """Whether a post is known at all is no reading: `Post.objects.filter(…).exists()` may be asked."""
    breaches = [
        f"{module.at(node)} reads {dotted(node)}"
        for module in modules()
        if module.package != "voice"
        for node in set(ast.walk(module.tree)) - _asked_whether_there(module)
        if dotted(node).split(".")[-2:] == ["Post", "objects"]
    ]
    assert not breaches


def test_saving_does_nothing_but_save() -> None:
    breaches = [
        f"{module.at(function)} overrides {name}.{function.name}"
        for module in modules()
        for name, function in _methods(module)
        if function.name in {"save", "delete"} and "forms" not in module.path
    ]
    assert not breaches


def test_what_follows_from_what_is_an_event_never_a_signal() -> None:
    breaches = [
        f"{module.at(node)} imports {name}"
        for module in modules()
        for name, node in imports(module)
        if name.startswith("django.dispatch") or "signals" in name.split(".")
    ]
    assert not breaches


def test_facts_are_heard_in_handlers_only() -> None:
    breaches = [
        module.at(function)
        for module in modules()
        if not module.path.split("/", 1)[-1].startswith("handlers")
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef)
        and any(isinstance(said, ast.Call) and dotted(said.func) == "on" for said in function.decorator_list)
    ]
    assert not breaches


def _asked_whether_there(module: Module) -> set[ast.AST]:
    """All that stands before an `.exists()`."""
    asked = (node for node in ast.walk(module.tree) if isinstance(node, ast.Attribute) and node.attr == "exists")
    return {part for node in asked for part in ast.walk(node)}


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or dotted(kind) in {"Exception", "BaseException"} for kind in caught)


def _methods(module: Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for kind in ast.walk(module.tree):
        if isinstance(kind, ast.ClassDef):
            yield from ((kind.name, node) for node in kind.body if isinstance(node, ast.FunctionDef))
