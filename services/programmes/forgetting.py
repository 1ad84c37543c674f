"""What becomes of sign-ups when somebody takes their consent back, or is forgotten, or in time."""

from datetime import datetime

from sqlalchemy import Connection

from services.clock import local_date
from services.programmes.model import SignUpStatus, signup_of
from services.programmes.queue import leave_place, locked
from storage import attendance, certificates
from storage import signups as people


def leave_all(connection: Connection, person_id: int, now: datetime) -> None:
    """Let somebody leave every programme and queue; what they told of themselves is erased.

    Their places go on to those who wait.

    Key: person.
    """
    # In one order, so that two who leave at once do not wait for each other.
    for row in reversed(people.own_signups(connection, person_id)):
        programme = locked(connection, row["programme_id"])
        own = people.find_own(connection, row["programme_id"], person_id)
        if own is None:
            continue
        signup = signup_of(own)
        if signup.active and not programme.over(local_date(now)):
            leave_place(connection, programme, signup, SignUpStatus.LEFT, now)
        people.erase_words(connection, signup.id, now)


def forget(connection: Connection, person_id: int, now: datetime) -> None:
    """Erase everything personal in the sign-ups of somebody; places go on to those who wait.

    The numbers of their certificates stay, without a name, so that a paper can still be checked.

    Key: person.
    """
    leave_all(connection, person_id, now)
    own = [row["id"] for row in people.own_signups(connection, person_id)]
    attendance.forget_marks(connection, own)
    certificates.forget_names(connection, own)
    people.erase_person(connection, person_id, now)
