"""aiogram without the two seconds and the hundred megabytes of models that nobody uses.

When it is imported, aiogram builds the validators of all its 440 types, each of the larger ones
with all the others inside. A bot needs a few dozen. pydantic builds a model by itself when it is
first used, if the names in its annotations can be found; so here the building at import is left
out, and the names are put where pydantic looks for them: into each type's own module, as its
imports for type checkers say.
"""

import gc
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel

_NAME = re.compile(r"\w+")


@contextmanager
def quick_imports() -> Iterator[None]:
    """Import aiogram, and what builds on it, inside of this context.

    The garbage collector rests meanwhile: of what an import makes, nothing is garbage. Where
    aiogram is imported already, only that remains.
    """
    gc.disable()
    try:
        if "aiogram" not in sys.modules:
            _import_aiogram()
        yield
    finally:
        gc.enable()


def build_now(*models: type[BaseModel]) -> None:
    """Build models that are sure to be used, so that no update has to wait for it."""
    for model in models:
        model.model_rebuild()


def _below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for below in model.__subclasses__():
        yield below
        yield from _below(below)


def _keep_bot(self: BaseModel, context: Any, /) -> None:
    """Do what pydantic and BotContextController do when one of aiogram's objects is made."""
    private = {"_bot": context.get("bot") if context else None}
    object.__setattr__(self, "__pydantic_private__", private)


def _import_aiogram() -> None:
    left_out: list[tuple[type[BaseModel], dict[str, Any]]] = []
    rebuild = BaseModel.__dict__["model_rebuild"]

    def note(model: type[BaseModel], /, **options: Any) -> bool | None:
        names = options.get("_types_namespace")
        if names is None or not model.__module__.startswith("aiogram."):
            done: bool | None = rebuild.__func__(model, **options)
            return done
        left_out.append((model, names))
        return None

    BaseModel.model_rebuild = classmethod(note)  # type: ignore[assignment,method-assign]
    try:
        import aiogram.methods  # noqa: F401, PLC0415 - here and nowhere else
        from aiogram.client.context_controller import BotContextController  # noqa: PLC0415
    finally:
        BaseModel.model_rebuild = rebuild  # type: ignore[method-assign]
    for model in _below(BotContextController):
        if model.__private_attributes__.keys() == {"_bot"}:
            model.model_post_init = _keep_bot  # type: ignore[method-assign]
    for model, names in left_out:
        module = sys.modules[model.__module__]
        for name in _named(model):
            if name in names and not hasattr(module, name):
                setattr(module, name, names[name])


def _named(model: type[BaseModel]) -> Iterator[str]:
    """Give every name in the annotations of a model, of those that it inherits too."""
    for one in model.__mro__:
        for annotation in vars(one).get("__annotations__", {}).values():
            yield from _NAME.findall(str(annotation))
