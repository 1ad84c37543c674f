"""Callback data that the bot never made, of every kind that it makes."""

import importlib
import pkgutil
import types
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin

from aiogram.filters.callback_data import CallbackData

import handlers

LARGEST = 64  # bytes (Bot API, InlineKeyboardButton.callback_data)
_NUMBERS = (1, 2**62)


def kinds() -> list[type[CallbackData]]:
    """Return every kind of button of the bot, by prefix."""
    for module in pkgutil.walk_packages(handlers.__path__, "handlers."):
        importlib.import_module(module.name)
    return sorted(set(_below(CallbackData)), key=lambda kind: kind.__prefix__)


def forgeries() -> list[str]:
    """Return two forged data of each kind: of rows that are there, and of none."""
    made = [_forged(kind, number) for kind in kinds() for number in _NUMBERS]
    return sorted({data for data in made if len(data.encode()) <= LARGEST})


def _below(kind: type[CallbackData]) -> Iterator[type[CallbackData]]:
    for each in kind.__subclasses__():
        if each.__module__.startswith("handlers."):
            yield each
        yield from _below(each)


def _forged(kind: type[CallbackData], number: int) -> str:
    values = [_value(field.annotation, number) for field in kind.model_fields.values()]
    return kind.__separator__.join([kind.__prefix__, *values])


def _value(wanted: Any, number: int) -> str:
    if isinstance(wanted, types.UnionType) or get_origin(wanted) is Union:
        wanted = next(each for each in get_args(wanted) if each is not types.NoneType)
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        members = list(wanted)
        return str(members[min(number, len(members)) - 1].value)
    if wanted is bool:
        return str(number % 2)
    if wanted in (date, datetime):
        return "2026-11-24"
    return "water" if wanted is str else str(number)
