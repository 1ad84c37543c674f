"""What people were asked, and how the crowd answered."""

import asyncio
import contextlib
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.demonstration.moments import at
from bot.demonstration.people import crowd_ids
from bot.demonstration.seed import Seed, SeedPoll
from services.delivery.target import EVERYBODY
from services.language import Language
from services.people.person import find_person
from services.polls.answering import PollClosed
from services.polls.ballot_box import BallotBox
from services.polls.closing import Closing
from services.polls.composing import difficult
from services.polls.draft import PollDraft
from services.polls.emptying import counting_here
from services.polls.keys import PollKeys
from services.polls.launching import launch_poll
from services.polls.model import Option, plain_questions
from services.polls.pages import Page
from services.polls.participation import update_participation
from services.polls.results import Result
from services.polls.telling import Pictures
from storage.database import Database
from storage.demonstration import call_everything_told

_LAUNCH = time(11, 0)
_CLOSING = time(18, 0)


class NoCharts:
    """Draws nothing: the bot draws a chart when somebody looks at it."""

    async def draw(self, result: Result) -> Pictures:  # noqa: ARG002
        """Return no pictures."""
        return {}

    async def page(
        self,
        result: Result,  # noqa: ARG002
        page: Page,  # noqa: ARG002
        waves: Sequence[Result],  # noqa: ARG002
        language: Language,  # noqa: ARG002
    ) -> Path | None:
        """Return no picture."""
        return None


async def add_polls(
    db: Database, keys: PollKeys, seed: Seed, operator: int, start: datetime
) -> None:
    """Launch the polls, let the crowd answer, and close those whose time is over."""
    closing = Closing(db, keys, counting_here, NoCharts())
    for poll in sorted(seed.polls, key=lambda poll: -poll.launched_days_ago):
        draft = _draft(poll, start)
        launched = at(start, poll.launched_days_ago, _LAUNCH)
        key = await asyncio.to_thread(keys.create, draft.id)
        poll_id = await db.write(
            launch_poll, draft, created_by=operator, now=launched, public_key=key.public_key
        )
        await _let_answer(db, keys, seed, poll, poll_id, launched + timedelta(hours=5))
        # A question that is still on its way would be called back by the closing.
        await db.write(call_everything_told, start)
        if draft.closes_at is not None and draft.closes_at <= start:
            await closing.close_due(draft.closes_at)
    await update_participation(db, start)


def _draft(poll: SeedPoll, start: datetime) -> PollDraft:
    options = [Option(place, option.kk, option.ru) for place, option in enumerate(poll.options)]
    options.append(difficult(len(options)))
    return PollDraft(
        id=poll.draft,
        questions=plain_questions(poll.question_kk, poll.question_ru, options),
        target=EVERYBODY,
        topic_class="social",
        closes_at=at(start, poll.launched_days_ago - poll.open_days, _CLOSING),
    )


async def _let_answer(
    db: Database, keys: PollKeys, seed: Seed, poll: SeedPoll, poll_id: int, now: datetime
) -> None:
    box = BallotBox(db, keys)

    async def cast(person_id: int, option: int) -> None:
        person = await db.read(find_person, person_id)
        if person is not None:
            # An earlier run that was interrupted may have closed the poll already.
            with contextlib.suppress(PollClosed):
                await box.cast(person, poll_id, option, now)

    answers = zip(crowd_ids(seed), _choices(poll), strict=False)
    await asyncio.gather(*(cast(person_id, option) for person_id, option in answers))


def _choices(poll: SeedPoll) -> Iterator[int]:
    """Return an option for each who answers; «difficult to answer» stands last."""
    votes = [option.votes for option in poll.options] + [poll.difficult_votes]
    for option, number in enumerate(votes):
        yield from [option] * number
