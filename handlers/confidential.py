"""Which conversations wait for what nobody may keep: answers, passphrases, PINs, phones."""

from aiogram.exceptions import TelegramAPIError
from aiogram.types import Message

from handlers.screen import Screen, show

# Groups of states, by name.
GROUPS = frozenset({"Surveying", "PassphraseWords", "StaffPin", "PhoneSharing"})


def waits_for_secrets(state: str | None) -> bool:
    """Tell whether a message in this state of a conversation may be an answer or a secret."""
    return state is not None and state.partition(":")[0] in GROUPS


async def delete_secret(message: Message, otherwise: str) -> None:
    """Delete a message from the chat, or ask the person to; gone already is as good."""
    try:
        await message.delete()
    except TelegramAPIError as error:
        if "message to delete not found" not in error.message:
            await show(message, Screen(otherwise))
