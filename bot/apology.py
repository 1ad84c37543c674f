"""What people hear while nothing can be stored: once in each outage, and only if it lasts."""

import asyncio
import time
from collections.abc import Callable, Mapping

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.utils.i18n import I18n

from bot.allowance import Priority, priority
from bot.runner.lines import chat_of
from handlers.text import _
from services.language import Language
from services.refusal import Refusal

log = structlog.get_logger(__name__)

LASTING = 3.0  # seconds of trouble before anybody is told: most restarts are shorter
OVER = 120.0  # seconds without trouble after which an outage is over
SENDING = 5.0  # seconds that the sentence may take: the update behind it waits so long
_SPOKEN = {"message", "callback_query"}


class Apology:
    """Tells those whose updates must wait that nothing is lost, at most once per chat and outage.

    `language` knows a person's language without asking the database; where it does not, the
    sentence comes in both. It goes last of all that the bot has to say.
    """

    def __init__(
        self,
        bot: Bot,
        i18n: I18n,
        language: Callable[[int], Language | None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bot = bot
        self._i18n = i18n
        self._language = language
        self._monotonic = monotonic
        self._since: dict[int, float] = {}
        self._told: set[int] = set()
        self._trouble = 0.0

    async def __call__(self, raw: object, waited: float) -> None:
        """Hear of an update that could not be dealt with after so many seconds; never raises."""
        if not isinstance(raw, Mapping) or _SPOKEN.isdisjoint(raw):
            return
        chat = chat_of(raw)
        if chat is None or chat < 0 or not self._lasts(chat, waited):
            return
        self._told.add(chat)
        try:
            await self._say(chat)
        except (AiogramError, Refusal, TimeoutError) as error:
            log.warning("Nobody could be told of the outage", error=type(error).__name__)

    def _lasts(self, chat: int, waited: float) -> bool:
        """Tell whether a chat has waited for long enough and was not told in this outage."""
        now = self._monotonic()
        if now - self._trouble > OVER:
            self._since.clear()
            self._told.clear()
        self._trouble = now
        since = self._since.setdefault(chat, now - waited)
        return chat not in self._told and now - since >= LASTING

    async def _say(self, chat: int) -> None:
        known = self._language(chat)
        texts = [self._text(language) for language in ([known] if known else list(Language))]
        former = priority.set(Priority.MAILING)
        try:
            async with asyncio.timeout(SENDING):
                await self._bot.send_message(chat, "\n\n".join(texts))
        finally:
            priority.reset(former)

    def _text(self, language: Language) -> str:
        with self._i18n.context(), self._i18n.use_locale(language.value):
            return _(
                "Sorry, we have a failure on our side at the moment. What you sent will not be "
                "lost: we will deal with it as soon as everything works again. There is no need "
                "to send it again."
            )
