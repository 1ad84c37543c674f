"""Leaving an appeal: topic, place, words and files, a look at it all, and sending."""

from aiogram import Router

from handlers.citizen.appeal import begin, content, parts, sending


def router() -> Router:
    """Return the router of everything that is pressed and of /appeal."""
    router = Router(name="appeal")
    router.include_routers(begin.router(), parts.router(), sending.router())
    return router


def words() -> Router:
    """Return the router of everything that is sent while writing; it stands after all menus."""
    return content.words()
