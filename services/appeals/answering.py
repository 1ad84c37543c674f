"""Answering an appeal, and what the citizen says of the answer."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.changing import Change, change, fingerprint
from services.appeals.model import (
    OPEN,
    AnsweredAppeal,
    AppealEvent,
    AppealStatus,
    RatedAppeal,
)
from services.appeals.wording import answer_problem
from services.clock import local_date
from services.people.model import Role
from services.people.staff import require
from services.refusal import N_, Refusal
from services.roadmap.responsibility import sections_of
from storage import appeals as rows
from storage.outbox import tell
from storage.people import current_roles

_BEST = 5


def answer_appeal(
    connection: Connection,
    appeal_id: int,
    expected_version: int,
    actor: int,
    text: str,
    now: datetime,
) -> AnsweredAppeal:
    """Answer an appeal that is as the official saw it, and queue the answer for the citizen.

    By the official who answers for the section on this day, or an administrator. The same answer
    given again by the same person changes nothing. Raises Refusal where the actor may not, the
    words will not do, somebody else has answered, or the appeal has changed since.

    Key: (appeal, expected version).
    """
    appeal = rows.find_appeal(connection, appeal_id)
    _require_right(connection, appeal, actor, now)
    if appeal is None:
        raise Refusal(N_("There is no such appeal."))
    text = text.strip().replace("\x00", "")
    if appeal["answered_by"] == actor and appeal["answer"] == text:
        return _answered(appeal, expected_version + 1)
    if AppealStatus(appeal["status"]) not in OPEN:
        raise Refusal(N_("This appeal has already been answered."))
    problem = answer_problem(text)
    if problem is not None:
        raise Refusal(problem)
    version = change(
        connection,
        appeal,
        expected_version,
        actor,
        Change(
            AppealEvent.ANSWERED,
            {"answer": text, "answered_at": now, "answered_by": actor},
            {"words": fingerprint(text)},
        ),
        now,
    )
    _tell_answer(connection, appeal, version, actor, text, now)
    return _answered(appeal, version)


def rate_appeal(
    connection: Connection,
    appeal_id: int,
    person_id: int,
    now: datetime,
    *,
    rating: int | None = None,
    solved: bool | None = None,
) -> RatedAppeal:
    """Keep a rating (1 to 5) or whether the matter is solved; the other stays as it was.

    For the citizen's own answered appeal only; saying the same again changes nothing, saying
    something else replaces it. Raises Refusal.

    Key: (appeal, person); the last rating stands.
    """
    appeal = rows.find_appeal(connection, appeal_id)
    if appeal is None or appeal["person_id"] != person_id:
        raise Refusal(N_("There is no such appeal."))
    if AppealStatus(appeal["status"]) in OPEN:
        raise Refusal(N_("This appeal has not been answered yet."))
    if rating is not None and not 1 <= rating <= _BEST:
        raise Refusal(N_("A rating is a number from 1 to 5."))
    rating = appeal["rating"] if rating is None else rating
    solved = appeal["solved"] if solved is None else solved
    opinion = {"rating": rating, "solved": solved}
    if opinion != {"rating": appeal["rating"], "solved": appeal["solved"]}:
        version = appeal["version"]
        values = {**opinion, "rated_at": now}
        if not rows.change_appeal(connection, appeal_id, version, values):
            raise Refusal(N_("This appeal has changed meanwhile. Please open it again."))
        rows.add_event(
            connection,
            {
                "appeal_id": appeal_id,
                "version": version + 1,
                "kind": AppealEvent.RATED.value,
                "at": now,
                "actor": person_id,
                "details": opinion,
            },
        )
    return RatedAppeal(appeal_id, rating, solved)


def _require_right(
    connection: Connection, appeal: RowMapping | None, actor: int, now: datetime
) -> None:
    require(connection, actor, Role.OFFICIAL, Role.ADMINISTRATOR)
    roles = {row["role"]: row["official"] for row in current_roles(connection, actor)}
    if Role.ADMINISTRATOR.value in roles or appeal is None:
        return
    official = roles[Role.OFFICIAL.value]
    if appeal["section"] not in sections_of(connection, official, local_date(now)):
        raise Refusal(N_("Somebody else answers for this section."))


def _tell_answer(
    connection: Connection,
    appeal: RowMapping,
    version: int,
    actor: int,
    text: str,
    now: datetime,
) -> None:
    official = next(
        (row["official"] for row in current_roles(connection, actor) if row["official"]), None
    )
    payload = {
        "appeal": appeal["id"],
        "number": appeal["number"],
        "topic": appeal["topic"],
        "official": official,
        "text": text,
    }
    key = f"answer:{appeal['id']}:{version}"
    tell(connection, appeal["person_id"], "answer", key, payload, now)


def _answered(appeal: RowMapping, version: int) -> AnsweredAppeal:
    return AnsweredAppeal(appeal["id"], appeal["number"], version, appeal["person_id"])
