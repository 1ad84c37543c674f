"""One place for everything that goes wrong: a polite sentence, and a trace without texts."""

import contextlib
import secrets

import structlog
from aiogram import Bot, Router
from aiogram.exceptions import TelegramForbiddenError
from aiogram.types import CallbackQuery, ErrorEvent, Message
from aiogram.utils.i18n import I18n

from bot.traces import trace_of
from handlers.screen import acknowledge
from handlers.text import _
from services.language import Language
from services.people.model import Person
from services.refusal import Refusal
from storage.conversation import Overtaken
from storage.database import is_away

log = structlog.get_logger()

_POP_UP_LENGTH = 200  # Bot API, answerCallbackQuery.text


class DatabaseAway(Exception):  # noqa: N818 - it names a state of affairs
    """This cannot be stored now; the update must be dealt with in better times."""


async def explain(event: ErrorEvent, bot: Bot, i18n: I18n, person: Person | None = None) -> None:
    """Tell the person what happened, in their language where it is known.

    Raises DatabaseAway where the world is broken, not the update, or another replica was faster:
    the intake tries again.
    """
    if is_away(event.exception) or isinstance(event.exception, Overtaken):
        raise DatabaseAway(type(event.exception).__name__) from event.exception
    language = person.language if person and person.language else Language.KAZAKH
    with i18n.context(), i18n.use_locale(language.value):
        await _explain(event, bot)


async def _explain(event: ErrorEvent, bot: Bot) -> None:
    failure = event.exception
    if isinstance(failure, TelegramForbiddenError):
        # The person blocked the bot meanwhile; my_chat_member says so separately.
        return
    if isinstance(failure, Refusal):
        # Where Telegram lets nothing through, the refusal itself cannot be said either.
        with contextlib.suppress(Refusal):
            await _say(event, bot, _(failure.message).format(**failure.parameters))
        return
    incident = secrets.token_hex(3).upper()
    kind = type(failure).__name__
    log.error("handler failed", incident=incident, kind=kind, trace=trace_of(failure))
    text = _(
        "Something went wrong on our side. What you had already sent is kept. "
        "Please try again; if it repeats, tell us this number: {incident}"
    )
    await _say(event, bot, text.format(incident=incident))


async def _say(event: ErrorEvent, bot: Bot, text: str) -> None:
    subject: Message | CallbackQuery | None = event.update.message or event.update.callback_query
    if isinstance(subject, CallbackQuery):
        if len(text) <= _POP_UP_LENGTH:
            await acknowledge(subject, text)
            return
        await acknowledge(subject)
    if subject is not None and subject.from_user is not None:
        await bot.send_message(subject.from_user.id, text)


def router() -> Router:
    """Return the router whose error observer serves the whole dispatcher."""
    router = Router(name="errors")
    router.errors.register(explain)
    return router
