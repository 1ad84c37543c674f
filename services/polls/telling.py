"""Telling the result of a poll to who answered it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from services.delivery.mailing import launch
from services.language import Language
from services.polls.model import Launched
from services.polls.payload import result_payload
from services.polls.results import Result

RESULT_KIND = "poll_result"

Pictures = Mapping[Language, Path]


def announce(
    connection: Connection,
    launched: Launched,
    result: Result,
    pictures: Pictures,
    respondents: Sequence[int],
    now: datetime,
) -> None:
    """Start the mailing of a result, within the transaction that publishes it.

    It goes to who answered and to the author, and who that was is forgotten at its end.

    Key: poll.
    """
    drawn = {language.value: str(path) for language, path in pictures.items()}
    launch(
        connection,
        key=f"{RESULT_KIND}:{result.poll.id}",
        kind=RESULT_KIND,
        payload=result_payload(result) | {"pictures": drawn},
        created_by=None,
        now=now,
        recipients=sorted({*respondents, launched.created_by}),
        forget_recipients=True,
    )
