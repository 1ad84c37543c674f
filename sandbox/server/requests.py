"""Calls of the Bot API, read into aiogram's own method classes."""

import types
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

import aiogram.methods
import orjson
from aiogram.methods import TelegramMethod
from aiogram.types import InputFile
from pydantic import BaseModel, ValidationError

from sandbox.server.files import Upload
from sandbox.server.payload import Json, without_nulls
from sandbox.server.refusal import Refusal

AnyMethod = TelegramMethod[Any]
Method = TypeVar("Method", bound=AnyMethod)

EMPTY_FIELDS = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "from_chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "video": "there is no video in the request",
    "audio": "there is no audio in the request",
    "voice": "there is no voice in the request",
    "animation": "there is no animation in the request",
    "sticker": "there is no sticker in the request",
    "file_id": "file_id not specified",
    "latitude": "latitude is empty",
    "longitude": "longitude is empty",
    "action": "wrong parameter action in request",
}
WRONG_FIELDS = {
    "chat_id": "chat not found",
    "message_id": "message identifier is not specified",
    "media": "can't parse InputMedia",
    "entities": "can't parse MessageEntity",
    "caption_entities": "can't parse MessageEntity",
    "commands": "can't parse BotCommand",
    "scope": "can't parse BotCommandScope",
    "allowed_updates": "can't parse allowed_updates JSON object",
}


@dataclass(frozen=True, slots=True)
class Call(Generic[Method]):
    """One call: the checked method, its parameters as they came (decoded), and its files."""

    method: Method
    raw: Json
    files: Mapping[str, Upload]


@cache
def known_methods() -> Mapping[str, type[AnyMethod]]:
    """Return aiogram's method classes by their names in lower case."""
    found: dict[str, type[AnyMethod]] = {}
    for name in aiogram.methods.__all__:
        candidate = getattr(aiogram.methods, name)
        if isinstance(candidate, type) and issubclass(candidate, TelegramMethod):
            api_name = getattr(candidate, "__api_method__", None)
            if isinstance(api_name, str):
                found[api_name.lower()] = candidate
    return types.MappingProxyType(found)


def leaves(annotation: Any) -> set[Any]:
    """Return the classes that an annotation is made of."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return leaves(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        return set().union(*(leaves(part) for part in get_args(annotation)))
    return {origin or annotation}


@cache
def structured_fields(method: type[AnyMethod]) -> frozenset[str]:
    """Return the parameters that come as JSON inside a form field."""
    return frozenset(
        name
        for name, info in method.model_fields.items()
        if any(
            leaf in {list, dict} or (isinstance(leaf, type) and issubclass(leaf, BaseModel))
            for leaf in leaves(info.annotation)
        )
    )


@cache
def text_fields(method: type[AnyMethod]) -> frozenset[str]:
    """Return the parameters that are text, so that a bare number is taken as text too."""
    return frozenset(
        name
        for name, info in method.model_fields.items()
        if str in leaves(info.annotation) and int not in leaves(info.annotation)
    )


def read_call(method: type[Method], parameters: Json, files: Mapping[str, Upload]) -> Call[Method]:
    """Return a checked call; raises Refusal 400 in Telegram's words."""
    structured = structured_fields(method)
    for name, value in parameters.items():
        if name in structured:
            if isinstance(value, str):
                parameters[name] = _decoded(name, value)
            elif isinstance(value, dict | list):
                parameters[name] = without_nulls(value)
        elif isinstance(value, int | float) and name in text_fields(method):
            parameters[name] = str(value)
    for name in files.keys() & method.model_fields.keys():
        parameters.setdefault(name, f"attach://{name}")
    try:
        return Call(method.model_validate(checkable(method, parameters)), parameters, files)
    except ValidationError as error:
        raise Refusal.bad_request(_words(error)) from None


def checkable(method: type[AnyMethod], parameters: Json) -> Json:
    """Return the parameters without uploads that aiogram knows only as its own objects.

    These are thumbnails and certificates, of which the sandbox makes no use.
    """
    unused = uploads_only(method)
    media = parameters.get("media")
    if not unused and not isinstance(media, dict | list):
        return parameters
    kept = {name: value for name, value in parameters.items() if name not in unused}
    if isinstance(media, list):
        kept["media"] = [_without_thumbnail(part) for part in media]
    elif isinstance(media, dict):
        kept["media"] = _without_thumbnail(media)
    return kept


def _without_thumbnail(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    return {name: value for name, value in part.items() if name != "thumbnail"}


@cache
def uploads_only(method: type[AnyMethod]) -> frozenset[str]:
    """Return the parameters that are always an upload."""
    return frozenset(
        name
        for name, info in method.model_fields.items()
        if InputFile in leaves(info.annotation) and str not in leaves(info.annotation)
    )


def _decoded(name: str, value: str) -> Any:
    if not value:
        return None
    try:
        return without_nulls(orjson.loads(value))
    except orjson.JSONDecodeError:
        raise Refusal.bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None


def _words(error: ValidationError) -> str:
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else "request"
    if name == "reply_markup":
        place = [str(part) for part in first["loc"]]
        if place == ["reply_markup", "inline_keyboard"]:
            return "inline keyboard expected"
        if len(place) == 1:
            return "object expected as reply markup"
        return f"can't parse reply keyboard markup JSON object: {first['msg']}"
    if first["type"] == "missing" and len(first["loc"]) == 1:
        return EMPTY_FIELDS.get(name, f"parameter {name} is missing")
    words = WRONG_FIELDS.get(name, f"invalid {name} specified")
    inner = ".".join(str(part) for part in first["loc"][1:])
    return f"{words}: {inner}: {first['msg']}" if inner else words
