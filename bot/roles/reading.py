"""Reading the code for its use cases of the staff: which deed each of them asks for.

A use case is a public function of `services/` that a conversation, a job or a command refers to.
It asks for a deed where the deed stands in it, or in a function or table of `services/` to which
it refers; what is only asked about somebody else, or written into the audit, is left out.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from services.people.deeds import Deed

ROOT = Path(__file__).resolve().parents[2]
_CALLERS = ("handlers", "bot")
# Their words about a deed ask nothing of who acts.
_ASIDE = frozenset({"may", "may_somewhere", "others_who_may", "record", "record_reading"})
_ASKING = frozenset({"authorise", "entitled"})
# Where use cases are called to fill a database, and where deeds are listed.
_LEFT_OUT = ("bot/demonstration", "bot/roles", "bot/commands")
_FIRST = frozenset({"Connection", "Database"})


@dataclass
class _Module:
    """One file: what its names stand for, and what it defines."""

    name: str
    tree: ast.Module
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    self.names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        for name, _node in self.definitions():
            self.names[name] = f"{self.name}.{name}"

    def definitions(self) -> Iterator[tuple[str, ast.AST]]:
        """Yield what the module defines: functions, classes, tables."""
        for node in self.tree.body:
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                    yield node.name, node
                case (
                    ast.Assign(targets=[ast.Name(id=name)])
                    | ast.AnnAssign(target=ast.Name(id=name))
                ):
                    yield name, node

    def references(self, node: ast.AST) -> set[str]:
        """Return everything that a piece of code refers to, by full name."""
        found = set()
        for each in ast.walk(node):
            match each:
                case ast.Name(id=name) if name in self.names:
                    found.add(self.names[name])
                case ast.Attribute(value=ast.Name(id=module), attr=name) if module in self.names:
                    found.add(f"{self.names[module]}.{name}")
        return found


class Uses:
    """The use cases of the staff as the code has them, read once."""

    @cached_property
    def deeds(self) -> dict[str, frozenset[Deed]]:
        """The use cases by full name, in their order, each with the deeds that it asks for."""
        called = set().union(*(m.references(m.tree) for m in self._modules(_CALLERS)))
        found = {
            name: self._asked(name, set())
            for name in sorted(called & self._functions.keys())
            if _is_use_case(self._functions[name])
        }
        return {name: frozenset(deeds) for name, deeds in found.items() if deeds}

    def of(self, deed: Deed) -> tuple[str, ...]:
        """Return the use cases that ask for a deed, by full name."""
        return tuple(name for name, deeds in self.deeds.items() if deed in deeds)

    @cached_property
    def _services(self) -> dict[str, tuple[_Module, ast.AST]]:
        return {
            f"{module.name}.{name}": (module, node)
            for module in self._modules(("services",))
            for name, node in module.definitions()
        }

    @cached_property
    def _functions(self) -> dict[str, ast.AST]:
        return {
            name: node
            for name, (_module, node) in self._services.items()
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }

    def _asked(self, name: str, seen: set[str]) -> set[Deed]:
        """Return the deeds that a function asks for, by itself and through others."""
        if name in seen or name not in self._services:
            return set()
        seen.add(name)
        module, node = self._services[name]
        if name.startswith("services.people.deeds.") or isinstance(node, ast.ClassDef):
            return set()
        found = set(_deeds_in(node))
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return found
        tables = _asks_by_table(node)
        for other in sorted(module.references(node)):
            if tables or other in self._functions:
                found |= self._asked(other, seen)
        return found

    @staticmethod
    def _modules(rooms: tuple[str, ...]) -> Iterator[_Module]:
        for room in rooms:
            for path in sorted((ROOT / room).rglob("*.py")):
                relative = path.relative_to(ROOT)
                if not relative.as_posix().startswith(_LEFT_OUT):
                    name = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
                    yield _Module(name, ast.parse(path.read_text("utf-8")))


def _deeds_in(node: ast.AST) -> Iterator[Deed]:
    """Yield the deeds in a piece of code that somebody is asked for."""
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in _ASIDE:
            return
        case ast.keyword(arg="what") | ast.arguments():  # a row of the audit; a default
            return
        case ast.Attribute(value=ast.Name(id="Deed"), attr=name):
            yield Deed[name]
            return
    for child in ast.iter_child_nodes(node):
        yield from _deeds_in(child)


def _asks_by_table(node: ast.AST) -> bool:
    """Tell whether a function asks for what it looks up: EYES[kind]."""
    return any(
        isinstance(each, ast.Call)
        and isinstance(each.func, ast.Name)
        and each.func.id in _ASKING
        and any(isinstance(part, ast.Subscript) for arg in each.args for part in ast.walk(arg))
        for each in ast.walk(node)
    )


def _is_use_case(node: ast.AST) -> bool:
    match node:
        case (
            ast.FunctionDef(
                name=name, args=ast.arguments(args=[ast.arg(annotation=ast.Name(id=kind)), *_])
            )
            | ast.AsyncFunctionDef(
                name=name, args=ast.arguments(args=[ast.arg(annotation=ast.Name(id=kind)), *_])
            )
        ):
            return kind in _FIRST and not name.startswith("_")
    return False
