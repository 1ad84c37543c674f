"""Answering a poll: what is not a plain vote (see plain_vote), and every refusal."""

from typing import Any

from aiogram import Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, Message

from handlers.buttons import button, keyboard
from handlers.citizen.poll_answer import remember
from handlers.citizen.profile import ask_profile
from handlers.screen import acknowledge
from handlers.text import _
from handlers.views.poll_callbacks import OpenVote, PollList, PollOpened, Vote
from handlers.views.poll_text import moment
from services.clock import Clock
from services.people.model import Person
from services.polls.answering import PollClosed
from services.polls.ballot_box import BallotBox
from services.polls.model import Poll, Stream
from services.text.length import shortened

# Telegram's pop-up holds 200 characters; the rest of the sentence needs fewer than 120.
_OPTION_LENGTH = 70


class Voted(Filter):
    """A tap on an option by somebody who has been welcomed; hands it on as `vote`.

    Whoever has not yet chosen a language meets the welcome instead.
    """

    def __init__(self, kind: type[Vote | OpenVote]) -> None:
        self._kind = kind
        self._prefix = f"{kind.__prefix__}{kind.__separator__}"
        self.data_prefix = kind.__prefix__

    async def __call__(self, callback: CallbackQuery, person: Person) -> bool | dict[str, Any]:
        """Match on the prefix before anything else is looked at."""
        data = callback.data or ""
        if not data.startswith(self._prefix) or person.language is None:
            return False
        try:
            return {"vote": self._kind.unpack(data)}
        except (TypeError, ValueError):
            return False


async def vote(
    callback: CallbackQuery,
    vote: Vote | OpenVote,
    person: Person,
    ballot_box: BallotBox,
    clock: Clock,
    state: FSMContext,
) -> AnswerCallbackQuery | None:
    """Keep the answer and say so in a pop-up, which leaves no trace in the chat.

    The pop-up is returned, not sent: a webhook carries it in its own response.
    """
    try:
        stream = Stream.INVITED if isinstance(vote, Vote) else Stream.OPEN
        poll = await ballot_box.cast(person, vote.poll, vote.option, clock.now(), stream)
    except PollClosed as closed:
        await acknowledge(callback, _(closed.message))
        await _show_where_the_result_is(callback, vote.poll)
        return None
    text = recorded(poll, vote.option, person.language or "")
    if person.profile.asked:
        return callback.answer(text, show_alert=True)
    await acknowledge(callback, text)
    draft = await ballot_box.draft(person, vote.poll, vote.option, stream)
    if await remember(state, vote.poll, draft) and isinstance(callback.message, Message):
        # In a message of its own: the question keeps its buttons.
        await ask_profile(callback.message, state, PollList().pack())
    return None


def recorded(poll: Poll, option: int, language: str) -> str:
    """Return the pop-up that names the recorded answer, in the current language."""
    return _("✅ Recorded: {option}\n\nYou can change your answer until: {moment}").format(
        option=shortened(poll.options[option].text(language), _OPTION_LENGTH),
        moment=moment(poll.closes_at),
    )


async def _show_where_the_result_is(callback: CallbackQuery, poll_id: int) -> None:
    if not isinstance(callback.message, Message):
        return
    result = keyboard([button(_("📈 Result"), PollOpened(poll=poll_id))])
    try:
        await callback.message.edit_reply_markup(reply_markup=result)
    except TelegramBadRequest:
        # Somebody tapped twice, or deleted the message: the pop-up has said it all.
        return


def router() -> Router:
    """Return the router of answers."""
    router = Router(name="voting")
    router.callback_query.register(vote, Voted(Vote))
    router.callback_query.register(vote, Voted(OpenVote))
    return router
