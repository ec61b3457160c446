"""What is declined is said in the reader's language, and every sentence stands whole where it can be collected."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from .source import Module, dotted, modules

TRANSLATING = re.compile(r"^(_|(n|p|np)?gettext(_lazy|_noop)?)$")
# How many of what a call is given are sentences or a context, which have to be written out.
WRITTEN_OUT = {"n": 2, "p": 2, "np": 3}
# Said to programs, other servers and whoever writes or runs them, in the words of the protocol.
TO_PROGRAMS = (
    "clients/api/parameters.py",
    "clients/oauth/",
    "clients/push/",
    "clients/streaming/",
    "clients/websub/",
    "federation/discovery/actors.py",
    "federation/discovery/fetching.py",
    "federation/discovery/keys.py",
    "federation/discovery/posts.py",
    "federation/documents/",
    "federation/inbox/",
    "federation/integrity/",
    "federation/signatures/",
    "federation/sites/asking.py",
    "federation/sites/finding.py",
    "federation/verification.py",
    "federation/views/",
    "federation/webmention/page.py",
    "federation/webmention/receiving.py",
    "kernel/keys.py",
    "kernel/outbound/",
    "operations/",
)
# These say sentences that are marked for translation where they stand: with the measures of the mirror.
MARKED_ELSEWHERE = {"mirror/findings.py", "mirror/looking.py", "web/shown/own_mirror.py"}
# Faults in documents of other servers, wherever they are found.
FAULTS = {"Malformed"}


@cache
def refusals() -> frozenset[str]:
    """The names of `Refusal` and of every class below it."""
    above = {
        node.name: {dotted(base).rpartition(".")[2] for base in node.bases}
        for module in modules()
        for node in module.tree.body
        if isinstance(node, ast.ClassDef)
    }
    found = {"Refusal"}
    while more := {name for name, bases in above.items() if bases & found} - found:
        found |= more
    return frozenset(found - FAULTS)


def name_of(call: ast.Call) -> str:
    return dotted(call.func).rpartition(".")[2]


def outside_gettext(tree: ast.Module) -> Iterator[ast.expr]:
    """Sentences of refusals, and their hints, that are never given to gettext: as they stand there, or by a name."""
    named: dict[str, list[ast.expr]] = {}
    refused: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                named.setdefault(dotted(target) or "_", []).append(node.value)
        elif isinstance(node, ast.Call) and name_of(node) in refusals():
            refused += node.args[:1]
            refused += [word.value for word in node.keywords if word.arg in {"sentence", "hint"}]
    for said in refused:
        for part in (said, *named.get(dotted(said), ())):
            yield from bare(part)


def bare(said: ast.expr) -> Iterator[ast.expr]:
    """The parts of an expression that are text as it stands; what a function gives back is not looked into."""
    match said:
        case ast.JoinedStr() | ast.Constant(value=str()):
            if not isinstance(said, ast.Constant) or said.value:
                yield said
        case ast.BinOp(left=left, op=ast.Mod()):
            yield from bare(left)
        case ast.BinOp(left=left, right=right):
            yield from (*bare(left), *bare(right))
        case ast.IfExp(body=one, orelse=other):
            yield from (*bare(one), *bare(other))
        case ast.BoolOp(values=values):
            yield from (part for value in values for part in bare(value))


def not_written_out(tree: ast.Module) -> Iterator[ast.Call]:
    """Calls of gettext whose sentence is put together, so that `makemessages` could not collect it."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and (kind := TRANSLATING.match(name_of(call))):
            written = call.args[: WRITTEN_OUT.get(kind[2], 1)]
            if not written or not all(isinstance(each, ast.Constant) for each in written):
                yield call


def places(module: Module, found: Iterator[ast.expr]) -> list[str]:
    return [f"{module.at(node)} {ast.unparse(node)}" for node in found]


@pytest.mark.parametrize(
    "code",
    [
        'raise NotFound("There is nothing here.")',
        'raise NotFound(f"{name} is not here.")',
        'raise NotFound("There is no " + what)',
        'raise NotFound("There is no %s" % what)',
        'raise NotFound(_("Not here.") if known else "Not there.")',
        'raise errors.NotFound(_("Not here."), hint="Look elsewhere.")',
        'HINT = "Look elsewhere."\nraise NotFound(_("Not here."), hint=HINT)',
        'sentence = f"{name} is gone."\ngone = NotFound(sentence)',
    ],
)
def test_a_sentence_outside_gettext_is_found(code: str) -> None:
    assert len(list(outside_gettext(ast.parse(code)))) == 1


def test_translated_ones_are_left_alone() -> None:
    code = """
HINT = gettext_lazy("Look elsewhere.")
raise NotFound(_("%(name)s is not here.") % {"name": name}, hint=str(HINT))
raise TooLong(ngettext("Up to %(n)d word.", "Up to %(n)d words.", 3) % {"n": 3}, hint="")
raise ValueError("This is said to us alone.")
raise Malformed("id", "is missing")
"""
    assert not list(outside_gettext(ast.parse(code)))


def test_every_refusal_can_be_translated() -> None:
    to_people = [module for module in modules() if not module.path.startswith(TO_PROGRAMS)]
    assert not [place for module in to_people for place in places(module, outside_gettext(module.tree))]


def test_what_is_excepted_is_there() -> None:
    paths = [module.path for module in modules()]
    assert not [each for each in TO_PROGRAMS if not any(path.startswith(each) for path in paths)]


@pytest.mark.parametrize("code", ['_(f"{name} left.")', "_(sentence)", 'ngettext("One.", "Two" + ".", n)'])
def test_a_sentence_that_is_put_together_is_found(code: str) -> None:
    assert list(not_written_out(ast.parse(code)))


def test_every_sentence_can_be_collected() -> None:
    others = [module for module in modules() if module.path not in MARKED_ELSEWHERE]
    assert not [place for module in others for place in places(module, not_written_out(module.tree))]
