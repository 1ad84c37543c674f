"""Whatever people are told can be put into words."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

from handlers.notices import renderers
from services.delivery.mailing import launch
from storage.outbox import tell

ROOT = Path(__file__).resolve().parents[2]


def kinds_told() -> Iterator[str]:
    """Yield the kind of every letter and mailing that a use case queues."""
    for path in (ROOT / "services").rglob("*.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        module = import_module(name.removesuffix(".__init__"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                kind = _kind(node, getattr(module, node.func.id, None))
                if kind is not None:
                    yield _text(kind, module)


def _kind(call: ast.Call, called: object) -> ast.expr | None:
    if called is tell:
        return call.args[2]
    if called is launch:
        return next(one.value for one in call.keywords if one.arg == "kind")
    return None


def _text(kind: ast.expr, module: ModuleType) -> str:
    if isinstance(kind, ast.Name):
        return str(getattr(module, kind.id))
    return str(ast.literal_eval(kind))


def test_every_kind_has_a_renderer() -> None:
    """Each kind that is queued has a renderer, and each renderer has a kind that is queued."""
    assert set(renderers()) == set(kinds_told())
