"""From the rows of a table to proposals; what is wrong is told by row."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import RowMapping

from services.organisation.directory import Topic
from services.proposals.model import titles_of
from services.proposals.table import LANGUAGES
from services.proposals.wording import checked_shown, checked_title
from services.refusal import N_, Refusal
from services.tables.cells import Cells, a_code, a_day, check_place, one_of
from services.tables.model import Fault, Row
from services.text.fold import fold

_FIRST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Collected:
    """A proposal that was collected on paper."""

    code: str
    language: str
    topic: str
    region: str | None
    district: str | None
    title_kk: str
    title_ru: str
    words: str
    collected_on: date


def draft_of(code: str) -> str:
    """Return the draft id of a row."""
    return f"table:{code}"


def read_rows(
    rows: Sequence[Row],
    topics: Mapping[str, Topic],
    present: Mapping[str, RowMapping],
    today: date,
    faults: list[Fault],
) -> list[Collected]:
    """Return what the rows say; present are the proposals of their codes, by draft id."""
    found: list[Collected] = []
    codes: set[str] = set()
    said: set[str] = set()
    for row in rows:
        cells = Cells(row, faults)
        one = _read(cells, topics, today)
        _once(cells, "code", one.code, codes, N_("This code stands above already."))
        _once(cells, "text", fold(one.words), said, N_("These words stand above already."))
        known = present.get(draft_of(one.code))
        if known is not None and not cells.bad and not _is(one, known):
            message = N_("The proposal of this code says something else already.")
            cells.wrong("code", Refusal(message))
        found.append(one)
    return found


def _read(cells: Cells, topics: Mapping[str, Topic], today: date) -> Collected:
    region, district = check_place(cells)
    one = Collected(
        code=cells.read("code", a_code, ""),
        language=cells.read("language", one_of(LANGUAGES, "kk, ru"), "kk"),
        topic=cells.read("topic", _topic(topics), ""),
        region=region,
        district=district,
        title_kk=cells.read("title_kk", checked_title, ""),
        title_ru=cells.read("title_ru", checked_title, ""),
        words=cells.read("text", checked_shown, ""),
        collected_on=cells.read("collected_on", a_day, _FIRST),
    )
    if one.collected_on > today:
        cells.wrong("collected_on", Refusal(N_("This day has not come yet.")))
    return one


def _topic(topics: Mapping[str, Topic]) -> Callable[[str], str]:
    def read(text: str) -> str:
        topic = topics.get(text)
        if topic is None:
            raise Refusal(N_("There is no topic “{value}”."), value=text)
        if topic.retired:
            raise Refusal(N_("The topic “{value}” is no longer in use."), value=text)
        return text

    return read


def _once(cells: Cells, column: str, value: str, before: set[str], message: str) -> None:
    if value and value in before:
        cells.wrong(column, Refusal(message))
    before.add(value)


def _is(one: Collected, row: RowMapping) -> bool:
    """Tell whether the board says just this; what was taken down since says nothing else."""
    if row["shown"] is None:
        return True
    return (
        (one.language, one.topic, one.region, one.district, one.words)
        == tuple(row[name] for name in ("language", "topic", "region", "district", "shown"))
    ) and (one.title_kk, one.title_ru) == titles_of(row)


def codes_of(rows: Collection[Row]) -> list[str]:
    """Return the draft ids that rows name."""
    return [draft_of(row.values.get("code", "")) for row in rows]
