"""Bringing a round of the rating as a table: all of it, or nothing and every reason why.

A round that was brought waits until another person publishes it; brought again under its code it
takes the place of the one that waits. Maslikhats and deputies are added or changed at once: they
hold no numbers. The same table twice changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from services.audit.recording import record
from services.clock import local_date
from services.delivery.approval import others_who_may
from services.organisation.directory import Body
from services.people.deeds import Deed
from services.people.rights import authorise
from services.ratings.keeping import deputy_of, kept_round, maslikhat_of, round_of
from services.ratings.model import Deputy, Maslikhat, RoundStatus, Terms
from services.ratings.rows import Brought, Present, understand
from services.ratings.table import DEPUTIES, FORMS, INDICATORS, LINES, MASLIKHATS, ROUND
from services.refusal import N_, Refusal
from services.tables.model import BadTable, Fault, Imported, Table, refuse
from services.tables.writing import Line
from services.text.words import words
from storage import organisation
from storage import ratings as rows
from storage import ratings_reading as stored
from storage.organisation_writes import put_officials
from storage.outbox import tell
from storage.people import find_person

__all__ = ["FORMS", "check_table", "example", "import_table", "put_table"]

WAITS = "rating_waits"
_POSITION = {"position_kk": "мәслихат депутаты", "position_ru": "депутат маслихата"}
_WORDS = 400


@dataclass(frozen=True, slots=True)
class _Bringer:
    person: int | None
    now: datetime


def check_table(
    connection: Connection, table: Table, now: datetime, given: Terms | None = None
) -> Brought:
    """Return what a table says; raises BadTable with everything that is wrong with it.

    given: what was said of the round in the chat, for a table that holds its lines only.
    """
    found = understand(table, _present(connection, now), given, _code(connection, given))
    refuse(found.faults, FORMS)
    if not (found.code or found.maslikhats or found.deputies):
        message = N_("The table names neither deputies nor maslikhats.")
        raise BadTable([Fault(Refusal(message))])
    return found


def import_table(
    connection: Connection, actor: int, table: Table, now: datetime, given: Terms | None = None
) -> Imported:
    """Bring what a table says, and ask others to approve its round.

    Raises Refusal, and BadTable, after which nothing has changed.

    Key: codes in the table.
    """
    authorise(connection, actor, Deed.BRING_RATING)
    found = check_table(connection, table, now, given)
    changes = _put(connection, found, _Bringer(actor, now))
    if changes:
        what, key = Deed.BRING_RATING, now.isoformat()
        case = f"rating:{found.code}" if found.code else "rating"
        record(connection, who=actor, what=what, on=case, now=now, key=key, changed=changes)
    return Imported(len(table.rows), changes)


def put_table(connection: Connection, table: Table, now: datetime) -> Imported:
    """Do the same at the command line; its round waits to be approved like any other.

    Key: codes in the table.
    """
    found = check_table(connection, table, now)
    return Imported(len(table.rows), _put(connection, found, _Bringer(None, now)))


def _put(connection: Connection, found: Brought, bringer: _Bringer) -> int:
    changes = _put_maslikhats(connection, found.maslikhats)
    changes += _put_deputies(connection, found.deputies)
    if not found.code or found.terms is None:
        return changes
    present = kept_round(connection, found.code)
    waits = present is not None and present.round.status is RoundStatus.AWAITING
    if present is not None and waits and present.says(found.terms, found.indicators, found.lines):
        return changes
    version = 1 if present is None else present.round.version + 1
    rows.put_round(
        connection,
        {
            "code": found.code,
            **asdict(found.terms),
            "status": RoundStatus.AWAITING.value,
            "version": version,
            "brought_by": bringer.person,
            "brought_at": bringer.now,
            "approved_by": None,
            "published_at": None,
            "reason": None,
        },
        [
            {"round": found.code, "position": place, **asdict(each)}
            for place, each in enumerate(found.indicators)
        ],
        [
            {
                "round": found.code,
                "deputy": line.deputy,
                "maslikhat": line.maslikhat,
                "score": line.score,
                "place": line.place,
            }
            for line in found.lines
        ],
        [
            {"round": found.code, "deputy": line.deputy, "indicator": code, "value": value}
            for line in found.lines
            for code, value in line.values.items()
        ],
    )
    _ask(connection, found, version, bringer)
    return changes + 1


def _ask(connection: Connection, found: Brought, version: int, bringer: _Bringer) -> None:
    """Tell whoever else may publish it that it waits."""
    if found.terms is None:
        return
    who = None if bringer.person is None else find_person(connection, bringer.person)
    payload = {
        "code": found.code,
        "title_kk": found.terms.title_kk,
        "title_ru": found.terms.title_ru,
        "who": who["name"] if who else "",
    }
    for person in others_who_may(connection, bringer.person or 0, Deed.DECIDE_RATING):
        key = f"{WAITS}:{found.code}:{version}:{person}"
        tell(connection, person, WAITS, key, payload, bringer.now)


def _put_maslikhats(connection: Connection, found: Sequence[Maslikhat]) -> int:
    known = {row["code"]: maslikhat_of(row) for row in stored.read_maslikhats(connection)}
    new = [each for each in found if known.get(each.code) != each]
    for each in new:
        rows.put_maslikhat(connection, asdict(each))
    return len(new)


def _put_deputies(connection: Connection, found: Sequence[Deputy]) -> int:
    known = {row["code"]: deputy_of(row) for row in stored.read_deputies(connection)}
    others = _others(connection) if found else {}
    new = [each for each in found if known.get(each.code) != each]
    for each in new:
        values: dict[str, Any] = asdict(each)
        names = {name: values.pop(name) for name in ("name_kk", "name_ru")}
        if each.code not in others:
            official = {"code": each.code, "body": Body.DEPUTY.value, **names, **_POSITION}
            put_officials(connection, [official])
        rows.put_deputy(connection, {**values, "words": words_of_name(*names.values())})
    return len(new)


def words_of_name(*names: str) -> str:
    """Return the words in which a name is searched, each after a space."""
    found = dict.fromkeys(word for name in names for word in words(name))
    return f" {' '.join(found)}"[:_WORDS]


def _present(connection: Connection, now: datetime) -> Present:
    deputies = {row["code"]: deputy_of(row) for row in stored.read_deputies(connection)}
    published = stored.read_rounds(connection, RoundStatus.PUBLISHED.value)
    return Present(
        {row["code"]: maslikhat_of(row) for row in stored.read_maslikhats(connection)},
        deputies,
        _others(connection),
        frozenset(row["code"] for row in published),
        local_date(now),
    )


def _others(connection: Connection) -> Mapping[str, tuple[str, str]]:
    """Return the names of the officials of other bodies by code."""
    return {
        row["code"]: (row["name_kk"], row["name_ru"])
        for row in organisation.officials(connection)
        if row["body"] != Body.DEPUTY
    }


def _code(connection: Connection, given: Terms | None) -> str:
    """Return the code of a round that was begun in the chat: of its day, a letter behind it."""
    if given is None:
        return ""
    day = f"r{given.as_of:%Y%m%d}"
    for code in (day, *(f"{day}{letter}" for letter in "bcdefghijk")):
        row = stored.find_round(connection, code)
        known = None if row is None else round_of(row)
        if known is None or (known.status is not RoundStatus.PUBLISHED and known.terms == given):
            return code
    raise Refusal(N_("There are too many rounds of this day."))


def example(language: str) -> Mapping[str, Sequence[Line]]:  # noqa: ARG001  # both stand in it
    """Return a small sound table: invented deputies of one maslikhat."""
    mark = "2026-1"
    return {
        ROUND: [
            (
                mark,
                "2026 жылдың бірінші жартыжылдығы",
                "Первое полугодие 2026 года",
                date(2026, 1, 1),
                date(2026, 6, 30),
                date(2026, 7, 5),
                "Балл – салмағы ескерілген көрсеткіштердің қосындысы.",
                "Балл – сумма показателей с учётом веса.",
            )
        ],
        INDICATORS: [
            ("attendance", "Сессияларға қатысуы", "Посещение сессий", "%", "%", 60),
            ("meetings", "Тұрғындармен кездесуі", "Встречи с жителями", "рет", "раз", 40),
        ],
        LINES: [
            ("ulgi-1", "ulgi", Decimal("92.5"), 1, "", 100, 24),
            ("ulgi-2", "ulgi", Decimal(71), 2, "", 85, 16),
        ],
        MASLIKHATS: [
            ("ulgi", "Сайрам аудандық мәслихаты", "Сайрамский районный маслихат", "61", "615200")
        ],
        DEPUTIES: [
            (
                f"ulgi-{number}",
                name,
                name,
                "ulgi",
                f"№ {number} округ",
                f"округ № {number}",
                date(2023, 3, 20),
                None,
            )
            for number, name in ((1, "Сынақ Үлгібаев"), (2, "Айша Мысалова"))
        ],
    }


def example_titles(language: str) -> Mapping[str, Sequence[str]]:  # noqa: ARG001  # codes
    """Return the titles of the columns of the example that a round chooses itself."""
    return {LINES: ("attendance", "meetings")}
