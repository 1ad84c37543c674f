"""What a process of the tests works out once, although a thousand of them ask for it."""

import gc
import inspect
import ssl
from collections.abc import Callable, Hashable, Iterator
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any, cast

import pytest
from aiogram.dispatcher.event.handler import CallableObject, HandlerObject
from aiogram.filters import Filter
from sqlalchemy.engine import URL, Dialect, Engine
from sqlalchemy.util import LRUCache

from bot.i18n import Catalogues
from services.language import Language
from services.organisation import reading

STATEMENTS = 5_000  # more than there are


def pytest_collection_finish() -> None:
    """Look no more, when garbage is collected, at all tests and all that is imported."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _read_once() -> Iterator[None]:
    """Read catalogues, certificates and organisations once: hundreds of bots are made here."""
    read = Catalogues._merged  # noqa: SLF001 - what costs a tenth of a second
    kept: dict[tuple[Path, Language], GNUTranslations] = {}

    def merged(self: Catalogues, language: Language) -> GNUTranslations:
        key = (self.path, language)
        if key not in kept:
            kept[key] = read(self, language)
        return kept[key]

    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(Catalogues, "_merged", merged)
        patches.setattr(reading, "parse_organisation", cache(reading.parse_organisation))
        patches.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.fixture(autouse=True, scope="session")
def _compile_once() -> Iterator[None]:
    """Compile each statement once for each kind of database, not for each database."""
    statements: LRUCache[Any, Any] = LRUCache(STATEMENTS)
    entry = URL._get_entrypoint  # noqa: SLF001 - where an engine gets its dialect from
    one_of = cache(_one_of)

    def keep(self: Engine, own: Any) -> None:
        vars(self)["_compiled_cache"] = None if own is None else statements

    with pytest.MonkeyPatch.context() as patches:
        shared = property(lambda self: vars(self)["_compiled_cache"], keep)
        patches.setattr(Engine, "_compiled_cache", shared, raising=False)
        patches.setattr(URL, "_get_entrypoint", lambda url: one_of(entry(url)))
        yield


def _one_of(dialect: type[Dialect]) -> type[Dialect]:
    """Return what makes this dialect once, and returns the same to all who want it so."""
    kept: dict[Hashable, Dialect] = {}

    def make(_kind: type[Dialect], **named: Any) -> Dialect:
        key = tuple(sorted(named.items(), key=lambda one: one[0]))
        if key not in kept:
            kept[key] = dialect(**named)
        return kept[key]

    return type(dialect.__name__, (dialect,), {"__new__": make})


@pytest.fixture(autouse=True, scope="session")
def _look_once() -> Iterator[None]:
    """Look once which arguments a function of a conversation takes: each bot has thousands."""
    look: Callable[[CallableObject], None] = CallableObject.__post_init__
    look_at_handler: Callable[[HandlerObject], None] = HandlerObject.__post_init__
    seen: dict[Hashable, tuple[bool, set[str], bool]] = {}

    def look_once(self: CallableObject) -> None:
        form = _form(self.callback)
        if form is None:
            look(self)
            return
        if form not in seen:
            look(self)
            seen[form] = (self.awaitable, self.params, self.varkw)
        self.awaitable, self.params, self.varkw = seen[form]

    def look_at_plain_function(self: HandlerObject) -> None:
        (look_once if _is_plain(self.callback) else look_at_handler)(self)

    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(CallableObject, "__post_init__", look_once)
        patches.setattr(HandlerObject, "__post_init__", look_at_plain_function)
        yield


def _is_plain(callback: Any) -> bool:
    """Tell whether it is a function that nobody wrapped or flagged."""
    return type(callback) is FunctionType and not vars(callback)


def _form(callback: Any) -> Hashable:
    """Return what decides which arguments it takes, None where that is not known at once."""
    if _is_plain(callback):
        return cast("Hashable", callback.__code__)
    match inspect.unwrap(callback):
        case FunctionType() as function:
            return function.__code__
        case MethodType() as method:
            return (MethodType, method.__func__.__code__)
        case Filter() as one:
            return type(one)
        case _:
            return None
