"""Making a count a result: written, told to who answered, the ballots gone."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from services.language import Language
from services.polls.counting import Counted
from services.polls.model import Launched, PollStatus
from services.polls.named import NamedAnswers, written
from services.polls.pages import Page
from services.polls.results import Result, as_rows
from services.polls.telling import Pictures, announce
from storage import polls as rows
from storage.delivery import forget_recipients
from storage.poll_keys import forget_holders
from storage.poll_named import put_named


class Charts(Protocol):
    """Keeps the pictures of results."""

    async def draw(self, result: Result) -> Pictures:
        """Return the pictures of answers in each language, drawn unless they are there.

        Empty where the result is not shown by option.
        """

    async def page(
        self, result: Result, page: Page, waves: Sequence[Result], language: Language
    ) -> Path | None:
        """Return the picture of one page, drawn unless it is there; None where it has none."""


def publish(
    connection: Connection,
    launched: Launched,
    counted: Counted,
    pictures: Pictures,
    respondents: Sequence[int],
    now: datetime,
    named: NamedAnswers | None = None,
) -> None:
    """Write the result, delete the ballots and start the mailing of the result.

    It goes to who answered and to the author, and who that was is forgotten at its end. Who was
    invited, and whom the invitation reached, is forgotten here. Of a named poll it stays who
    answered what. A repetition changes nothing.

    Key: poll, by its status closing.
    """
    result = counted.result
    poll_id = result.poll.id
    moved = rows.change_status(
        connection,
        poll_id,
        PollStatus.CLOSING,
        PollStatus.COUNTED,
        base=result.base,
        participation=result.base,
    )
    if not moved:
        return
    rows.put_results(connection, poll_id, as_rows(result))
    rows.put_texts(connection, poll_id, counted.texts)
    if named is not None:
        put_named(connection, poll_id, written(named, poll_id))
    rows.delete_ballots(connection, poll_id)
    for mailing_id in rows.mailings_of(connection, poll_id):
        forget_recipients(connection, mailing_id)
    forget_holders(connection, launched.draft_id)
    announce(connection, launched, result, pictures, respondents, now)
