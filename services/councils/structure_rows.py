"""The rows of fields and of councils: what they say, and what is wrong with them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from services.councils.model import CouncilField, Level, level_of
from services.councils.register import Register, Term
from services.refusal import N_, Refusal
from services.tables.cells import (
    Cells,
    a_code,
    a_day,
    a_text,
    a_whole,
    an_answer,
    check_place,
)
from services.tables.model import Fault, Row

_POSITION = a_whole(1, 999)
_EMOJI, _NAME = a_text(8), a_text(200)
_DAY = timedelta(days=1)
_NO_DAY = date.max


def read_fields(rows: Iterable[Row], register: Register, faults: list[Fault]) -> None:
    """Put the fields that these rows name into the register."""
    seen: set[str] = set()
    owners = {topic: one.code for one in register.fields.values() for topic in one.topics}
    claimed: dict[str, str] = {}
    for row in rows:
        cells = Cells(row, faults)
        code = cells.read("code", a_code, "")
        if code in seen:
            cells.wrong("code", Refusal(N_("This field stands in the table twice.")))
        seen.add(code)
        topics = _topics(cells, code, register, claimed)
        read = CouncilField(
            code,
            cells.read("name_kk", _NAME, ""),
            cells.read("name_ru", _NAME, ""),
            cells.read("position", _POSITION, 1),
            cells.read("emoji", _EMOJI, ""),
            cells.read("in_regions", an_answer, instead=True),
            cells.read("in_districts", an_answer, instead=True),
            cells.read("retired", an_answer, instead=False, needed=False),
            topics,
        )
        if not cells.bad:
            register.fields[code] = read
    _give_up(register, owners, claimed)


def _topics(
    cells: Cells, code: str, register: Register, claimed: dict[str, str]
) -> tuple[str, ...]:
    """Return the topics of a row; each belongs to one field."""
    topics = tuple(sorted(set(cells.said("topics").replace(",", " ").split())))
    for topic in topics:
        if topic not in register.topics:
            cells.wrong("topics", Refusal(N_("There is no topic “{value}”."), value=topic))
        elif claimed.setdefault(topic, code) != code:
            message = N_("The topic “{value}” stands at another field too.")
            cells.wrong("topics", Refusal(message, value=topic))
    return topics


def _give_up(register: Register, owners: dict[str, str], claimed: dict[str, str]) -> None:
    """Take a topic from the field that had it, where a row gives it to another one."""
    for topic, owner in claimed.items():
        former = register.fields.get(owners.get(topic, ""))
        if former is not None and former.code != owner:
            left = tuple(one for one in former.topics if one != topic)
            register.fields[former.code] = replace(former, topics=left)


def read_councils(
    rows: Iterable[Row], register: Register, faults: list[Fault], today: date
) -> None:
    """Put the councils and terms that these rows name into the register."""
    stored = {code: dict(terms) for code, terms in register.terms.items()}
    named: dict[str, tuple[str, str]] = {}
    read: dict[tuple[str, date], tuple[Cells, Term]] = {}
    for row in rows:
        cells = Cells(row, faults)
        code = cells.read("council", a_code, "")
        names = cells.read("name_kk", _NAME, ""), cells.read("name_ru", _NAME, "")
        if "" not in names and named.setdefault(code, names) != names:
            cells.wrong("name_kk", Refusal(N_("This council has another name in another row.")))
        since, term = _term(cells, register)
        if (code, since) in read:
            message = N_("Another row of this council begins on the same day.")
            cells.wrong("since", Refusal(message))
        _keep_what_was(cells, stored.get(code, {}).get(since), term, since, today)
        if not cells.bad:
            read[code, since] = cells, term
            register.names[code] = names
    for (code, since), (_cells, term) in sorted(read.items(), key=lambda one: one[0]):
        follow(register.terms.setdefault(code, {}), since, term)
    for (code, since), (cells, term) in read.items():
        others = {
            (other, first): one
            for other, terms in register.terms.items()
            for first, one in terms.items()
            if (other, first) not in read or read[other, first][0].row.number < cells.row.number
        }
        _check_alone(cells, code, since, term, others)


def _term(cells: Cells, register: Register) -> tuple[date, Term]:
    region, district = check_place(cells)
    since = cells.read("since", a_day, _NO_DAY)
    field = cells.read("field", a_code, "")
    known = register.fields.get(field)
    if "field" not in cells.bad and known is None:
        cells.wrong("field", Refusal(N_("There is no field “{value}”."), value=field))
    elif known is not None and not cells.bad & {"region", "district"}:
        _check_level(cells, known, level_of(region, district))
    takes = cells.read("takes_appeals", an_answer, instead=False, needed=False)
    return since, Term(field, region, district, until_of(cells, since), takes)


def _check_level(cells: Cells, field: CouncilField, level: Level) -> None:
    if field.retired:
        cells.wrong("field", Refusal(N_("This field is retired.")))
    elif level is Level.REGION and not field.in_regions:
        cells.wrong("field", Refusal(N_("Regions have no council of this field.")))
    elif level is Level.DISTRICT and not field.in_districts:
        cells.wrong("field", Refusal(N_("Districts have no council of this field.")))


def _keep_what_was(
    cells: Cells, stored: Term | None, term: Term, since: date, today: date
) -> None:
    """Refuse another field or territory for days that have begun: those stay written."""
    if stored is None or since > today:
        return
    message = N_("This has begun, and what was stays written. Please add a row with a later day.")
    if stored.field != term.field:
        cells.wrong("field", Refusal(message))
    elif (stored.region, stored.district) != (term.region, term.district):
        cells.wrong("region", Refusal(message))


def _check_alone(
    cells: Cells, code: str, since: date, term: Term, others: dict[tuple[str, date], Term]
) -> None:
    """Refuse days that another term of the council has, or another council of field and place."""
    place = (term.field, term.region, term.district)
    for (other, first), one in others.items():
        if not meet(since, term.until, first, one.until):
            continue
        if other == code:
            message = N_("Another term of this council stands on these days.")
            cells.wrong("since", Refusal(message))
            return
        if place == (one.field, one.region, one.district):
            message = N_("This place has a council of this field already: {value}")
            cells.wrong("field", Refusal(message, value=other))
            return


def until_of(cells: Cells, since: date) -> date | None:
    """Return the first day after the last one that a row names, None where it names none."""
    last = cells.read("last_day", a_day, None, needed=False)
    if last is not None and "since" not in cells.bad and last < since:
        cells.wrong("last_day", Refusal(N_("The last day lies before the first one.")))
    return None if last is None else last + _DAY


def follow(terms: dict[date, Term], since: date, term: Term) -> None:
    """Put a term in its place; one that goes on without an end is over by it."""
    for first, one in terms.items():
        if first < since and one.until is None:
            terms[first] = replace(one, until=since)
    terms[since] = term


def meet(since: date, until: date | None, other: date, other_until: date | None) -> bool:
    """Tell whether two half-open spans of days have a day in common."""
    return (until is None or other < until) and (other_until is None or since < other_until)
