"""Types of aiogram that are built late are built all the same."""

import aiogram.methods
import aiogram.types
from pydantic import BaseModel

MODELS = [
    model
    for package in (aiogram.types, aiogram.methods)
    for name in package.__all__
    if isinstance(model := getattr(package, name), type) and issubclass(model, BaseModel)
]


def test_every_type_can_be_built() -> None:
    """No type of Telegram's lacks a name that its fields speak of."""
    unbuilt = [model.__name__ for model in MODELS if model.model_rebuild() is False]
    assert [] == unbuilt
