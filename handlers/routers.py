"""All conversations, in the order in which they are asked."""

from aiogram import Router

from handlers import menu
from handlers.citizen import unknown, welcome
from handlers.official import answer as official_answer
from handlers.official import case as official_case
from handlers.official import desk as official_desk


def root() -> Router:
    """Return the router of the whole bot.

    First contact stands before everything; the menu and commands before conversations that
    wait for words; the router that answers whatever nobody understood comes last.
    """
    root = Router(name="root")
    root.include_routers(
        welcome.router(),
        menu.router(),
        official_desk.router(),
        official_case.router(),
        official_answer.router(),
        unknown.router(),
    )
    return root
