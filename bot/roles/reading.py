"""Reading the code for its use cases of the staff: which deed each of them asks for.

A use case is a public function of `services/` that a conversation, a job or the runner imports.
It asks for a deed where the deed stands in it, or in a function of `services/` to which it
refers, or in a table in which it looks the deed up; what is only asked about somebody else, or
written into the audit, is left out.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from services.people.deeds import Deed

ROOT = Path(__file__).resolve().parents[2]
_CALLERS = ("handlers", "bot")
# Where use cases are called to fill a database or by who holds the server.
_LEFT_OUT = ("bot/demonstration", "bot/roles", "bot/commands")
_IMPORT = re.compile(r"^from (services[\w.]*) import (?:\(([^)]*)\)|(.*))$", re.MULTILINE)
# Their words about a deed ask nothing of who acts.
_ASIDE = frozenset({"may", "may_somewhere", "others_who_may", "record", "record_reading"})
_ASKING = frozenset({"authorise", "entitled"})
_FIRST = frozenset({"Connection", "Database"})

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class _Definition:
    """A function or table of a module: the deeds in it, and what it refers to by full name."""

    node: _Function | ast.Assign | ast.AnnAssign
    names: dict[str, str]
    deeds: frozenset[Deed] = field(init=False)
    refers: frozenset[str] = field(init=False)
    by_table: bool = field(init=False)

    def __post_init__(self) -> None:
        self.deeds = frozenset(_deeds_in(self.node))
        nodes = list(ast.walk(self.node))
        self.refers = frozenset(filter(None, map(self._full, nodes)))
        self.by_table = any(map(_looks_up, nodes))

    def _full(self, node: ast.AST) -> str | None:
        match node:
            case ast.Name(id=name):
                return self.names.get(name)
            case ast.Attribute(value=ast.Name(id=module), attr=name) if module in self.names:
                return f"{self.names[module]}.{name}"
        return None


class Uses:
    """The use cases of the staff as the code has them, read once."""

    @cached_property
    def deeds(self) -> dict[str, frozenset[Deed]]:
        """The use cases by full name, in their order, each with the deeds that it asks for."""
        names = sorted(_imported() & self._definitions.keys())
        found = {name: self._asked(name, set()) for name in names if self._is_use_case(name)}
        return {name: frozenset(deeds) for name, deeds in found.items() if deeds}

    def of(self, deed: Deed) -> tuple[str, ...]:
        """Return the use cases that ask for a deed, by full name."""
        return tuple(name for name, deeds in self.deeds.items() if deed in deeds)

    def open_to(self, rooms: tuple[str, ...]) -> frozenset[str]:
        """Return the use cases that these folders call and that ask for no deed, by full name."""
        known = _imported(rooms) & self._definitions.keys() - self.deeds.keys()
        return frozenset(filter(self._is_use_case, known))

    @cached_property
    def _definitions(self) -> dict[str, _Definition]:
        found: dict[str, _Definition] = {}
        for path, text in _files("services"):
            if path == ROOT / "services/people/deeds.py":
                continue
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            nodes = dict(_defined(ast.parse(text)))
            names = {name: f"{module}.{name}" for name in nodes} | _imports_of(text)
            found |= {f"{module}.{name}": _Definition(node, names) for name, node in nodes.items()}
        return found

    def _asked(self, name: str, seen: set[str]) -> set[Deed]:
        """Return the deeds that a function asks for, by itself and through others."""
        definition = self._definitions.get(name)
        if definition is None or name in seen:
            return set()
        seen.add(name)
        found = set(definition.deeds)
        # Through a table go the deeds that stand in it, and not the functions.
        if isinstance(definition.node, _Function):
            for other in definition.refers & self._definitions.keys():
                is_function = isinstance(self._definitions[other].node, _Function)
                if is_function or definition.by_table:
                    found |= self._asked(other, seen)
        return found

    def _is_use_case(self, name: str) -> bool:
        match self._definitions[name].node:
            case ast.FunctionDef(args=arguments) | ast.AsyncFunctionDef(args=arguments):
                first = next(iter(arguments.args), None)
                kind = first.annotation if first else None
                return isinstance(kind, ast.Name) and kind.id in _FIRST
        return False


def _files(*rooms: str) -> Iterator[tuple[Path, str]]:
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            if not path.relative_to(ROOT).as_posix().startswith(_LEFT_OUT):
                yield path, path.read_text("utf-8")


def _imported(rooms: tuple[str, ...] = _CALLERS) -> set[str]:
    """Return what conversations, jobs and the runner take from `services/`, by full name."""
    found = set()
    for _path, text in _files(*rooms):
        for name, full in _imports_of(text).items():
            found.add(full)
            found |= {f"{full}.{each}" for each in re.findall(rf"\b{name}\.(\w+)", text)}
    return found


def _imports_of(text: str) -> dict[str, str]:
    """Return what the names that a file imports from `services/` stand for."""
    found = {}
    for module, several, one in _IMPORT.findall(text):
        for each in filter(None, map(str.strip, (several or one).split(","))):
            name, _, alias = each.partition(" as ")
            found[alias or name] = f"{module}.{name}"
    return found


def _defined(tree: ast.Module) -> Iterator[tuple[str, _Function | ast.Assign | ast.AnnAssign]]:
    """Yield the functions and tables of a module."""
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, node
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name, node


def _deeds_in(node: ast.AST) -> Iterator[Deed]:
    """Yield the deeds in a piece of code that somebody is asked for."""
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in _ASIDE:
            return
        case ast.keyword(arg="what") | ast.arguments():  # a row of the audit; a default
            return
        case ast.Assign(targets=[ast.Tuple(elts=names)]) if any(map(_is_what, names)):
            return
        case ast.Attribute(value=ast.Name(id="Deed"), attr=name):
            yield Deed[name]
            return
    for child in ast.iter_child_nodes(node):
        yield from _deeds_in(child)


def _is_what(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "what"


def _looks_up(node: ast.AST) -> bool:
    """Tell whether this asks for what stands in a table: authorise(…, EYES[kind])."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=arguments) if name in _ASKING:
            parts = (part for each in arguments for part in ast.walk(each))
            return any(isinstance(part, ast.Subscript) for part in parts)
    return False
