"""Commands of programmes, each in a case that may be run twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from services.language import Language
from services.programmes import (
    composing,
    desk,
    forgetting,
    form_building,
    importing,
    queue,
    reminding,
    signing_up,
)
from services.programmes.model import (
    Field,
    FieldKind,
    Programme,
    Session,
    SignUpStatus,
    programme_of,
)
from services.programmes.table import FORMS
from services.programmes.telling import tell_all
from services.programmes.waking import kept_until
from services.rights.programmes import forget_due
from services.tables.reading import read_table
from services.tables.writing import to_xlsx
from storage.programmes import change_programme, find_draft, find_programme
from tests.operations.seeded import ADMINISTRATOR, CITIZEN, NEIGHBOUR, NOW, Seeded

_DAY = NOW.date() + timedelta(days=10)
_TEXTS = {
    "kind": "project",
    "title_kk": "Ауыл жастары",
    "title_ru": "Сельская молодёжь",
    "text_kk": "Кездесу",
    "text_ru": "Встреча",
    "begins_on": _DAY,
    "ends_on": _DAY + timedelta(days=10),
    "region": "10",
}
_TABLE = read_table(to_xlsx(FORMS, importing.example("kk"), "kk"), "a.xlsx", FORMS)
_WANTED = signing_up.Wanted("Аманов Айдар", {}, 1)
_FIELD = Field("", 0, FieldKind.TEXT, "Ауылыңыз?", "Ваше село?")
_SESSION = Session(0, NOW + timedelta(days=12))
_BEGUN, _OPENED = 2, 3  # versions after which it is so


def begun(connection: Connection) -> Programme:
    """Return a draft with one place; made once."""
    there = find_draft(connection, "begun")
    if there is not None:
        return programme_of(there)
    first = composing.begin_programme(connection, ADMINISTRATOR, "begun", _TEXTS, NOW)
    changes = {"capacity": 1}
    return composing.change_programme(
        connection, ADMINISTRATOR, first.id, first.version, changes, NOW
    )


def opened(connection: Connection) -> Programme:
    """Return it when people sign up; opened once."""
    programme = begun(connection)
    if programme.version > _BEGUN:
        return programme
    return composing.open_programme(connection, ADMINISTRATOR, programme.id, _BEGUN, NOW)


def taken(connection: Connection) -> Programme:
    """Return it when the place is taken and somebody waits."""
    programme = opened(connection)
    for person in (CITIZEN, NEIGHBOUR):
        _come(connection, programme, person)
    row = find_programme(connection, programme.id)
    return programme if row is None else programme_of(row)


def _come(connection: Connection, programme: Programme, person: int) -> None:
    signing_up.sign_up(connection, person, programme.id, _WANTED, 0, Language.KAZAKH, NOW)


def _offered(connection: Connection) -> Programme:
    programme = taken(connection)
    signing_up.leave(connection, CITIZEN, programme.id, 1, NOW)
    return programme


def _field(connection: Connection, now: datetime) -> Programme:
    which = opened(connection).id
    return form_building.put_field(connection, ADMINISTRATOR, which, _OPENED, _FIELD, now)


def _drop_field(connection: Connection, now: datetime) -> None:
    programme = _field(connection, NOW)
    code = f"q{_OPENED}"
    seen = _OPENED + 1
    form_building.drop_field(connection, ADMINISTRATOR, programme.id, seen, code, now)


def _session(connection: Connection, now: datetime) -> Programme:
    which = opened(connection).id
    return form_building.put_session(connection, ADMINISTRATOR, which, _OPENED, _SESSION, now)


def _drop_session(connection: Connection, now: datetime) -> None:
    if now == NOW:  # what was taken away stays so
        _session(connection, NOW)
    which = opened(connection).id
    form_building.drop_session(connection, ADMINISTRATOR, which, _OPENED + 1, 1, now)


def _remind(connection: Connection) -> None:
    programme = taken(connection)
    form_building.put_session(connection, ADMINISTRATOR, programme.id, _OPENED, _SESSION, NOW)
    soon = _SESSION.starts_at - timedelta(hours=2)
    reminding.remind_of_session(connection, programme.id, 1, soon)


def _moved(connection: Connection, now: datetime) -> None:
    programme, other = taken(connection), Session(1, NOW + timedelta(days=13))
    known = Session(1, _SESSION.starts_at)
    form_building.tell_moved(connection, programme, known, other, NOW)
    assert now >= NOW


def _pass_on(connection: Connection) -> None:
    programme = taken(connection)
    if programme.capacity == 1:
        change_programme(connection, programme.id, programme.version, {"capacity": 2})
    queue.pass_on(connection, programme.id, NOW)


def _leave_place(connection: Connection, now: datetime) -> None:
    programme = taken(connection)
    signing_up.leave(connection, NEIGHBOUR, programme.id, 1, now)


def _call_off(connection: Connection, now: datetime) -> None:
    which = taken(connection).id
    reason = ("Ауа райы", "Погода")
    composing.call_off_programme(connection, ADMINISTRATOR, which, _OPENED, reason, now)


def _tell(connection: Connection) -> None:
    programme = taken(connection)
    tell_all(connection, programme, (SignUpStatus.CONFIRMED,), "programme_off", "1", _REASON, NOW)


_REASON = {"reason_kk": "Ауа райы", "reason_ru": "Погода"}

CASES: dict[str, Callable[[Connection, Seeded, datetime], Any]] = {
    "services.programmes.composing.begin_programme": lambda c, _, now: composing.begin_programme(
        c, ADMINISTRATOR, "begun", _TEXTS, now
    ),
    "services.programmes.composing.change_programme": lambda c, _, now: composing.change_programme(
        c, ADMINISTRATOR, opened(c).id, _OPENED, {"capacity": 3}, now
    ),
    "services.programmes.composing.open_programme": lambda c, _, now: composing.open_programme(
        c, ADMINISTRATOR, begun(c).id, _BEGUN, now
    ),
    "services.programmes.composing.close_programme": lambda c, _, now: composing.close_programme(
        c, ADMINISTRATOR, opened(c).id, _OPENED, now
    ),
    "services.programmes.composing.call_off_programme": lambda c, _, now: _call_off(c, now),
    "services.programmes.desk.read_participants": lambda c, _, __: desk.read_participants(
        c, ADMINISTRATOR, taken(c).id, 0, NOW
    ),
    "services.programmes.form_building.put_field": lambda c, _, now: _field(c, now),
    "services.programmes.form_building.drop_field": lambda c, _, now: _drop_field(c, now),
    "services.programmes.form_building.put_session": lambda c, _, now: _session(c, now),
    "services.programmes.form_building.drop_session": lambda c, _, now: _drop_session(c, now),
    "services.programmes.form_building.tell_moved": lambda c, _, now: _moved(c, now),
    "services.programmes.forgetting.leave_all": lambda c, _, now: (
        forgetting.leave_all(c, CITIZEN, now) if taken(c) else None
    ),
    "services.programmes.forgetting.forget": lambda c, _, now: (
        forgetting.forget(c, NEIGHBOUR, now) if now > NOW or taken(c) else None
    ),
    "services.programmes.importing.import_table": lambda c, _, now: importing.import_table(
        c, ADMINISTRATOR, _TABLE, now
    ),
    "services.programmes.importing.put_table": lambda c, _, now: importing.put_table(
        c, _TABLE, now
    ),
    "services.programmes.queue.leave_place": lambda c, _, now: _leave_place(c, now),
    "services.programmes.queue.offer_places": lambda c, _, __: (
        queue.offer_places(c, kept_until(NOW)) if _offered(c) else None
    ),
    "services.programmes.queue.pass_on": lambda c, _, __: _pass_on(c),
    "services.programmes.reminding.remind_of_session": lambda c, _, __: _remind(c),
    "services.programmes.signing_up.sign_up": lambda c, _, __: _come(c, opened(c), CITIZEN),
    "services.programmes.signing_up.take_place": lambda c, _, now: signing_up.take_place(
        c, NEIGHBOUR, _offered(c).id, 2, now
    ),
    "services.programmes.signing_up.leave": lambda c, _, now: signing_up.leave(
        c, CITIZEN, taken(c).id, 1, now
    ),
    "services.programmes.telling.tell_all": lambda c, _, __: _tell(c),
    "services.rights.programmes.forget_due": lambda c, _, now: (
        forget_due(c, NOW + timedelta(days=400), now, 10) if now > NOW or taken(c) else None
    ),
}
