"""People who block the bot and let it in again."""

from aiogram import Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberUpdated

from handlers.filters import InChat
from services.clock import Clock
from services.people.model import Person
from services.people.person import became_reachable, became_unreachable
from storage.database import Database

_OUT = frozenset({ChatMemberStatus.KICKED, ChatMemberStatus.LEFT})


async def changed(event: ChatMemberUpdated, person: Person, db: Database, clock: Clock) -> None:
    """Keep whether mailings and letters can reach this person."""
    if event.new_chat_member.status in _OUT:
        await db.write(became_unreachable, person.id, clock.now())
    else:
        await db.write(became_reachable, person.id)


def router() -> Router:
    """Return the router of `my_chat_member`."""
    router = Router(name="membership")
    router.my_chat_member.register(changed, InChat(ChatType.PRIVATE))
    return router
