"""The board of proposals for citizens: reading, supporting, suggesting, their own."""

from aiogram import Router

from handlers.citizen.proposals import board, own, suggesting
from handlers.citizen.proposals.desk import Board
from handlers.provided import provide


def router() -> Router:
    """Return the router of /proposals and of all its buttons."""
    router = provide(Router(name="proposals"), "board", Board)
    router.include_routers(board.router(), own.router(), suggesting.router())
    return router


def words() -> Router:
    """Return the router of what is written for a proposal; it stands behind the menu."""
    return provide(suggesting.words(), "board", Board)
