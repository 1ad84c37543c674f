"""Joining an appeal to another one about the same matter: always a person's decision.

The citizen and whoever had joined become followers of the other appeal and get its news.
"""

from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.changing import Change, change
from services.appeals.model import OPEN, AppealEvent, AppealStatus
from services.appeals.number import parse_number
from services.appeals.rights import appeal_to_change, appeal_to_handle, require_not_barred
from services.appeals.similar.finding import SimilarAppeal, similar_open
from services.audit.recording import record_reading
from services.people.deeds import Deed
from services.refusal import N_, Refusal
from storage import appeal_changes, appeal_merges, appeals

_OFFERED = 3
_OPEN = frozenset(status.value for status in OPEN)


def mergeable(
    connection: Connection, appeal_id: int, actor: int, now: datetime
) -> list[SimilarAppeal]:
    """Return up to three open appeals of the same topic and place that are most like this one.

    Each is read by that. Raises Refusal.

    Key: (appeal that is shown, actor, ten minutes).
    """
    appeal = appeal_to_handle(connection, Deed.MERGE, appeal_id, actor, now)
    found = similar_open(
        connection,
        topic=appeal["topic"],
        region=appeal["region"],
        district=appeal["district"],
        text=appeal["text"],
        exclude_person=appeal["person_id"] or 0,
        now=now,
        limit=_OFFERED + 1,
    )
    offered = [similar for similar in found if similar.id != appeal_id][:_OFFERED]
    for similar in offered:
        case = f"appeal:{similar.id}"
        record_reading(connection, who=actor, what=Deed.READ_APPEAL, on=case, now=now)
    return offered


def merge_target(
    connection: Connection, appeal_id: int, actor: int, number: str, now: datetime
) -> RowMapping:
    """Return the row of the appeal with this number, where this one can be joined to it.

    Raises Refusal where it cannot.
    """
    appeal_to_handle(connection, Deed.MERGE, appeal_id, actor, now)
    parsed = parse_number(number)
    target_id = None if parsed is None else appeal_merges.find_id(connection, parsed)
    if target_id is None:
        raise Refusal(N_("There is no appeal with this number. Please check it."))
    return _target(connection, appeal_id, target_id, actor, now)


def merge_appeal(
    connection: Connection,
    appeal_id: int,
    expected_version: int,
    actor: int,
    target_id: int,
    now: datetime,
) -> int:
    """Join an appeal to another open one as a handler of both, and return its version.

    Its citizen and followers follow the other one, which counts the joins of those who did not
    do so before; the other one's own citizen is no join. They are told. Raises Refusal.

    Key: (appeal, expected version).
    """
    appeal = appeal_to_change(connection, Deed.MERGE, appeal_id, expected_version, actor, now)
    first = appeal["version"] == expected_version
    if first:
        require_not_barred(appeal, actor)
    if first:
        target = _target(connection, appeal_id, target_id, actor, now)
    else:
        target = _known(connection, target_id)
    version = change(
        connection,
        appeal,
        expected_version,
        actor,
        Change(
            AppealEvent.JOINED,
            {"joined_to": target_id, "ended_at": now},
            {"to": target_id},
            {
                "target": target_id,
                "target_number": target["number"],
                # Who wrote twice goes on with their own other appeal.
                "same_author": appeal["person_id"] == target["person_id"],
                "due_on": target["due_on"].isoformat(),
            },
        ),
        now,
    )
    if first:
        _move(connection, appeal, target, now)
    return version


def _move(connection: Connection, appeal: RowMapping, target: RowMapping, now: datetime) -> None:
    followers = appeal_changes.followers(connection, appeal["id"])
    people = {appeal["person_id"], *followers}
    appeal_merges.leave_all(connection, appeal["id"])
    # Visitors of a reception desk follow nothing, but are some more whom the matter concerns:
    # of this appeal, and of those that were joined to it.
    visitors = (appeal["person_id"] is None) + max(0, appeal["joins"] - len(followers))
    following = sorted(people - {None, target["person_id"]})
    more = appeal_merges.follow(connection, target["id"], following, now) + visitors
    if not appeal_merges.add_joins(connection, target["id"], more, _OPEN):
        raise Refusal(N_("The other appeal is not open any more, so nothing can be joined to it."))


def _target(
    connection: Connection, appeal_id: int, target_id: int, actor: int, now: datetime
) -> RowMapping:
    if target_id == appeal_id:
        raise Refusal(N_("This is the same appeal. Please choose another one."))
    target = appeal_to_handle(connection, Deed.MERGE, target_id, actor, now)
    if AppealStatus(target["status"]) not in OPEN:
        raise Refusal(N_("The other appeal is not open any more, so nothing can be joined to it."))
    return target


def _known(connection: Connection, target_id: int) -> RowMapping:
    target = appeals.find_appeal(connection, target_id)
    if target is None:
        raise Refusal(N_("There is no such appeal."))
    return target


__all__ = ["SimilarAppeal", "merge_appeal", "merge_target", "mergeable"]
