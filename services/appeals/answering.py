"""Answering an appeal: looked at first, then sent."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.answer_gate import FARTHEST, Doubt, doubts, promised_days
from services.appeals.changing import Change, change, fingerprint
from services.appeals.closing import closing_day, recheck_day
from services.appeals.counting import closer_of
from services.appeals.model import OPEN, AnsweredAppeal, AppealEvent, AppealStatus, EntryKind
from services.appeals.rights import (
    appeal_to_change,
    appeal_to_handle,
    require_not_barred,
)
from services.appeals.spoken import looks_like
from services.appeals.wording import answer_problem, comment_problem
from services.clock import local_date
from services.language import Language
from services.people.deeds import Deed
from services.refusal import N_, Refusal
from storage import organisation
from storage.appeal_changes import event_at
from storage.appeal_entries import add_entry
from storage.people import current_roles


@dataclass(frozen=True, slots=True)
class Review:
    """What an answer looks like before it is sent; nothing of it forbids anything.

    language is that of the appeal, looks_like that of the words where they tell; promised holds
    the days of services.appeals.answer_gate.promised_days, as one means them who writes today.
    """

    language: Language
    looks_like: Language | None
    doubts: tuple[Doubt, ...]
    promised: tuple[date, ...]
    today: date

    @property
    def other_language(self) -> bool:
        """Tell whether the words are clearly not in the language of the appeal."""
        return self.looks_like not in {None, self.language}


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What who answers must know of the appeal."""

    id: int
    number: str
    version: int
    open: bool
    language: Language
    topic: str
    answered_by: int | None


def answer_sheet(connection: Connection, appeal_id: int, actor: int, now: datetime) -> AnswerSheet:
    """Return an appeal to whoever may answer it; raises Refusal."""
    appeal = appeal_to_handle(connection, Deed.ANSWER, appeal_id, actor, now)
    require_not_barred(appeal, actor)
    return AnswerSheet(
        appeal["id"],
        appeal["number"],
        appeal["version"],
        AppealStatus(appeal["status"]) in OPEN,
        Language(appeal["language"]),
        appeal["topic"],
        appeal["answered_by"],
    )


def review_answer(
    connection: Connection, appeal_id: int, actor: int, text: str, now: datetime
) -> Review:
    """Return what the words of an answer lack and what they promise; raises Refusal."""
    appeal = appeal_to_handle(connection, Deed.ANSWER, appeal_id, actor, now)
    return _review(connection, appeal, text, local_date(now))


def answer_appeal(
    connection: Connection,
    appeal_id: int,
    expected_version: int,
    actor: int,
    text: str,
    now: datetime,
    *,
    reason: str = "",
    promised: date | None = None,
) -> AnsweredAppeal:
    """Answer an appeal that is as its handler saw it; the citizen and the followers get it.

    An answer about which there are doubts needs a reason why it is sent so, which is kept.
    promised is the day up to which the author says that the answer promises something: it is
    checked later. Silence closes the appeal after seven days. The same answer given again by the
    same person changes nothing. Raises Refusal where the actor may not, the words will not do,
    somebody else has answered, or the appeal has changed since.

    Key: (appeal, expected version).
    """
    appeal = appeal_to_change(connection, Deed.ANSWER, appeal_id, expected_version, actor, now)
    text = text.strip().replace("\x00", "")
    done = event_at(connection, appeal_id, expected_version + 1)
    repeated = (
        done is not None
        and done["actor"] == actor
        and done["details"].get("words") == fingerprint(text)
    )
    if not repeated:
        require_not_barred(appeal, actor)
        if AppealStatus(appeal["status"]) not in OPEN:
            raise Refusal(N_("This appeal has already been answered."))
    problem = answer_problem(text)
    if problem is not None:
        raise Refusal(problem)
    today = local_date(done["at"] if repeated and done else now)
    found = _review(connection, appeal, text, today).doubts
    reason = reason.strip().replace("\x00", "") if found else ""
    if found and comment_problem(reason) is not None:
        raise Refusal(N_("Please look at the answer again, or say in words why it is sent so."))
    if promised is not None and not 0 <= (promised - today).days <= FARTHEST:
        raise Refusal(N_("A promise is for a day from today on, within two years."))
    details = {
        "words": fingerprint(text),
        "doubts": [doubt.value for doubt in found],
        "reason": fingerprint(reason) if reason else None,
        "promised": promised.isoformat() if promised else None,
    }
    closes_on = closing_day(today)
    values = {
        "answer": text,
        "answered_at": now,
        "answered_by": actor,
        **closer_of(appeal, local_date(now)),
        "closes_on": closes_on,
        "recheck_on": recheck_day(today, promised) if promised else None,
        **dict.fromkeys(("rating", "solved", "rated_at")),
    }
    notice = {
        "official": _official(connection, actor),
        "office": appeal["office"],
        "text": text,
        "closes_on": closes_on.isoformat(),
    }
    wanted = Change(AppealEvent.ANSWERED, values, details, notice)
    version = change(connection, appeal, expected_version, actor, wanted, now)
    said = ((EntryKind.ANSWER, f"v{version}", text), (EntryKind.REASON, f"v{version}:why", reason))
    for kind, key, words in said:
        if words:
            entry = {"kind": kind.value, "author": actor, "text": words, "at": now}
            add_entry(connection, {"appeal_id": appeal_id, "key": key, **entry})
    return AnsweredAppeal(appeal_id, appeal["number"], version, appeal["person_id"])


def _review(connection: Connection, appeal: RowMapping, text: str, today: date) -> Review:
    language = Language(appeal["language"])
    templates = [
        row[column]
        for row in organisation.templates(connection)
        for column in ("text_kk", "text_ru")
    ]
    return Review(
        language,
        looks_like(text),
        doubts(text, language, today, templates),
        promised_days(text, language, today),
        today,
    )


def _official(connection: Connection, actor: int) -> str | None:
    """Return whose account the actor holds: the name under the answer."""
    held = (row["official"] for row in current_roles(connection, actor))
    return next((official for official in held if official), None)
