"""Looking at an installation: each finding is ok, or says what to do."""

from collections.abc import AsyncIterator

from bot.doctor.data_key import look_at_data_key
from bot.doctor.database import look_at_database
from bot.doctor.finding import Finding
from bot.doctor.machine import look_at_catalogues, look_at_clock, look_at_disks, look_at_keys
from bot.doctor.mail import look_at_mail
from bot.doctor.telegram import look_at_telegram
from bot.settings import Settings

__all__ = ["Finding", "examine"]


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Yield a finding for each, from the token and the bot's rights to the words.

    Changes nothing.
    """
    async for finding in look_at_telegram(settings):
        yield finding
    yield await look_at_mail(settings)
    yield await look_at_clock(settings.telegram_api)
    for finding in look_at_disks(settings):
        yield finding
    async for finding in look_at_database(settings):
        yield finding
    yield await look_at_data_key(settings)
    yield look_at_keys(settings.keys_dir)
    yield look_at_catalogues()
