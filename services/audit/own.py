"""Writing down what people did about their own data, by a keyed hash in the place of a number.

The audit outlives whoever asked to be forgotten: from it nobody learns who that was, but somebody
who asks whether their data were erased can be answered.
"""

from datetime import datetime

from sqlalchemy import Connection

from services.audit.acts import Act
from services.audit.recording import record
from storage.vault import blind


def record_own(
    connection: Connection,
    person_id: int,
    what: Act,
    now: datetime,
    *,
    key: str,
    **details: int | str | bool | None,
) -> None:
    """Write down an act about the person's own data; details are codes and numbers only.

    Key: (what, keyed hash of the person, key).
    """
    record(connection, who=None, what=what, on=on_person(person_id), now=now, key=key, **details)


def on_person(person_id: int) -> str:
    """Return the case under which acts of this person about their own data stand."""
    return f"person:{blind(str(person_id))}"
