"""People who press start, block the bot and come back."""

from sandbox.server.actions import Impossible, actor, write
from sandbox.server.chats import SharedChat
from sandbox.server.contents import text_content
from sandbox.server.events import EventType
from sandbox.server.members import bot_member
from sandbox.server.payload import Json
from sandbox.server.queued import UpdateKind
from sandbox.server.telegram import Telegram

PAYLOAD_LIMIT = 64


def start(telegram: Telegram, person_id: int, payload: str = "") -> Json:
    """Press «Start», by a deep link if there is a payload; lifts a block as Telegram's apps do."""
    if len(payload) > PAYLOAD_LIMIT:
        raise Impossible("a deep link carries at most 64 characters")
    unblock(telegram, person_id)
    text = f"/start {payload}".rstrip()
    return write(telegram, actor(telegram, person_id), text_content(text))


def block(telegram: Telegram, person_id: int) -> None:
    """Block the bot; the bot hears of it by `my_chat_member`."""
    _change_block(telegram, person_id, blocked=True)


def unblock(telegram: Telegram, person_id: int) -> None:
    """Let the bot write again; the bot hears of it by `my_chat_member`."""
    _change_block(telegram, person_id, blocked=False)


def change_bot(
    telegram: Telegram, chat_id: int, person_id: int, *, member: bool, administrator: bool
) -> None:
    """Let somebody take the bot into a group or channel, promote it, or put it out.

    The bot hears of it by `my_chat_member`, which names who did it. Raises KeyError.
    """
    chat = telegram.chats[chat_id]
    if not isinstance(chat, SharedChat):
        raise KeyError(chat_id)
    before = bot_member(telegram, chat)
    chat.membership.bot_is_member = member
    chat.membership.bot_is_administrator = administrator
    after = bot_member(telegram, chat)
    if before == after:
        return
    change = {
        "chat": chat.json,
        "from": telegram.people[person_id].user(),
        "date": telegram.clock.timestamp(),
        "old_chat_member": before,
        "new_chat_member": after,
    }
    telegram.updates.put(UpdateKind.MY_CHAT_MEMBER, change, chat.id)


def _change_block(telegram: Telegram, person_id: int, *, blocked: bool) -> None:
    chat = telegram.private(person_id)
    if chat.blocked is blocked:
        return
    before = bot_member(telegram, chat)
    chat.blocked = blocked
    change = {
        "chat": chat.json,
        "from": chat.person.user(),
        "date": telegram.clock.timestamp(),
        "old_chat_member": before,
        "new_chat_member": bot_member(telegram, chat),
    }
    telegram.updates.put(UpdateKind.MY_CHAT_MEMBER, change, chat.id)
    telegram.events.add(EventType.PERSON, chat.id, blocked=blocked)
