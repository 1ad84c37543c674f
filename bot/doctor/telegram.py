"""The token and the bot's rights at Telegram."""

from collections.abc import AsyncIterator

from aiogram.exceptions import TelegramAPIError, TelegramNetworkError, TelegramUnauthorizedError

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
