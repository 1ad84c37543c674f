"""Links into the bot."""

from bot.settings import BadSettings, Settings
from bot.telegram import make_bot


async def start_link(settings: Settings, payload: str) -> str:
    """Return `https://t.me/<bot>?start=<payload>`; Telegram tells the bot's name."""
    if settings.bot_token is None:
        raise BadSettings("BOT_TOKEN: is not set; BotFather gives one.")
    async with make_bot(settings) as bot:
        me = await bot.me()
    return f"https://t.me/{me.username}?start={payload}"
