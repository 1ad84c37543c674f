"""Commands that change the keys of DATA_KEY, each in a case that may be run twice."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.model import EntryKind
from services.appeals.search import index_anew
from storage import data_keys
from storage.appeal_entries import add_entry
from storage.schema.appeals import appeals
from storage.sealed import seal_anew
from tests.operations.seeded import CITIZEN, NOW, Seeded


def _seal_anew(connection: Connection, seeded: Seeded, _now: datetime) -> None:
    phone = {"contact_phone": "+77011234567", "contact_phone_blind": None}
    one = appeals.c.id == seeded.open_appeal
    connection.execute(sa.update(appeals).where(one).values(phone))
    seal_anew(connection, "appeals", [(seeded.open_appeal,)])


def _index_anew(connection: Connection, seeded: Seeded, _now: datetime) -> None:
    said = {
        "kind": EntryKind.ADDITION.value,
        "author": CITIZEN,
        "text": "Құбыр жарылды",
        "at": NOW,
    }
    add_entry(connection, {"appeal_id": seeded.open_appeal, "key": "2:77", **said})
    index_anew(connection, seeded.open_appeal)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.appeals.search.index_anew": _index_anew,
    "storage.data_keys.note_all_sealed": lambda c, _, now: data_keys.note_all_sealed(c, now),
    "storage.data_keys.note_key": lambda c, _, now: data_keys.note_key(c, now),
    "storage.sealed.seal_anew": _seal_anew,
}
