"""Every command of the bot, found by reading the code: what it writes to, and its natural key.

A command is a public function of `services/` that takes a connection and writes, or any function
of `storage/` that the running program hands to the database itself.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "handlers", "services", "storage")
LEFT_OUT = ("bot/demonstration", "storage/migrations", "storage/engine")  # not people's commands
PRIMITIVES = frozenset(
    {
        "sqlalchemy.insert",
        "sqlalchemy.update",
        "sqlalchemy.delete",
        # What they are imported for: INSERT ... ON CONFLICT.
        "sqlalchemy.dialects.postgresql",
        "sqlalchemy.dialects.sqlite",
    }
)
IN_WORDS = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b")
KEY = re.compile(r"\bKey: (.+)\.$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Command:
    """A command by its full name; key is None where its docstring names none."""

    name: str
    key: str | None


@dataclass
class Module:
    """One file: what its names stand for, and what each of its definitions refers to."""

    name: str
    tree: ast.Module
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    self.names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    self.names[alias.asname or alias.name] = alias.name
        for node in self.tree.body:
            for name in defined(node):
                self.names[name] = f"{self.name}.{name}"

    def full(self, node: ast.AST) -> str | None:
        """Return what a name or `module.name` stands for."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = self.names.get(node.value.id)
            return f"{module}.{node.attr}" if module else None
        return None

    def references(self, node: ast.AST) -> set[str]:
        """Return everything that a piece of code refers to."""
        found = {self.full(each) for each in ast.walk(node)}
        words = {
            "sqlalchemy.insert"
            for each in ast.walk(node)
            if isinstance(each, ast.Constant)
            and isinstance(each.value, str)
            and IN_WORDS.match(each.value)
        }
        return {name for name in found if name} | words


class Code:
    """The rooms of the program, read once."""

    @cached_property
    def modules(self) -> dict[str, Module]:
        """All modules by name."""
        return {module.name: module for module in map(read, files())}

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        """All synchronous functions of modules by full name."""
        return {
            f"{module.name}.{node.name}": node
            for module in self.modules.values()
            for node in module.tree.body
            if isinstance(node, ast.FunctionDef)
        }

    @cached_property
    def writing(self) -> set[str]:
        """Every definition that writes to the database, by itself or through others."""
        refers = {
            f"{module.name}.{name}": module.references(node)
            for module in self.modules.values()
            for node in module.tree.body
            for name in defined(node)
        }
        writing = set(PRIMITIVES)
        while more := {name for name, to in refers.items() if to & writing} - writing:
            writing |= more
        return writing

    @cached_property
    def commands(self) -> list[Command]:
        """All commands in the order of their names."""
        names = {
            name
            for name in self.functions
            if name.startswith("services.") and not name.rpartition(".")[2].startswith("_")
        }
        handed_over = set().union(*map(self._handed_over, self.modules.values()))
        found = {
            name
            for name in names | handed_over
            if name in self.writing and takes_connection(self.functions.get(name))
        }
        return [Command(name, key_of(self.functions[name])) for name in sorted(found)]

    def nameless(self) -> list[str]:
        """Return where the program writes by a function without a name: no key can stand there."""
        return [
            f"{module.name}:{call.lineno}"
            for module in self.modules.values()
            for call in calls_of_write(module.tree)
            if isinstance(call.args[0], ast.Lambda)
        ]

    def _handed_over(self, module: Module) -> set[str]:
        if module.name.startswith("bot."):  # also by way of a method of its own
            return module.references(module.tree)
        handed = {module.full(call.args[0]) for call in calls_of_write(module.tree)}
        return {name for name in handed if name}


def files() -> Iterator[Path]:
    """Yield the files of the program."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if not path.relative_to(ROOT).as_posix().startswith(LEFT_OUT):
                yield path


def read(path: Path) -> Module:
    """Read a file."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    return Module(name, ast.parse(path.read_text("utf-8")))


def defined(node: ast.stmt) -> list[str]:
    """Return the names that a statement of a module defines, imports aside."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.Assign():
            return [target.id for target in node.targets if isinstance(target, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []


def calls_of_write(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls of `write(command, …)` and `change(command, …)`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="write" | "change"), args=[_, *_]):
                yield node


def takes_connection(function: ast.FunctionDef | None) -> bool:
    """Tell whether a function's first argument is a connection."""
    if function is None or not function.args.args:
        return False
    annotation = function.args.args[0].annotation
    return isinstance(annotation, ast.Name) and annotation.id == "Connection"


def key_of(function: ast.FunctionDef) -> str | None:
    """Return the natural key that a docstring names in a line ending `Key: ….`."""
    found = KEY.search(ast.get_docstring(function) or "")
    return found[1] if found else None
