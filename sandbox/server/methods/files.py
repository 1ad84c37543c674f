"""Files by id."""

from collections.abc import Mapping
from typing import Any

from aiogram.methods import GetFile

from sandbox.server.payload import Json
from sandbox.server.refusal import Refusal
from sandbox.server.requests import Call
from sandbox.server.telegram import Telegram


def get_file(telegram: Telegram, call: Call[GetFile]) -> Json:
    """Return where a file of up to 20 MB can be downloaded."""
    stored = telegram.files.find(call.method.file_id)
    if stored is None:
        raise Refusal.bad_request("wrong file_id or the file is temporarily unavailable")
    return stored.as_file()


HANDLERS: Mapping[type[Any], Any] = {GetFile: get_file}
