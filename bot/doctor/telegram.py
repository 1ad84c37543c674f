"""The token and the bot's rights at Telegram."""

from collections.abc import AsyncIterator

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramUnauthorizedError,
)
from aiogram.types import ChatMemberAdministrator

from bot.doctor.finding import Finding
from bot.settings import Settings
from bot.telegram import make_bot


async def look_at_telegram(settings: Settings) -> AsyncIterator[Finding]:
    """Ask Telegram who the bot is."""
    if settings.bot_token is None:
        yield Finding("token", ok=False, words="BOT_TOKEN is not set: ask @BotFather for one")
        return
    try:
        async with make_bot(settings) as bot:
            me = await bot.get_me()
            webhook = await bot.get_webhook_info()
            channel = await _channel(bot, settings.party_channel)
    except TelegramUnauthorizedError:
        yield Finding("token", ok=False, words="Telegram refuses BOT_TOKEN: copy it anew")
        return
    except (TelegramNetworkError, TelegramAPIError) as error:
        words = f"{settings.telegram_api} does not answer ({type(error).__name__})"
        yield Finding("token", ok=False, words=f"{words}: check TELEGRAM_API and the network")
        return
    yield Finding("token", ok=True, words=f"@{me.username}")
    if me.can_join_groups:
        yield Finding(
            "rights", ok=True, words="works in private chats; /setjoingroups could be off"
        )
    else:
        yield Finding("rights", ok=True, words="private chats only")
    if webhook.url and settings.webhook_url is None:
        words = "a webhook is set and WEBHOOK_URL is empty: `run` removes it and polls"
        yield Finding("webhook", ok=True, words=words)
    if channel is not None:
        yield channel


async def _channel(bot: Bot, channel: str | None) -> Finding | None:
    """Look whether the bot may post in the party's channel; None where none is set."""
    if channel is None:
        return None
    try:
        me = await bot.get_chat_member(channel, bot.id)
    except (TelegramBadRequest, TelegramForbiddenError) as error:
        words = f"{channel} is not open to the bot ({error.message}): check PARTY_CHANNEL, and"
        return Finding("channel", ok=False, words=f"{words} make the bot an administrator there")
    if not isinstance(me, ChatMemberAdministrator) or not me.can_post_messages:
        words = f"the bot may not post in {channel}: make it an administrator who may post"
        return Finding("channel", ok=False, words=words)
    if not me.can_delete_messages:
        words = f"what is recalled stays in {channel}: let the bot delete messages there"
        return Finding("channel", ok=False, words=words)
    return Finding("channel", ok=True, words=f"the bot may post in {channel}")
