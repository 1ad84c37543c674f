"""Leaving an appeal: topic, place, words and files, a look at it all, and sending."""

from aiogram import Router

from handlers.citizen.appeal import begin, content, parts, sending
from handlers.citizen.appeal.talk import Talk
from handlers.provided import provide


def router() -> Router:
    """Return the router of everything that is pressed and of /appeal."""
    router = provide(Router(name="appeal"), "talk", Talk)
    router.include_routers(begin.router(), parts.router(), sending.router())
    return router


def words() -> Router:
    """Return the router of everything that is sent while writing; it stands after all menus."""
    return provide(content.words(), "talk", Talk)
