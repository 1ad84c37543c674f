"""Whatever people are told can be put into words."""

import ast
from collections.abc import Iterator
from importlib import import_module
from inspect import signature
from pathlib import Path
from types import ModuleType

from handlers.notices import renderers
from services.delivery.mailing import launch
from storage.outbox import tell
from storage.programme_telling import tell_participants

ROOT = Path(__file__).resolve().parents[2]
# One person, or all who take part in something by one statement.
_TELLERS = (tell, tell_participants)


def kinds_told() -> Iterator[str]:
    """Yield the kind of every letter and mailing that a use case queues."""
    sources = [(_module(path), path) for path in (ROOT / "services").rglob("*.py")]
    trees = [(module, ast.parse(path.read_text(encoding="utf-8"))) for module, path in sources]
    through = {
        getattr(module, function.name, None)
        for module, tree in trees
        for function in tree.body
        if isinstance(function, ast.FunctionDef) and _hands_on(function, module)
    }
    for module, tree in trees:
        for call, called in _calls(tree, module):
            kind = _kind(call, called, through)
            if kind is not None:
                yield from _texts(kind, module, tree)


def _module(path: Path) -> ModuleType:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return import_module(name.removesuffix(".__init__"))


def _calls(tree: ast.AST, module: ModuleType) -> Iterator[tuple[ast.Call, object]]:
    """Yield what is called by its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node, getattr(module, node.func.id, None)


def _hands_on(function: ast.FunctionDef, module: ModuleType) -> bool:
    """Tell whether a function tells people the kind that it is given."""
    given = any(argument.arg == "kind" for argument in function.args.args)
    return given and any(called in _TELLERS for _, called in _calls(function, module))


def _kind(call: ast.Call, called: object, through: set[object]) -> ast.expr | None:
    if called is tell:
        return call.args[2]
    if called is launch or (called in through and callable(called)):
        named = [one.value for one in call.keywords if one.arg == "kind"]
        return named[0] if named else call.args[[*signature(called).parameters].index("kind")]
    return None


def _texts(kind: ast.expr, module: ModuleType, tree: ast.AST) -> Iterator[str]:
    """Yield what a kind may be; one that a function is given is told where it is called."""
    match kind:
        case ast.IfExp():
            yield from _texts(kind.body, module, tree)
            yield from _texts(kind.orelse, module, tree)
        case ast.Name(id=name) if hasattr(module, name):
            yield str(getattr(module, name))
        case ast.Name(id=name):
            for node in ast.walk(tree):
                match node:
                    case ast.Assign(targets=[ast.Name(id=assigned)]) if assigned == name:
                        yield from _texts(node.value, module, tree)
        case _:
            yield str(ast.literal_eval(kind))


def test_every_kind_has_a_renderer() -> None:
    """Each kind that is queued has a renderer, and each renderer has a kind that is queued."""
    assert set(renderers()) == set(kinds_told())
