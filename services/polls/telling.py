"""Telling the result of a poll to who answered it: of the whole country and of their own region.

What a person gets is chosen when the message is sent, by the region of their profile then. No
list of regions or people outlives the mailing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from services.delivery.mailing import launch
from services.language import Language
from services.polls.disclosure import Disclosure
from services.polls.model import Launched
from services.polls.pages import REGION
from services.polls.payload import result_from, result_payload
from services.polls.results import NATIONAL, Figure, Result, Table
from services.polls.shown import disclosed, leading
from storage import poll_telling as rows

RESULT_KIND = "poll_result"
# The variant of who gets the result of the whole country only; others have their region's code.
EVERYWHERE = 0

# By language, those of answers in the order of the questions.
Pictures = Mapping[Language, Sequence[Path]]


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
    drawn = {language.value: str(paths[0]) for language, paths in pictures.items() if paths}
    launch(
        connection,
        key=f"{RESULT_KIND}:{result.poll.id}",
        kind=RESULT_KIND,
        payload=result_payload(_told(result)) | {"pictures": drawn},
        created_by=None,
        now=now,
        recipients=sorted({*respondents, launched.created_by}),
        forget_recipients=True,
    )


def result_variants(
    connection: Connection,
    payload: Mapping[str, Any],
    ids: Sequence[int],
    _started_at: datetime,
) -> Mapping[int, tuple[int, ...]]:
    """Return of which region each of these people is told besides, where its base allows.

    Key: (mailing, person), by the row in deliveries.
    """
    told = regions_told(result_from(payload))
    regions = rows.regions_of(connection, ids)
    return {
        person: (int(region) if (region := regions.get(person)) in told else EVERYWHERE,)
        for person in ids
    }


def regions_told(result: Result) -> frozenset[str]:
    """Return the regions of which something can be told."""
    if result.poll.target.regions or result.poll.target.districts:
        return frozenset()  # the whole result is of there
    return frozenset(
        table.group
        for table in result.tables
        if table.cut == REGION
        and table.group.isdecimal()
        and disclosed(table) in {Disclosure.LOW_BASE, Disclosure.SHARES}
    )


def region_of(variant: Sequence[int]) -> str | None:
    """Return the region that a variant names, None for the whole country only."""
    code = next(iter(variant), EVERYWHERE)
    return None if code == EVERYWHERE else f"{code:02}"


def _told(result: Result) -> Result:
    """Return the part of a result that a message tells: its payload is read again and again."""
    tables = [table for table in result.tables if table.cut in {NATIONAL, REGION}]
    if len(result.poll.questions) > 1:
        tables = [_brief(result, table) for table in tables]
    return replace(result, tables=tuple(tables))


def _brief(result: Result, table: Table) -> Table:
    """Leave of a region's table what a line about its question needs."""
    national = result.table(table.question)
    if table.cut == NATIONAL or national is None or not table.figures:
        return table
    kept = leading(result.poll.questions[table.question], national)
    figures = tuple(
        replace(figure, low=None, high=None) if number in kept else Figure(None, 0.0)
        for number, figure in enumerate(table.figures)
    )
    return replace(table, figures=figures, ranks=(), borda=())
