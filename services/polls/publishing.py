"""Making a count a result: written, told to who answered, the ballots gone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from services.polls.disclosure import keepable
from services.polls.model import Launched, PollStatus, Stream
from services.polls.results import NATIONAL, Figure, Result, Table, Weighing, as_rows
from services.polls.tally import Tally
from services.polls.telling import Pictures, announce
from storage import polls as rows
from storage.poll_keys import forget_holders


class Charts(Protocol):
    """Keeps the pictures of results."""

    async def draw(self, result: Result) -> Pictures:
        """Return the picture in each language, drawn unless it is there.

        Empty where the result is not shown by option.
        """


def result_of(launched: Launched, counted: Tally) -> Result:
    """Return the result, without votes by option where they would tell how people answered."""
    if launched.frozen_at is None:
        raise ValueError("a poll that takes answers has no result")
    tables: tuple[Table, ...] = ()
    if keepable(counted.base, counted.votes):
        figures = tuple(Figure(votes, votes / counted.base) for votes in counted.votes)
        tables = (Table(0, NATIONAL, "", counted.base, 0, 0, figures),)
    return Result(
        poll=launched.poll,
        base=counted.base,
        streams={Stream.INVITED: counted.base},
        invited=None,
        weighing=Weighing(weighted=False),
        tables=tables,
        ended_at=launched.frozen_at,
    )


def publish(
    connection: Connection,
    launched: Launched,
    result: Result,
    pictures: Pictures,
    respondents: Sequence[int],
    now: datetime,
) -> None:
    """Write the result, delete the ballots and start the mailing of the result.

    It goes to who answered and to the author, and who that was is forgotten at its end. A
    repetition changes nothing.

    Key: poll, by its status closing.
    """
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
    rows.delete_ballots(connection, poll_id)
    forget_holders(connection, launched.draft_id)
    announce(connection, launched, result, pictures, respondents, now)
