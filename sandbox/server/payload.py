"""Telegram's JSON as it travels: objects are plain dictionaries, never edited in place."""

from typing import Any

Json = dict[str, Any]


def present(**fields: Any) -> Json:
    """Return the fields that hold something, as Telegram leaves out what is absent."""
    return {name: value for name, value in fields.items() if value is not None}


def without_nulls(value: Any) -> Any:
    """Return the same JSON value with absent members of its objects left out."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    return value
