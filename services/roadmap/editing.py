"""Editing the Road Map: indicators, who answers for them and for sections. Administrators only."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from services.audit.recording import record
from services.clock import local_date
from services.people.deeds import Deed
from services.people.rights import Where, authorise
from services.refusal import N_, Refusal
from services.roadmap.assigning import Tenure, follow_indicators, follow_sections
from services.roadmap.indicator import Indicator
from services.roadmap.indicators import find_indicators, indicator_in_use, the_indicator
from services.roadmap.rules import Known, problems_of
from storage import organisation
from storage import roadmap as rows
from storage.polls import find_poll

CHANGED = N_("Somebody has changed this meanwhile. Please look at it again.")


def known_codes(connection: Connection) -> Known:
    """Return what an indicator may name."""
    return Known(
        {row["code"] for row in organisation.sections(connection)},
        {row["code"]: row["section"] for row in organisation.topics(connection)},
    )


def add_indicator(
    connection: Connection, actor: int, indicator: Indicator, now: datetime
) -> Indicator:
    """Add an indicator; raises Refusal where it is not sound or the code is taken.

    Key: code of the indicator.
    """
    authorise(connection, actor, Deed.EDIT_INDICATOR, place_of(indicator))
    check(connection, indicator)
    added = replace(indicator, version=1, retired=False)
    if rows.add_indicator(connection, _values(added)):
        rows.replace_topics(connection, added.code, added.topics)
        _record(connection, actor, Deed.EDIT_INDICATOR, added.code, "v1", now)
    elif not _same(the_indicator(connection, added.code), added):
        raise Refusal(N_("There is an indicator of this code already."))
    return the_indicator(connection, added.code)


def change_indicator(
    connection: Connection,
    actor: int,
    changed: Indicator,
    expected_version: int,
    now: datetime,
) -> Indicator:
    """Bring an indicator to what `changed` says, its version aside; the indicator after it.

    Raises Refusal where it is not sound, and where it has changed since that version.

    Key: (indicator, expected version).
    """
    reached = authorise(connection, actor, Deed.EDIT_INDICATOR, place_of(changed))
    present = the_indicator(connection, changed.code)
    reached.require(place_of(present))
    if _same(present, changed):
        return present
    check(connection, changed)
    values = _values(changed)
    del values["version"]
    if not rows.change_indicator(connection, changed.code, expected_version, values):
        raise Refusal(CHANGED)
    rows.replace_topics(connection, changed.code, changed.topics)
    key = f"v{expected_version + 1}"
    _record(connection, actor, Deed.EDIT_INDICATOR, changed.code, key, now)
    return the_indicator(connection, changed.code)


def retire_indicator(
    connection: Connection, actor: int, code: str, expected_version: int, now: datetime
) -> Indicator:
    """Take an indicator off the board; its history stays. Raises Refusal.

    Key: (indicator, expected version).
    """
    present = the_indicator(connection, code)
    retired = replace(present, retired=True)
    return change_indicator(connection, actor, retired, expected_version, now)


def assign_indicator(
    connection: Connection, actor: int, code: str, official: str, since: date, now: datetime
) -> None:
    """Let an official answer for an indicator from a day on; raises Refusal.

    What was in force stays written. Who answers already does so from their own first day on.

    Key: (indicator, official, first day).
    """
    authorise(connection, actor, Deed.ASSIGN_ROADMAP)
    indicator_in_use(connection, code)
    _check_official(connection, official)
    if follow_indicators(connection, {code: Tenure(official, since)}, local_date(now)):
        key = f"{official}:{since}"
        _record(connection, actor, Deed.ASSIGN_ROADMAP, code, key, now)


def assign_section(
    connection: Connection, actor: int, section: str, official: str, since: date, now: datetime
) -> None:
    """Let an official answer for a section from a day on; raises Refusal.

    Key: (section, official, first day).
    """
    authorise(connection, actor, Deed.ASSIGN_ROADMAP)
    if section not in known_codes(connection).sections:
        raise Refusal(N_("There is no such section."))
    _check_official(connection, official)
    if follow_sections(connection, {section: Tenure(official, since)}, local_date(now)):
        what, case, key = Deed.ASSIGN_ROADMAP, f"section:{section}", f"{official}:{since}"
        record(connection, who=actor, what=what, on=case, now=now, key=key, official=official)


def tie_poll(connection: Connection, actor: int, code: str, poll_id: int, now: datetime) -> None:
    """Let the result of a poll speak of an indicator; raises Refusal.

    Key: (indicator, poll).
    """
    authorise(connection, actor, Deed.TIE_POLL)
    indicator_in_use(connection, code)
    if find_poll(connection, poll_id) is None:
        raise Refusal(N_("There is no such poll."))
    if rows.tie_poll(connection, code, poll_id):
        key = f"{poll_id}:{now.isoformat()}"
        _record(connection, actor, Deed.TIE_POLL, code, key, now)


def untie_poll(connection: Connection, actor: int, code: str, poll_id: int, now: datetime) -> None:
    """Let a poll no longer speak of an indicator; raises Refusal.

    Key: (indicator, poll).
    """
    authorise(connection, actor, Deed.TIE_POLL)
    if rows.untie_poll(connection, code, poll_id):
        key = f"{poll_id}:{now.isoformat()}"
        _record(connection, actor, Deed.TIE_POLL, code, key, now)


def _record(
    connection: Connection, actor: int, deed: Deed, code: str, key: str, now: datetime
) -> None:
    record(connection, who=actor, what=deed, on=f"indicator:{code}", now=now, key=key)


def place_of(indicator: Indicator) -> Where:
    """Return where an indicator lies."""
    return Where(indicator.section, indicator.region, indicator.district)


def check(connection: Connection, indicator: Indicator) -> None:
    """Raise Refusal with the first thing that is wrong with an indicator."""
    for problem in problems_of(indicator, known_codes(connection)):
        raise Refusal(problem.message, **problem.parameters)


def put_indicators(connection: Connection, wanted: Iterable[Indicator]) -> int:
    """Add or change indicators that are sound; how many are not as they were. Raises Refusal.

    Key: code of the indicator.
    """
    wanted = list(wanted)
    present = {each.code: each for each in find_indicators(connection, [w.code for w in wanted])}
    changed = 0
    for each in wanted:
        before = present.get(each.code)
        if before is not None and _same(before, each):
            continue
        values = _values(each)
        if before is None:
            rows.add_indicator(connection, values)
        else:
            del values["version"]
            if not rows.change_indicator(connection, each.code, before.version, values):
                raise Refusal(CHANGED)
        rows.replace_topics(connection, each.code, each.topics)
        changed += 1
    return changed


def _check_official(connection: Connection, official: str) -> None:
    if official not in {row["code"] for row in organisation.officials(connection)}:
        raise Refusal(N_("There is no such official."))


def _values(indicator: Indicator) -> dict[str, Any]:
    values = asdict(indicator)
    del values["topics"]
    return {**values, "level": indicator.level.value}


def _same(one: Indicator, other: Indicator) -> bool:
    """Tell whether two indicators say the same, versions and order of topics aside."""
    return _plain(one) == _plain(other)


def _plain(indicator: Indicator) -> Indicator:
    return replace(indicator, version=1, topics=tuple(sorted(set(indicator.topics))))
