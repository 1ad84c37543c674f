"""Proposals of citizens before moderators, and those that were collected on paper."""

from aiogram import Router

from handlers.operator.proposals import merging, moderating, paper
from handlers.operator.proposals.desk import ProposalDesk
from handlers.provided import provide


def router() -> Router:
    """Return the router of the buttons."""
    router = provide(Router(name="proposals of moderators"), "desk", ProposalDesk)
    router.include_routers(moderating.router(), merging.router(), paper.router())
    return router


def words() -> Router:
    """Return the router of what is sent meanwhile; it stands after all menus."""
    router = provide(Router(name="proposals of moderators in words"), "desk", ProposalDesk)
    router.include_routers(moderating.words(), merging.words(), paper.words())
    return router
