"""Results of polls in the party's channel, in Kazakh and then in Russian."""

from pathlib import Path

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import FSInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import I18n

from bot.allowance import Priority, priority
from handlers.text import _
from handlers.views.poll_captions import answers_caption, overview
from services.clock import Clock
from services.delivery.quiet_hours import is_quiet
from services.language import Language
from services.polls.channel_post import ChannelStatus, end_posting, results_to_post, take_result
from services.polls.pages import Page
from services.polls.publishing import Charts
from services.polls.results import Result
from services.text.length import utf16_length
from storage.database import Database

log = structlog.get_logger(__name__)

_CAPTION = 1024  # Bot API, sendPhoto.caption


class ChannelResults:
    """Posts results that are due; nothing where the party has no channel."""

    def __init__(
        self,
        bot: Bot,
        db: Database,
        clock: Clock,
        charts: Charts,
        i18n: I18n,
        channel: int | str | None,
    ) -> None:
        self._bot = bot
        self._db = db
        self._clock = clock
        self._charts = charts
        self._i18n = i18n
        self._channel = channel

    async def look(self) -> None:
        """Post every result that is due, each once."""
        if self._channel is None:
            return
        priority.set(Priority.LETTER)
        for poll in await self._db.read(results_to_post, self._clock.now()):
            result = await self._db.write(take_result, poll)
            if result is None:
                continue
            status = ChannelStatus.SENT
            try:
                for language in Language:
                    await self._post(self._channel, result, language)
            except (AiogramError, OSError) as error:
                # Perhaps a part stands there: the channel is public, so it is not repeated.
                log.warning("A result is not in the channel", poll=poll, why=str(error))
                status = ChannelStatus.FAILED
            await self._db.write(end_posting, poll, status, self._clock.now())

    async def _post(self, channel: int | str, result: Result, language: Language) -> None:
        picture = await self._picture(result, language)
        with self._i18n.context(), self._i18n.use_locale(language.value):
            several = len(result.poll.questions) > 1
            pictured = picture is not None
            text = overview(result) if several else answers_caption(result, 0, pictured=pictured)
            label = _("📊 Open in the bot")
        me = await self._bot.me()
        address = f"https://t.me/{me.username}?start=poll_{result.poll.id}"
        markup = InlineKeyboardMarkup(
            inline_keyboard=[[InlineKeyboardButton(text=label, url=address)]]
        )
        silent = is_quiet(self._clock.now())
        if picture is None or utf16_length(text) > _CAPTION:
            await self._bot.send_message(
                channel, text, reply_markup=markup, disable_notification=silent
            )
            return
        await self._bot.send_photo(
            channel,
            FSInputFile(picture),
            caption=text,
            reply_markup=markup,
            disable_notification=silent,
        )

    async def _picture(self, result: Result, language: Language) -> Path | None:
        return await self._charts.page(result, Page(0), (), language)
