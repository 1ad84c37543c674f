"""Handing an appeal to a public council, and taking it back: the citizen is told who has it.

The chair of that day answers for it; where the chair has no account, the next seat that has one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.appeals.changing import Change, change
from services.appeals.model import AppealEvent
from services.appeals.recipients import answering
from services.appeals.rights import appeal_to_change, appeal_to_handle, require_not_barred
from services.clock import local_date
from services.councils.composition import find_council, reaching
from services.councils.model import Council
from services.councils.register import load_fields
from services.councils.routing import lead_of
from services.people.deeds import Deed
from services.refusal import N_, Refusal
from services.roadmap.responsibility import route_case
from storage.outbox import tell

NOTICE = "council_case"
_AT_MOST = 30


@dataclass(frozen=True, slots=True)
class Offer:
    """The councils to which an appeal can be handed: those of its field first."""

    number: str
    topic: str
    fitting: tuple[Council, ...]
    others: tuple[Council, ...]
    # The council that has it now.
    now: str | None


def councils_for(connection: Connection, appeal_id: int, actor: int, now: datetime) -> Offer:
    """Return to which councils the actor can hand an appeal; raises Refusal (a query)."""
    appeal = appeal_to_handle(connection, Deed.HAND_TO_COUNCIL, appeal_id, actor, now)
    require_not_barred(appeal, actor)
    found = _reaching(connection, appeal, local_date(now))
    fields = load_fields(connection)
    own = [one for one in found if appeal["topic"] in fields[one.field].topics]
    others = [one for one in found if one not in own]
    number, topic = appeal["number"], appeal["topic"]
    return Offer(number, topic, tuple(own), tuple(others[:_AT_MOST]), appeal["council"])


def who_would_answer(
    connection: Connection, appeal_id: int, actor: int, council: str, now: datetime
) -> tuple[Council, str]:
    """Return a council and the official who would answer for the appeal there (a query).

    Raises Refusal where it cannot be handed to this council.
    """
    appeal = appeal_to_handle(connection, Deed.HAND_TO_COUNCIL, appeal_id, actor, now)
    return _chosen(connection, appeal, council, local_date(now))


def hand_to_council(
    connection: Connection,
    appeal_id: int,
    expected_version: int,
    actor: int,
    council: str,
    now: datetime,
) -> int:
    """Hand an appeal to a council, tell the citizen and who answers there; return the version.

    Raises Refusal where its place lies outside of the council's territory, or nobody of the
    council works in the bot.

    Key: (appeal, expected version).
    """
    appeal = appeal_to_change(
        connection, Deed.HAND_TO_COUNCIL, appeal_id, expected_version, actor, now
    )
    if appeal["version"] == expected_version:
        require_not_barred(appeal, actor)
    day = local_date(now)
    chosen, official = _chosen(connection, appeal, council, day)
    names = {"council": council, "council_kk": chosen.name_kk, "council_ru": chosen.name_ru}
    values = {"council": council, "official": official, "assignee": None, "leased_until": None}
    wanted = Change(
        AppealEvent.TO_COUNCIL, values, {**names, "official": official}, _told(names, appeal)
    )
    version = change(connection, appeal, expected_version, actor, wanted, now)
    _tell_council(connection, appeal, names, official, version, now)
    return version


def take_from_council(
    connection: Connection, appeal_id: int, expected_version: int, actor: int, now: datetime
) -> int:
    """Take an appeal back from its council: the usual route has it again; return the version.

    Raises Refusal where no council has it.

    Key: (appeal, expected version).
    """
    appeal = appeal_to_change(
        connection, Deed.HAND_TO_COUNCIL, appeal_id, expected_version, actor, now
    )
    if appeal["version"] == expected_version and appeal["council"] is None:
        raise Refusal(N_("No public council has this appeal."))
    place = (appeal["region"], appeal["district"])
    routed = route_case(connection, appeal["topic"], *place, local_date(now))
    values = {
        "council": None,
        "official": routed.official,
        "office": routed.office,
        "assignee": None,
        "leased_until": None,
    }
    wanted = Change(AppealEvent.TO_COUNCIL, values, {"council": None}, _told({}, appeal))
    return change(connection, appeal, expected_version, actor, wanted, now)


def _reaching(connection: Connection, appeal: RowMapping, day: date) -> Sequence[Council]:
    return reaching(connection, appeal["region"], appeal["district"], day)


def _chosen(
    connection: Connection, appeal: RowMapping, code: str, day: date
) -> tuple[Council, str]:
    council = find_council(connection, code, day)
    if not council.holds(appeal["region"], appeal["district"]):
        raise Refusal(N_("The place of this appeal lies outside of the council’s territory."))
    official = lead_of(connection, code, day, {appeal["barred"]} - {None})
    if official is None:
        raise Refusal(
            N_("Nobody of this council works in the bot yet. Please invite its chair: /staff")
        )
    return council, official


def _told(names: dict[str, str], appeal: RowMapping) -> dict[str, Any]:
    due: date = appeal["due_on"]
    return {**names, "due_on": due.isoformat()}


def _tell_council(
    connection: Connection,
    appeal: RowMapping,
    names: dict[str, str],
    official: str,
    version: int,
    now: datetime,
) -> None:
    due: date = appeal["due_on"]
    case = {name: appeal[name] for name in ("number", "topic", "region", "district", "urgent")}
    payload = {**names, "case": {**case, "appeal": appeal["id"], "due_on": due.isoformat()}}
    for person in answering(connection, official, local_date(now), {appeal["barred"]}):
        key = f"council:{appeal['id']}:{version}:{person}"
        tell(connection, person, NOTICE, key, payload, now)
