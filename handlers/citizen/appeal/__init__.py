"""Leaving an appeal: topic, place, words and files, a look at it all, and sending."""

from aiogram import Router

from handlers.citizen.appeal import (
    adding,
    begin,
    content,
    extras,
    joining,
    parts,
    responding,
    sending,
    to_deputy,
)
from handlers.citizen.appeal.talk import Talk
from handlers.provided import provide


def router() -> Router:
    """Return the router of everything that is pressed, of /appeal, and of replies to receipts."""
    router = provide(Router(name="appeal"), "talk", Talk)
    router.include_routers(
        begin.router(),
        responding.router(),
        to_deputy.router(),
        parts.router(),
        extras.router(),
        joining.router(),
        sending.router(),
        adding.router(),
    )
    return router


def replies() -> Router:
    """Return the router of replies to messages about own appeals; it stands after all menus."""
    return provide(adding.replies(), "talk", Talk)


def words() -> Router:
    """Return the router of everything that is sent while writing; it stands after all menus."""
    router = provide(Router(name="appeal: words"), "talk", Talk)
    router.include_routers(adding.words(), content.words())
    return router
