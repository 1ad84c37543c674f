"""The short way of the most frequent update: a first answer or a changed one that just counts.

When a poll is announced such updates come by thousands a second, and making aiogram's objects of
one and asking all routers costs as much again as the vote itself. Here it is read as it came. All
that is not plain (a newcomer, somebody not yet asked about themselves, a closed poll, any
refusal or failure) goes the usual way, where the vote begins anew: it is idempotent.
"""

import re
from collections.abc import Mapping
from typing import Any

from aiogram.enums import ChatType
from aiogram.methods import AnswerCallbackQuery
from aiogram.utils.i18n import I18n

from handlers.citizen.voting import recorded
from services.clock import Clock
from services.language import Language
from services.people.directory import Directory
from services.polls.ballot_box import BallotBox
from services.polls.model import Poll, Stream
from services.refusal import Refusal

_UPDATE = {"update_id", "callback_query"}
# As Vote and OpenVote of handlers.views.poll_callbacks pack it, in numbers that every database
# takes.
_VOTE = re.compile(r"v(o?):([0-9]{1,18}):([0-9]{1,4})")
_TEXTS = 1000


class PlainVotes:
    """Takes raw updates that are plain votes."""

    def __init__(self, people: Directory, ballot_box: BallotBox, i18n: I18n, clock: Clock) -> None:
        self._people = people
        self._ballot_box = ballot_box
        self._i18n = i18n
        self._clock = clock
        # What is said to everybody who chose the same in the same language.
        self._texts: dict[tuple[object, ...], str] = {}

    async def __call__(self, raw: Mapping[str, Any]) -> AnswerCallbackQuery | None:
        """Keep the answer and return what to say; None where the update is to go the usual way."""
        if raw.keys() != _UPDATE:
            return None
        match raw["callback_query"]:
            case {
                "id": str(query),
                "data": str(data),
                "from": {"id": int(voter)},
                "message": {"chat": {"type": ChatType.PRIVATE.value}},
            } if pressed := _VOTE.fullmatch(data):
                stream = Stream.OPEN if pressed[1] else Stream.INVITED
                return await self._vote(query, voter, int(pressed[2]), int(pressed[3]), stream)
        return None

    async def _vote(
        self, query: str, voter: int, poll_id: int, option: int, stream: Stream
    ) -> AnswerCallbackQuery | None:
        person = await self._people.find(voter)
        if person is None or person.language is None:
            return None
        if not person.profile.asked:
            return None
        try:
            now = self._clock.now()
            poll = await self._ballot_box.cast(person, poll_id, option, now, stream)
        except Refusal:
            return None
        text = self._said(poll, option, person.language)
        return AnswerCallbackQuery(callback_query_id=query, text=text, show_alert=True)

    def _said(self, poll: Poll, option: int, language: Language) -> str:
        key = (poll.id, poll.closes_at, option, language)
        text = self._texts.get(key)
        if text is None:
            with self._i18n.context(), self._i18n.use_locale(language.value):
                text = recorded(poll, option, language)
            if len(self._texts) >= _TEXTS:
                self._texts.clear()
            self._texts[key] = text
        return text
