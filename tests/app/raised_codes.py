"""What codes the program can raise, read off its source: each with the facts of the place that raises it."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tests.sources import Source, dotted

GIVEN: Final[Mapping[str, tuple[str, ...]]] = {
    "Refused": (),
    "Unavailable": (),
    "PackageFault": (),
    "Problem": ("field",),
    "SheetProblem": ("row", "column"),
    "Finding": ("where",),
}
"""What raises or tells a code, and the facts that its sentence is given besides those written there."""

BOUND: Final[Mapping[str, tuple[str, ...]]] = {
    "fault": ("member", "reason"),
    "wrong": (),
    "problem": ("row", "column", "text", "day"),
    "code": ("entry", "reason"),
}
"""Names that a code is bound to before it is raised elsewhere, with the facts it is raised with there."""

SHOUTED: Final = re.compile(r"[EWR]_[A-Z_]+")
OF_TRUST: Final = {"W_TRUST_EXPIRED": "expired", "W_ROOTS_EXPIRED": "expired", "W_SUITE": "suite"}
"""The one fact that each remark about what is believed is told with."""


@dataclass(frozen=True)
class Raised:
    """A code with the facts of one place that raises it."""

    code: str
    facts: frozenset[str]
    place: str


def literals(node: ast.expr | None) -> list[str]:
    """The texts an expression can be, where they are written out."""
    match node:
        case ast.Constant(value=str(text)) if text:
            return [text]
        case ast.BoolOp(values=values):
            return [text for value in values for text in literals(value)]
        case ast.IfExp(body=one, orelse=other):
            return [*literals(one), *literals(other)]
    return []


def raised_in(file: Source) -> Iterator[Raised]:
    """Every code that a file raises, tells, binds to a name or writes in capitals."""
    tables = assigned_dicts(file)
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call):
            yield from called(file, node, tables)
        for name, value in bindings(node):
            if name in BOUND:
                yield from (Raised(code, frozenset(BOUND[name]), place(file, node)) for code in literals(value))
        match node:
            case ast.Tuple(elts=[_, ast.Name(id="Refused" | "Unavailable"), ast.Constant(value=str(code))]):
                yield Raised(code, frozenset({"path"}), place(file, node))
            case ast.Constant(value=str(code)) if SHOUTED.fullmatch(code):
                yield Raised(code, frozenset({OF_TRUST[code]} if code in OF_TRUST else ()), place(file, node))


def called(file: Source, node: ast.Call, tables: Mapping[str, set[str]]) -> Iterator[Raised]:
    name = dotted(node.func).rpartition(".")[2]
    keywords = {each.arg: each.value for each in node.keywords if each.arg}
    if name == "tell" and len(node.args) == 2:
        facts = {"row", "column", *keywords}
        yield from (Raised(code, frozenset(facts), place(file, node)) for code in literals(node.args[1]))
    if name in {"_form", "_content", "_outside"} and len(node.args) > 1:  # hints of `app.domain.suggestion_hints`
        yield from (Raised(code, frozenset({"field", *keywords}), place(file, node)) for code in literals(node.args[1]))
    if name == "Suspicion" and len(node.args) > 1:
        told = frozenset({"field", "paragraph"})
        yield from (Raised(code, told, place(file, node)) for code in literals(node.args[1]))
    if name == "Hint":
        told = frozenset({"field", *dict_keys(keywords.get("facts"), tables)})
        yield from (Raised(code, told, place(file, node)) for code in literals(keywords.get("code")))
    if name in GIVEN:
        facts = {*GIVEN[name], *(keywords if name not in {"Problem", "SheetProblem", "Finding"} else ())}
        facts |= dict_keys(keywords.get("facts"), tables)
        first = node.args[0] if node.args else keywords.get("code")
        yield from (Raised(code, frozenset(facts), place(file, node)) for code in literals(first))


def unseen_in(file: Source) -> Iterator[str]:
    """Places that raise a code nobody can see: neither written there nor bound to a name of `BOUND`."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and dotted(node.func) in GIVEN:
            first = node.args[0] if node.args else next((each.value for each in node.keywords if each.arg == "code"), None)
            if first is not None and not literals(first) and dotted(first).rpartition(".")[2] not in BOUND:
                yield place(file, node)


def bindings(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """The names a node gives values to: by assignment, as a keyword, as a default."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.keyword(arg=str(name), value=value) if name != "code":
            yield name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=value):
            yield name, value
        case ast.arguments(args=names, defaults=defaults):
            yield from ((each.arg, value) for each, value in zip(reversed(names), reversed(defaults), strict=False))
            yield from ((each.arg, value) for each, value in zip(node.kwonlyargs, node.kw_defaults, strict=True))


def assigned_dicts(file: Source) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for node in ast.walk(file.tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict() as table):
                found.setdefault(name, set()).update(dict_keys(table, {}))
    return found


def dict_keys(node: ast.expr | None, tables: Mapping[str, set[str]]) -> set[str]:
    if isinstance(node, ast.Dict):
        return {text for key in node.keys for text in literals(key)}
    return tables.get(node.id, set()) if isinstance(node, ast.Name) else set()


def place(file: Source, node: ast.AST) -> str:
    return f"{file.path}:{getattr(node, 'lineno', 0)}"
