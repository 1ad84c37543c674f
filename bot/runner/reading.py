"""From bytes to an update of aiogram, with every way of failing named."""

import json
from typing import Any

import orjson
from aiogram import Bot
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError


class Unreadable(ValueError):  # noqa: N818 - it names a state of affairs
    """No update can be made of this; the message says why and repeats nothing of the content."""


def read_json(body: bytes) -> Any:
    """Return what a JSON text says. Raises Unreadable.

    orjson is strict. The standard library then reads what clients really do send at times, such
    as half of a surrogate pair where somebody cut an emoji in two; the half becomes "?".
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        value = json.loads(body.decode(errors="replace"))
        return json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON: {type(error).__name__}") from None


def write_json(raw: object) -> bytes:
    """Return the JSON text of what ``read_json`` gave; bytes, which it did not, as they are."""
    if isinstance(raw, bytes):
        return raw
    try:
        return orjson.dumps(raw)
    except orjson.JSONEncodeError:
        return json.dumps(raw).encode()


def read_update(raw: object, bot: Bot) -> Update:
    """Return the update in a raw value, bound to its bot, with a known kind. Raises Unreadable.

    Bytes stand for a body that was not JSON.
    """
    if isinstance(raw, bytes):
        raise Unreadable("not JSON")
    if not isinstance(raw, dict):
        raise Unreadable(f"not an object: {type(raw).__name__}")
    try:
        update = Update.model_validate(raw, context={"bot": bot})
        update.event_type  # noqa: B018 - raises where the kind is unknown
    except ValidationError as error:
        raise Unreadable(_complaint(error)) from None
    except UpdateTypeLookupError:
        kinds = ", ".join(sorted(key for key in raw if key != "update_id")) or "none"
        raise Unreadable(f"unknown kind: {kinds[:200]}") from None
    except Exception as error:  # noqa: BLE001 - any other failure is a failure to parse as well
        raise Unreadable(f"cannot be parsed: {type(error).__name__}") from None
    return update


def _complaint(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['type']}, {error.error_count()} in all"
