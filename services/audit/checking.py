"""Going along the newest part of the audit for its reader on a screen."""

from dataclasses import dataclass

from sqlalchemy import Connection

from services.audit.verifying import Verdict, verify
from services.people.deeds import Deed
from services.people.rights import authorise

# What takes a second; all of it is gone along at the command line.
CHECKED = 20_000


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found; partly where older rows were not looked at."""

    verdict: Verdict
    partly: bool


def check_audit(connection: Connection, actor: int) -> Checked:
    """Return whether the newest rows are whole, to an auditor; raises Refusal (a query)."""
    authorise(connection, actor, Deed.READ_AUDIT)
    verdict = verify(connection, newest=CHECKED)
    first = verdict.last.number - verdict.rows if verdict.last else 0
    return Checked(verdict, partly=first > verdict.before)
