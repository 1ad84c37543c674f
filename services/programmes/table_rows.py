"""The rows of a table of programmes: what they say, and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import escape
from typing import Any

from services.clock import local_date
from services.programmes import rules
from services.programmes.model import (
    Field,
    FieldKind,
    Option,
    Programme,
    ProgrammeKind,
    ProgrammeStatus,
    Session,
)
from services.programmes.table import (
    BETWEEN,
    FIELD_KINDS,
    FIELDS,
    KINDS,
    PROGRAMMES,
    SESSIONS,
    STATES,
)
from services.refusal import N_, Refusal
from services.tables.cells import (
    Cells,
    a_code,
    a_day,
    a_moment,
    a_text,
    a_whole,
    an_answer,
    check_place,
    one_of,
)
from services.tables.model import Fault, Table

_KIND = one_of(KINDS, "project, school")
_STATE = one_of(STATES, "draft, open, closed")
_FIELD_KIND = one_of(FIELD_KINDS, "text, number, choice, date, phone, yes_no")
_NO_DAY, _NO_MOMENT = date.max, datetime.max.replace(tzinfo=UTC)
_CODE = 16  # characters of the code of a question


@dataclass(frozen=True, slots=True)
class Kept:
    """A programme that is there under a code, with its form and sessions.

    answered: somebody has signed up, so what its questions are cannot change.
    """

    programme: Programme
    fields: Mapping[str, Field]
    sessions: Mapping[int, Session]
    answered: bool


@dataclass(slots=True)
class Read:
    """What a table says: columns of programmes, questions and sessions, each by its code."""

    programmes: dict[str, dict[str, Any]] = field(default_factory=dict)
    fields: dict[tuple[str, str], Field] = field(default_factory=dict)
    sessions: dict[tuple[str, int], Session] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def understand(table: Table, kept: Mapping[str, Kept], now: datetime) -> Read:
    """Return what the table says, with everything that is wrong with it."""
    read = Read()
    today = local_date(now)
    bad: set[str] = set()
    for row in table.of(PROGRAMMES):
        cells = Cells(row, read.faults)
        code = _code(cells, read)
        values = _programme(cells, kept.get(code), today)
        if cells.bad:
            bad.add(code)
        elif values is not None:
            read.programmes[code] = values
    for place, row in enumerate(table.of(FIELDS), start=1):
        cells = Cells(row, read.faults)
        code = _of(cells, read, kept, bad)
        _read_field(cells, code, place, read, kept.get(code))
    for row in table.of(SESSIONS):
        cells = Cells(row, read.faults)
        code = _of(cells, read, kept, bad)
        _read_session(cells, code, read, kept.get(code), now)
    return read


def _code(cells: Cells, read: Read) -> str:
    code = cells.read("code", a_code, "")
    if code in read.programmes:
        cells.wrong("code", Refusal(N_("This code stands in another row, too.")))
    return code


def _programme(cells: Cells, kept: Kept | None, today: date) -> dict[str, Any] | None:
    if kept is not None and kept.programme.status is ProgrammeStatus.CALLED_OFF:
        cells.wrong("code", Refusal(N_("This programme was called off.")))
    kind = ProgrammeKind(cells.read("kind", _KIND, "project"))
    texts = {
        f"{name}_{language}": _text(cells, f"{name}_{language}", limit, needed=needed)
        for name, limit, needed in rules.PAIRS
        for language in ("kk", "ru")
    }
    for name, _limit, _needed in rules.PAIRS:
        _check_both(cells, name, texts[f"{name}_kk"], texts[f"{name}_ru"])
    region, district = check_place(cells)
    begins = cells.read("begins_on", a_day, _NO_DAY)
    ends = cells.read("ends_on", a_day, _NO_DAY)
    until = cells.read("sign_up_until", a_day, begins, needed=False)
    if ends < begins:
        cells.wrong("ends_on", Refusal(N_("The last day lies before the first one.")))
    elif ends != _NO_DAY and ends > today + rules.LONGEST:
        message = N_("That is too far away: two years ahead at most.")
        cells.wrong("ends_on", Refusal(message))
    if until > ends:
        message = N_("One cannot sign up after the last day of the programme.")
        cells.wrong("sign_up_until", Refusal(message))
    places = a_whole(1, rules.MOST_PLACES)
    capacity: int | None = cells.read("capacity", places, 0, needed=False) or None
    if kept is not None and capacity is not None and capacity < kept.programme.taken:
        message = N_("{taken} places are taken already: there cannot be fewer.")
        cells.wrong("capacity", Refusal(message, taken=kept.programme.taken))
    share = cells.read("certificate_from", a_whole(1, 100), 0, needed=False)
    present = kept.programme.status.value if kept else ProgrammeStatus.DRAFT.value
    state = cells.read("state", _STATE, present, needed=False)
    if state == ProgrammeStatus.DRAFT.value != present:
        cells.wrong("state", Refusal(N_("Citizens have seen it: it cannot be a draft again.")))
    if state == ProgrammeStatus.OPEN.value and not cells.bad and until < today:
        message = N_("The last day of signing up has passed. Please set a later one first.")
        cells.wrong("sign_up_until", Refusal(message))
    waiting = cells.read("waiting", an_answer, instead=True, needed=False)
    if cells.bad:
        return None
    # What a table says is plain; text and terms are kept as HTML.
    html = {
        name: escape(texts[name], quote=False) for name in texts if name[:4] in {"text", "term"}
    }
    return {
        "kind": kind.value,
        **texts,
        **html,
        "region": region,
        "district": district,
        "begins_on": begins,
        "ends_on": ends,
        "sign_up_until": until,
        "capacity": capacity,
        "waiting": waiting,
        "certificate": bool(share) or kind is ProgrammeKind.SCHOOL,
        "certificate_from": share or 80,
        "status": state,
    }


def _text(cells: Cells, column: str, limit: int, *, needed: bool) -> str:
    return cells.read(column, a_text(limit), "", needed=needed)


def _check_both(cells: Cells, name: str, kk: str, ru: str, column: str = "") -> None:
    column = column or name
    wrong = {f"{column}_kk", f"{column}_ru"} & cells.bad
    if bool(kk) != bool(ru) and not wrong:
        missing = f"{column}_ru" if kk else f"{column}_kk"
        cells.wrong(missing, Refusal(N_("Both texts are needed: in Kazakh and in Russian.")))


def _of(cells: Cells, read: Read, kept: Mapping[str, Kept], bad: set[str]) -> str:
    code = cells.read("programme", a_code, "")
    if code and code not in read.programmes and code not in kept and code not in bad:
        message = N_("There is no programme “{value}”, here or brought before.")
        cells.wrong("programme", Refusal(message, value=code))
    return code


def _read_field(cells: Cells, programme: str, place: int, read: Read, kept: Kept | None) -> None:
    code = cells.read("field", a_code, "")
    if len(code) > _CODE:
        message = N_("This text is too long: {length} of at most {limit} characters.")
        cells.wrong("field", Refusal(message, length=len(code), limit=_CODE))
    if (programme, code) in read.fields:
        cells.wrong("field", Refusal(N_("This code stands in another row, too.")))
    kind = FieldKind(cells.read("field_kind", _FIELD_KIND, "text"))
    kk = _text(cells, "label_kk", rules.LONGEST_LABEL, needed=True)
    ru = _text(cells, "label_ru", rules.LONGEST_LABEL, needed=True)
    options = _options(cells, kind)
    required = cells.read("required", an_answer, instead=True, needed=False)
    known = None if kept is None else kept.fields.get(code)
    changed = known is not None and (known.kind, known.options) != (kind, options)
    if changed and kept is not None and kept.answered:
        message = N_("People have answered this question already. Please add another one instead.")
        cells.wrong("field_kind", Refusal(message))
    if cells.bad:
        return
    position = known.position if known else 100 + place
    new = Field(code, position, kind, kk, ru, options, required)
    others = [one for (of, _code), one in read.fields.items() if of == programme]
    others += [
        one
        for one in (kept.fields.values() if kept else ())
        if not one.retired and (programme, one.code) not in read.fields
    ]
    try:
        rules.check_field(new, others)
    except Refusal as refusal:
        cells.wrong("options_kk" if kind is FieldKind.CHOICE else "field", refusal)
        return
    read.fields[programme, code] = new


def _options(cells: Cells, kind: FieldKind) -> tuple[Option, ...]:
    kk, ru = (
        [part.strip() for part in cells.said(f"options_{each}").split(BETWEEN) if part.strip()]
        for each in ("kk", "ru")
    )
    if kind is not FieldKind.CHOICE:
        if kk or ru:
            message = N_("Only a choice has answers to choose from.")
            cells.wrong("options_kk" if kk else "options_ru", Refusal(message))
        return ()
    if len(kk) != len(ru):
        message = N_("There are {kk} answers in Kazakh and {ru} in Russian.")
        cells.wrong("options_ru", Refusal(message, kk=len(kk), ru=len(ru)))
        return ()
    pairs = enumerate(zip(kk, ru, strict=True), start=1)
    return tuple(Option(f"o{number}", *both) for number, both in pairs)


def _read_session(
    cells: Cells, programme: str, read: Read, kept: Kept | None, now: datetime
) -> None:
    number = cells.read("number", a_whole(1, rules.MOST_SESSIONS), 0)
    if (programme, number) in read.sessions:
        cells.wrong("number", Refusal(N_("This number stands in another row, too.")))
    starts_at = cells.read("starts_at", a_moment, _NO_MOMENT)
    topic = [
        _text(cells, f"topic_{one}", rules.LONGEST_TITLE, needed=False) for one in ("kk", "ru")
    ]
    venue = [
        _text(cells, f"venue_{one}", rules.LONGEST_PLACE, needed=False) for one in ("kk", "ru")
    ]
    _check_both(cells, "topic", *topic)
    _check_both(cells, "venue", *venue)
    known = None if kept is None else kept.sessions.get(number)
    if cells.bad:
        return
    new = Session(number, starts_at, *topic, *venue)
    if known is not None and known != new and known.starts_at <= now:
        message = N_("This session has been already: it stays for who came to it.")
        cells.wrong("starts_at", Refusal(message))
        return
    days = read.programmes.get(programme)
    begins = days["begins_on"] if days else kept.programme.begins_on if kept else _NO_DAY
    ends = days["ends_on"] if days else kept.programme.ends_on if kept else _NO_DAY
    if begins <= ends != _NO_DAY and not begins <= local_date(starts_at) <= ends:
        message = N_("This lies outside of the days of the programme.")
        cells.wrong("starts_at", Refusal(message))
        return
    read.sessions[programme, number] = new
