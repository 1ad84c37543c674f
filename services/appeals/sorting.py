"""Sorting: what an appeal is about, of which type it is, and where.

The citizen's own choice is a first word; who sorts gives the last one. Section, office and
official follow the topic and the place, the due date follows the type. Whose role does not reach
the new place or section no longer works on it: it waits in the queue.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.appeals.changing import Change, change
from services.appeals.model import AppealEvent, AppealType
from services.appeals.rights import appeal_to_change
from services.appeals.terms import due_on, term_of
from services.calendar.calendar import load_calendar
from services.clock import local_date
from services.councils.routing import taker_of
from services.people.deeds import Deed
from services.people.rights import Where, may
from services.places.atlas import atlas
from services.places.model import Place
from services.refusal import N_, Refusal
from services.roadmap.responsibility import route_case
from storage import organisation


@dataclass(frozen=True, slots=True)
class Sorting:
    """What shall be another one; None leaves it as it is."""

    type: AppealType | None = None
    topic: str | None = None
    place: Place | None = None


def sort_appeal(
    connection: Connection,
    appeal_id: int,
    expected_version: int,
    actor: int,
    sorting: Sorting,
    now: datetime,
) -> int:
    """Sort an appeal as its handler and return its version; the same again changes nothing.

    The citizen and the followers are told where the type or the due date changes. Raises Refusal.

    Key: (appeal, expected version).
    """
    appeal = appeal_to_change(connection, Deed.SORT, appeal_id, expected_version, actor, now)
    chosen = _chosen(sorting)
    if appeal["version"] == expected_version and _is_so(appeal, chosen):
        return expected_version
    values = {**chosen, **_route(connection, {**appeal, **chosen}, chosen, local_date(now))}
    if not _keeps(connection, {**appeal, **values}):
        values["assignee"] = values["leased_until"] = None
    due = _due(connection, appeal, sorting)
    if due != appeal["due_on"]:
        values["due_on"] = due
    notice = None
    if "type" in chosen:
        notice = {"type": chosen["type"], "due_on": due.isoformat()}
    wanted = Change(AppealEvent.SORTED, values, {"to": chosen}, notice)
    return change(connection, appeal, expected_version, actor, wanted, now)


def _chosen(sorting: Sorting) -> dict[str, Any]:
    """Return the columns that are chosen by a person."""
    chosen: dict[str, Any] = {}
    if sorting.type is not None:
        chosen["type"] = sorting.type.value
    if sorting.topic is not None:
        chosen["topic"] = sorting.topic
    if sorting.place is not None:
        district = sorting.place.district
        chosen["region"] = sorting.place.region.kato
        chosen["district"] = district.kato if district else None
    return chosen


def _is_so(appeal: RowMapping, chosen: dict[str, Any]) -> bool:
    return all(appeal[name] == value for name, value in chosen.items())


def _route(
    connection: Connection, sorted_: dict[str, Any], chosen: dict[str, Any], today: date
) -> dict[str, Any]:
    """Return who handles the case from today on, where topic or place are other ones."""
    if not chosen.keys() & {"topic", "region"}:
        return {}
    topics = {row["code"]: row for row in organisation.topics(connection)}
    topic = topics.get(sorted_["topic"])
    if topic is None or (topic["retired"] and "topic" in chosen):
        raise Refusal(N_("This topic is no longer in use. Please choose another one."))
    if atlas().find(sorted_["region"], sorted_["district"]) is None:
        raise Refusal(N_("Please choose the region first."))
    place = (sorted_["region"], sorted_["district"])
    routed = route_case(connection, sorted_["topic"], *place, today)
    taker = taker_of(connection, sorted_["topic"], *place, today)
    return {
        "section": topic["section"],
        "office": routed.office,
        # A public council that has it keeps it only where it takes such cases by itself.
        "council": taker.council if taker else None,
        "official": taker.official if taker else routed.official,
        # The office of the route again.
        "level": 0,
    }


def _keeps(connection: Connection, sorted_: Mapping[str, Any]) -> bool:
    """Tell whether the role of who works on it still reaches the appeal."""
    assignee, place = sorted_["assignee"], (sorted_["region"], sorted_["district"])
    where = Where(sorted_["section"], *place)
    return assignee is None or may(connection, assignee, Deed.ANSWER, where)


def _due(connection: Connection, appeal: RowMapping, sorting: Sorting) -> date:
    """Return the due date by the type.

    What was promised by an extension, or after a dispute, is never cut short.
    """
    before: date = appeal["due_on"]
    if sorting.type is None:
        return before
    calendar = load_calendar(connection, appeal["counted_from"])
    by_type = due_on(appeal["counted_from"], term_of(connection, sorting.type), calendar)
    return max(by_type, before) if appeal["extensions"] or appeal["level"] else by_type
