"""A handler's answer inside the response to the webhook: one call to Telegram saved."""

from typing import Any

import orjson
from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.types import InputFile


def reply_json(method: TelegramMethod[Any], bot: Bot) -> bytes | None:
    """Return a method as the JSON text that Telegram carries out, None where it has files.

    Files would need a multipart body, which costs more than the call it saves. Defaults of the
    bot (parse mode, link preview) are filled in.
    """
    files: dict[str, InputFile] = {}
    fields: dict[str, Any] = {"method": method.__api_method__}
    for name, value in method.model_dump(warnings=False).items():
        if value is not None:
            prepared = bot.session.prepare_value(value, bot=bot, files=files, _dumps_json=False)
            if prepared is not None:
                fields[name] = prepared
    return None if files else orjson.dumps(fields)
