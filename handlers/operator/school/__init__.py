"""Attendance, certificates and news of programmes, as staff look after them."""

from aiogram import Router

from handlers.operator.school import attendance, certificates, tables, topics


def router() -> Router:
    """Return the routers of the buttons."""
    router = Router(name="school")
    router.include_routers(
        attendance.router(), certificates.router(), tables.router(), topics.router()
    )
    return router


def words() -> Router:
    """Return the routers of what is sent meanwhile; they stand after all menus."""
    router = Router(name="school: what is sent")
    router.include_routers(certificates.words(), tables.words())
    return router
