"""What the citizen says of an answer: solved, not solved, how good it was, whether it was kept.

Every button names the answer that it stands under by the version at which it was given (the
decision), so a press under an older answer says nothing about a newer one.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.alarm import raise_alarm
from services.appeals.changing import Change, change, fingerprint, tell_all
from services.appeals.model import OPEN, AppealEvent, AppealStatus, EntryKind, RatedAppeal
from services.appeals.returning import TERM, next_handler, tell_staff
from services.appeals.search import index_text
from services.appeals.wording import comment_problem
from services.calendar.calendar import load_calendar
from services.calendar.working_days import counted_from, due_date
from services.clock import local_date
from services.people.agreement import require_consent
from services.people.consent import ConsentKind
from services.refusal import N_, Refusal
from storage import appeal_closing as rows
from storage.appeal_entries import add_entry, find_entry
from storage.appeal_queue import find_to_change
from storage.appeals import find_appeal

_BEST = 5
_CLOSED = N_(
    "This appeal is closed already. If the matter is not solved, please leave a new one: /appeal"
)


def confirm_appeal(
    connection: Connection, appeal_id: int, decision: int, person_id: int, now: datetime
) -> RatedAppeal:
    """Keep that the matter is solved. Raises Refusal; saying it again changes nothing.

    Key: (appeal, decision).
    """
    appeal = _own(connection, appeal_id, decision, person_id, find_to_change)
    status = AppealStatus(appeal["status"])
    if status is AppealStatus.ANSWERED:
        status = AppealStatus.CONFIRMED
        wanted = Change(AppealEvent.CONFIRMED, {"solved": True, "rated_at": now})
        version = change(connection, appeal, appeal["version"], person_id, wanted, now)
        # The citizen sees it on the screen.
        tell_all(connection, appeal, AppealEvent.CONFIRMED, version, {}, now, followers_only=True)
    elif status is not AppealStatus.CONFIRMED and not appeal["solved"]:
        raise Refusal(_CLOSED)
    return RatedAppeal(appeal_id, status, appeal["rating"], solved=True)


def rate_appeal(
    connection: Connection,
    appeal_id: int,
    decision: int,
    person_id: int,
    rating: int,
    now: datetime,
) -> RatedAppeal:
    """Keep a rating of the answer from 1 to 5; another one replaces it. Raises Refusal.

    Key: (appeal, decision); the last rating stands.
    """
    appeal = _own(connection, appeal_id, decision, person_id, find_to_change)
    if not 1 <= rating <= _BEST:
        raise Refusal(N_("A rating is a number from 1 to 5."))
    if appeal["rating"] != rating:
        values = {"rating": rating, "rated_at": now}
        wanted = Change(AppealEvent.RATED, values, {"rating": rating})
        change(connection, appeal, appeal["version"], person_id, wanted, now)
    return RatedAppeal(appeal_id, AppealStatus(appeal["status"]), rating, appeal["solved"])


def dispute_appeal(
    connection: Connection,
    appeal_id: int,
    decision: int,
    person_id: int,
    message_id: int,
    comment: str,
    now: datetime,
) -> None:
    """Open the appeal again one level higher, because the matter is not solved.

    The comment says what is not solved; message_id is the message that brought it. The next
    level's official and office answer, never who answered before, within five working days.
    Raises ConsentNeeded where the person does not agree to its being kept, Refusal where the
    comment has no words, or the appeal is closed and no promise of it
    is being asked about.

    Key: (appeal, message id).
    """
    key = f"{person_id}:{message_id}"
    find_to_change(connection, appeal_id)  # what comes at once waits here
    if find_entry(connection, appeal_id, key) is not None:
        return
    disputable(connection, appeal_id, decision, person_id)
    require_consent(connection, person_id, ConsentKind.APPEALS)
    appeal = _own(connection, appeal_id, decision, person_id, find_to_change)
    problem = comment_problem(comment)
    if problem is not None:
        raise Refusal(problem)
    _return(connection, appeal, person_id, key, comment.strip().replace("\x00", ""), now)


def disputable(connection: Connection, appeal_id: int, decision: int, person_id: int) -> str:
    """Return the number of an appeal that its citizen can still dispute; raises Refusal."""
    appeal = _own(connection, appeal_id, decision, person_id)
    if appeal["status"] == AppealStatus.CLOSED and not promise_in_question(connection, appeal_id):
        raise Refusal(_CLOSED)
    number: str = appeal["number"]
    return number


def keep_promise(
    connection: Connection, appeal_id: int, decision: int, person_id: int, now: datetime
) -> None:
    """Keep that what the answer promised was done. Raises Refusal; again changes nothing.

    Key: (appeal, decision).
    """
    appeal = _own(connection, appeal_id, decision, person_id, find_to_change)
    if promise_in_question(connection, appeal_id):
        wanted = Change(AppealEvent.RECHECKED, {"solved": True}, {"kept": True})
        version = change(connection, appeal, appeal["version"], person_id, wanted, now)
        told = {"kept": True}
        tell_all(
            connection, appeal, AppealEvent.RECHECKED, version, told, now, followers_only=True
        )
    elif not appeal["solved"]:
        raise Refusal(N_("This question has been settled already. Please open the appeal: /my"))


def promise_in_question(connection: Connection, appeal_id: int) -> bool:
    """Tell whether the citizen was asked about a promise and has not answered yet."""
    kinds = (AppealEvent.RECHECKED.value, AppealEvent.ANSWERED.value, AppealEvent.DISPUTED.value)
    last = rows.last_event(connection, appeal_id, kinds)
    return last is not None and bool(last["details"].get("asked"))


def _own(
    connection: Connection,
    appeal_id: int,
    decision: int,
    person_id: int,
    find: Callable[[Connection, int], RowMapping | None] = find_appeal,
) -> RowMapping:
    """Return the citizen's own appeal as decided at this version; raises Refusal."""
    appeal = find(connection, appeal_id)
    if appeal is None or appeal["person_id"] != person_id:
        raise Refusal(N_("There is no such appeal."))
    if AppealStatus(appeal["status"]) in OPEN:
        if rows.decision(connection, appeal_id) is None:
            raise Refusal(N_("This appeal has not been answered yet."))
        raise Refusal(N_("This appeal is being looked at again. You will get a new answer here."))
    if rows.decision(connection, appeal_id) != decision:
        raise Refusal(N_("There is a newer answer to this appeal. Please open it: /my"))
    return appeal


def _return(
    connection: Connection,
    appeal: RowMapping,
    person_id: int,
    key: str,
    comment: str,
    now: datetime,
) -> None:
    today = local_date(now)
    decided = rows.last_event(connection, appeal["id"], ("answered", "declined"))
    barred = decided["actor"] if decided else None
    routed = next_handler(connection, appeal, rows.decided_by(connection, appeal["id"]), today)
    calendar = load_calendar(connection, today)
    due_on = due_date(counted_from(now, calendar), TERM, calendar)
    values = {
        "level": appeal["level"] + 1,
        "office": routed.office,
        "official": routed.official,
        "assignee": None,
        "barred": barred,
        "due_on": due_on,
        "solved": False,
        "rated_at": now,
        **dict.fromkeys(("closes_on", "recheck_on", "outcome", "ended_at")),
    }
    named = {"office": routed.office, "official": routed.official, "due_on": due_on.isoformat()}
    wanted = Change(
        AppealEvent.DISPUTED, values, {"words": fingerprint(comment), **named}, notice=named
    )
    version = change(connection, appeal, appeal["version"], person_id, wanted, now)
    entry = {"kind": EntryKind.DISPUTE.value, "author": person_id, "text": comment, "at": now}
    add_entry(connection, {"appeal_id": appeal["id"], "key": key, **entry})
    tell_staff(connection, appeal, version, routed, barred, due_on, now, today)
    index_text(connection, appeal["id"], comment)
    raise_alarm(connection, appeal, comment, now)
