"""Bans: who may not leave appeals for a while, why, and until when; never secretly.

A banned person still reads, answers polls, sees and supplements their own appeals, is told the
reason and the end, and can object once. Every administrator but who banned them reads that, and
one of them ends the ban or lets it stand; only where there is no other one, who banned decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.appeals.reasons import checked_reason
from services.appeals.rights import appeal_to_handle, where_of
from services.audit.recording import record, record_reading
from services.people.deeds import Deed
from services.people.model import Role
from services.people.rights import authorise
from services.refusal import N_, Refusal
from services.text.moments import day_and_time
from storage import appeals
from storage import bans as rows
from storage.outbox import tell
from storage.people import current_roles, hold, people_with_role
from storage.sessions import session_ended

# What takes longer is a matter for a court, not for a bot.
LONGEST = timedelta(days=365)

BANNED, LIFTED, OBJECTION = "banned", "ban_lifted", "ban_objection"
UPHELD = "ban_upheld"


@dataclass(frozen=True, slots=True)
class Ban:
    """A ban as those see it who may end it: by the appeal that it came from, without a name.

    number: the how manieth ban of this person it is.
    """

    appeal: int
    appeal_number: str
    number: int
    until: datetime
    reason: str
    objection: str | None


def ban_author(
    connection: Connection,
    appeal_id: int,
    actor: int,
    until: datetime,
    reason: str,
    now: datetime,
) -> None:
    """Let the author of an appeal leave no new ones until this moment, and tell them why.

    By operators and administrators. A ban in force stays as it is. Raises Refusal without a
    reason, for a visitor, for staff, and for an end that is past or more than a year away.

    Key: (person, ban in force).
    """
    appeal = appeal_to_handle(connection, Deed.BAN, appeal_id, actor, now)
    person_id = appeal["person_id"]
    if person_id is None:
        raise Refusal(N_("This appeal was filed for a visitor: there is nobody to ban."))
    if current_roles(connection, person_id):
        raise Refusal(N_("Staff cannot be banned."))
    words = checked_reason(reason)
    hold(connection, person_id)
    present = rows.ban_in_force(connection, person_id, now)
    if present is not None:
        _require_same_author_known(connection, appeal, present)
        if (present["by"], present["reason"], present["until"]) == (actor, words, until):
            return
        raise Refusal(
            N_("This person is banned already, until: {time}."),
            time=day_and_time(present["until"]),
        )
    if not now < until <= now + LONGEST:
        raise Refusal(N_("A ban ends in the future, and lasts for at most a year."))
    values = {"since": now, "until": until, "reason": words, "by": actor, "appeal_id": appeal_id}
    number = rows.add_ban(connection, person_id, values)
    if number is None:
        raise Refusal(N_("This person has just been banned by somebody else."))
    payload = {"reason": words, "until": until.isoformat(), "ban": number}
    tell(connection, person_id, BANNED, _key(BANNED, person_id, number), payload, now)
    case = f"appeal:{appeal_id}"
    record(connection, who=actor, what=Deed.BAN, on=case, now=now, key=f"{number}", ban=number)


def lift_ban(
    connection: Connection, appeal_id: int, number: int, actor: int, now: datetime
) -> None:
    """End the ban that came from this appeal, by its number, and tell the person.

    By operators and administrators. A repetition changes nothing. Raises Refusal.

    Key: (person, number of the ban).
    """
    reached = authorise(connection, actor, Deed.LIFT_BAN)
    ban = rows.ban_of_appeal(connection, appeal_id)
    if ban is None or ban["number"] != number:
        raise Refusal(N_("There is no such ban."))
    reached.require(where_of(_origin(connection, ban)))
    if ban["until"] > now and rows.lift(connection, ban, actor, now):
        person_id = ban["person_id"]
        tell(connection, person_id, LIFTED, _key(LIFTED, person_id, number), {}, now)
        case, what = f"appeal:{appeal_id}", Deed.LIFT_BAN
        record(connection, who=actor, what=what, on=case, now=now, key=f"{number}", ban=number)


def object_to_ban(
    connection: Connection, person_id: int, number: int, words: str, now: datetime
) -> None:
    """Tell the administrators what a person says against their own ban, once for each ban.

    Who banned them is not told where somebody else can decide.

    Raises Refusal where there is no such ban, or they have objected with other words.

    Key: (person, number of the ban).
    """
    ban = _own_ban(connection, person_id, number, now)
    words = checked_reason(words)
    if ban["objected_at"] is not None and ban["objection"] == words:
        return
    if not rows.object_to(connection, ban, words, now):
        raise Refusal(N_("Your objection is with the administrators already."))
    payload = {
        "appeal": ban["appeal_id"],
        "reason": ban["reason"],
        "until": ban["until"].isoformat(),
        "ban": number,
    }
    for administrator in _judges(connection, ban["by"]):
        key = f"{_key(OBJECTION, person_id, number)}:{administrator}"
        # Whose session has ended types the PIN before they see what somebody says.
        hidden = session_ended(connection, administrator)
        shown = payload if hidden else payload | {"words": words}
        tell(connection, administrator, OBJECTION, key, shown, now)
        if not hidden:
            case, what = f"appeal:{ban['appeal_id']}", Deed.READ_BANS
            record_reading(connection, who=administrator, what=what, on=case, now=now)


def uphold_ban(
    connection: Connection, appeal_id: int, number: int, actor: int, now: datetime
) -> None:
    """Let a ban stand against which the person objected, and tell them so, once.

    By administrators, and not by who banned where there is another one. Raises Refusal, also
    where nobody objected and where the ban is over.

    Key: (person, number of the ban).
    """
    reached = authorise(connection, actor, Deed.DECIDE_OBJECTION)
    ban = rows.ban_of_appeal(connection, appeal_id)
    if ban is None or ban["number"] != number or ban["objected_at"] is None:
        raise Refusal(N_("There is no such ban."))
    reached.require(where_of(_origin(connection, ban)))
    if ban["lifted_at"] is not None or ban["until"] <= now:
        raise Refusal(N_("This ban is over already."))
    if actor not in _judges(connection, ban["by"]):
        raise Refusal(
            N_("The ban is yours: another administrator decides on what is said against it.")
        )
    person_id = ban["person_id"]
    payload = {
        "reason": ban["reason"],
        "until": ban["until"].isoformat(),
        "another": actor != ban["by"],
    }
    tell(connection, person_id, UPHELD, _key(UPHELD, person_id, number), payload, now)
    case, what = f"appeal:{appeal_id}", Deed.DECIDE_OBJECTION
    record(connection, who=actor, what=what, on=case, now=now, key=f"{number}", ban=number)


def own_ban(connection: Connection, person_id: int, now: datetime) -> int:
    """Return the number of the ban in force of this person; raises Refusal where none is."""
    ban = rows.ban_in_force(connection, person_id, now)
    if ban is None:
        raise Refusal(N_("Nothing is forbidden to you: you can leave appeals. /appeal"))
    number: int = ban["number"]
    return number


def require_objectable(connection: Connection, person_id: int, number: int, now: datetime) -> None:
    """Raise Refusal where this person has nothing to object to now."""
    ban = _own_ban(connection, person_id, number, now)
    if ban["objected_at"] is not None:
        raise Refusal(N_("Your objection is with the administrators already."))


def bans_in_force(connection: Connection, actor: int, now: datetime, limit: int) -> list[Ban]:
    """Return the bans in force to those who may end them, the ones that end first first.

    Key: (actor, ten minutes).
    """
    bounds = authorise(connection, actor, Deed.READ_BANS).bounds
    found = [_ban(dict(row)) for row in rows.bans_in_force(connection, now, limit, bounds)]
    record_reading(connection, who=actor, what=Deed.READ_BANS, on="bans", now=now)
    return found


def author_ban(connection: Connection, appeal_id: int, actor: int, now: datetime) -> Ban | None:
    """Return the ban in force of the author of an appeal, whichever appeal it came from.

    Raises Refusal where it came from another one and a seal hides that both have one author.

    Key: (appeal, actor, ten minutes).
    """
    appeal = appeal_to_handle(connection, Deed.READ_BANS, appeal_id, actor, now)
    if appeal["person_id"] is None:
        return None
    present = rows.ban_in_force(connection, appeal["person_id"], now)
    if present is None:
        return None
    origin = _require_same_author_known(connection, appeal, present)
    case = f"appeal:{appeal_id}"
    record_reading(connection, who=actor, what=Deed.READ_BANS, on=case, now=now)
    return _ban({**present, "appeal_number": origin["number"]})


def _require_same_author_known(
    connection: Connection, appeal: RowMapping, ban: RowMapping
) -> RowMapping:
    """Return the appeal from which the ban came.

    Raises Refusal, which tells neither its number nor its end, where that would open a seal.
    """
    origin = _origin(connection, ban)
    if origin["id"] != appeal["id"] and (origin["confidential"] or appeal["confidential"]):
        raise Refusal(N_("This person is banned already."))
    return origin


def _origin(connection: Connection, ban: RowMapping) -> RowMapping:
    """Return the appeal from which a ban came."""
    origin = appeals.find_appeal(connection, ban["appeal_id"])
    if origin is None:
        raise LookupError(ban["appeal_id"])
    return origin


def _judges(connection: Connection, banned_by: int) -> list[int]:
    """Return who decides on an objection: administrators, who banned only if alone."""
    administrators = people_with_role(connection, Role.ADMINISTRATOR.value)
    others = [person for person in administrators if person != banned_by]
    return others or list(administrators)


def _own_ban(connection: Connection, person_id: int, number: int, now: datetime) -> RowMapping:
    ban = rows.ban_in_force(connection, person_id, now)
    if ban is None or ban["number"] != number:
        raise Refusal(N_("This ban is over: you can leave appeals again. /appeal"))
    return ban


def _ban(row: Mapping[str, Any]) -> Ban:
    return Ban(
        appeal=row["appeal_id"],
        appeal_number=row["appeal_number"],
        number=row["number"],
        until=row["until"],
        reason=row["reason"],
        objection=row["objection"],
    )


def _key(kind: str, person_id: int, number: int) -> str:
    return f"{kind}:{person_id}:{number}"
