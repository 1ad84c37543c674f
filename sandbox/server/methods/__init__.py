"""What the sandbox can do of the Bot API: one function for each method, one module a subject."""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from sandbox.server.methods import (
    callbacks,
    chats,
    commands,
    copying,
    deleting,
    editing,
    files,
    media,
    profile,
    reactions,
    sending,
)
from sandbox.server.requests import AnyMethod, Call
from sandbox.server.telegram import Telegram

Handler = Callable[[Telegram, Call[Any]], Any]


@cache
def handlers() -> Mapping[type[AnyMethod], Handler]:
    """Return the function behind each implemented method, by aiogram's class.

    getUpdates, setWebhook, deleteWebhook and getWebhookInfo are answered beside these, because
    they wait or reach outside.
    """
    subjects = (
        callbacks,
        chats,
        commands,
        copying,
        deleting,
        editing,
        files,
        media,
        profile,
        reactions,
        sending,
    )
    found: dict[type[AnyMethod], Handler] = {}
    for subject in subjects:
        found.update(subject.HANDLERS)
    return MappingProxyType(found)
