"""All conversations, in the order in which they are asked."""

from aiogram import Router

from handlers import menu
from handlers.citizen import (
    appeal,
    membership,
    my_appeals,
    news,
    profile,
    settings,
    unknown,
    welcome,
)
from handlers.citizen import help as help_screen
from handlers.official import answer as official_answer
from handlers.official import case as official_case
from handlers.official import desk as official_desk
from handlers.operator import mailings
from handlers.operator.news_composer import pressed as news_pressed
from handlers.operator.news_composer import said as news_said


def root() -> Router:
    """Return the router of the whole bot.

    First contact stands before everything; the menu and commands before conversations that
    wait for words; the router that answers whatever nobody understood comes last.
    """
    root = Router(name="root")
    root.include_routers(
        welcome.router(),
        menu.router(),
        appeal.router(),
        my_appeals.router(),
        profile.router(),
        settings.router(),
        help_screen.router(),
        membership.router(),
        news.router(),
        news_pressed.router(),
        mailings.router(),
        official_desk.router(),
        official_case.router(),
        official_answer.router(),
        news_said.router(),
        appeal.words(),
        profile.words(),
        unknown.router(),
    )
    return root
