"""Mistakes in a published round: corrected openly, by two people, what was before beside it.

Places follow from scores, so a corrected score may move others of the maslikhat: that is written
down for them, too, with the same reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from services.audit.recording import record
from services.delivery.approval import others_who_may
from services.people.deeds import Deed
from services.people.rights import authorise
from services.ratings.keeping import correction_of, line_of, the_deputy, the_round
from services.ratings.model import Correction, CorrectionStatus, Line, RoundStatus
from services.ratings.places import places_of
from services.refusal import N_, Refusal
from storage import ratings as rows
from storage import ratings_reading as stored
from storage.outbox import tell
from storage.people import find_person

WAITS = "rating_correction_waits"
DECIDED = "rating_correction_decided"
SCORE = "score"
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to stand in a line from now on: the score, or an indicator by its code; and why.

    key: the person, and the message that gave the reason.
    """

    round: str
    deputy: str
    what: str
    value: Decimal
    reason_kk: str
    reason_ru: str
    key: str


def ask_correction(
    connection: Connection, actor: int, wanted: Wanted, now: datetime
) -> Correction:
    """Ask another person to let a correction through; nothing is changed before.

    Raises Refusal where nothing would change, a reason is missing in one language, or another
    correction of the same line waits.

    Key: key of the wanted correction.
    """
    authorise(connection, actor, Deed.CORRECT_RATING)
    reasons = (wanted.reason_kk.strip(), wanted.reason_ru.strip())
    if not all(0 < len(each) <= LONGEST_REASON for each in reasons):
        message = N_("Please write the reason in at most {limit} characters.")
        raise Refusal(message, limit=LONGEST_REASON)
    line = _line(connection, wanted.round, wanted.deputy)
    own = [
        row
        for row in stored.corrections_of(
            connection, deputy=wanted.deputy, code=wanted.round, status="asked"
        )
        if row["key"] != wanted.key
    ]
    if own:
        raise Refusal(N_("Another correction of this deputy’s line waits to be approved."))
    before = _said(line)
    after = _said(_changed(line, wanted.what, wanted.value))
    if before == after:
        raise Refusal(N_("This is what stands there already."))
    row = rows.add_correction(
        connection,
        {
            "key": wanted.key,
            "round": wanted.round,
            "deputy": wanted.deputy,
            "reason_kk": reasons[0],
            "reason_ru": reasons[1],
            "before": before,
            "after": after,
            "status": CorrectionStatus.ASKED.value,
            "at": now,
            "by": actor,
        },
    )
    asked = correction_of(row)
    case = f"rating:{wanted.round}"
    what = Deed.CORRECT_RATING
    record(connection, who=actor, what=what, on=case, now=now, key=f"asked:{asked.id}")
    for person in others_who_may(connection, actor, Deed.DECIDE_RATING):
        payload = _payload(connection, asked, actor)
        tell(connection, person, WAITS, f"{WAITS}:{asked.id}:{person}", payload, now)
    return asked


def make_correction(
    connection: Connection, actor: int, correction: int, now: datetime
) -> Correction:
    """Let a correction through: the round is corrected, and the correction stands beside it.

    Raises Refusal for whoever asked for it, and where it was decided otherwise.

    Key: correction, by its status.
    """
    present, done = _to_decide(connection, actor, correction, CorrectionStatus.MADE)
    if done:
        return present
    line = _line(connection, present.round, present.deputy)
    change = _change(present)
    changed = _changed(line, *change)
    before = _said(line)
    for code, value in changed.values.items():
        if value != line.values[code]:
            rows.change_value(connection, present.round, present.deputy, code, value)
    place = line.place
    if changed.score != line.score:
        place = _move(connection, present, changed, actor, now)
    after = _said(replace(changed, place=place))
    status = {"status": CorrectionStatus.MADE.value, "before": before, "after": after}
    rows.decide_correction(connection, correction, status, actor, now)
    _close(connection, present, actor, now, made=True)
    return the_correction(connection, correction)


def decline_correction(
    connection: Connection, actor: int, correction: int, now: datetime
) -> Correction:
    """Leave the round as it is; raises Refusal as `make_correction` does.

    Key: correction, by its status.
    """
    present, done = _to_decide(connection, actor, correction, CorrectionStatus.DECLINED)
    if not done:
        status = {"status": CorrectionStatus.DECLINED.value}
        rows.decide_correction(connection, correction, status, actor, now)
        _close(connection, present, actor, now, made=False)
    return the_correction(connection, correction)


def the_correction(connection: Connection, correction: int) -> Correction:
    """Return a correction; raises Refusal where there is none."""
    row = stored.find_correction(connection, correction)
    if row is None:
        raise Refusal(N_("There is no such correction."))
    return correction_of(row)


def _to_decide(
    connection: Connection, actor: int, correction: int, wanted: CorrectionStatus
) -> tuple[Correction, bool]:
    """Return a correction, and whether this person has decided just so already."""
    authorise(connection, actor, Deed.DECIDE_RATING)
    # Places follow from all scores of a maslikhat, so that corrections of a round take turns.
    stored.hold_round(connection, the_correction(connection, correction).round)
    present = the_correction(connection, correction)
    if present.status is not CorrectionStatus.ASKED:
        if present.status is wanted and present.decided_by == actor:
            return present, True
        raise Refusal(N_("It was decided already."))
    if present.by == actor:
        raise Refusal(N_("You asked for this correction yourself: another person decides on it."))
    return present, False


def _move(
    connection: Connection, present: Correction, changed: Line, actor: int, now: datetime
) -> int:
    """Write the score, and everybody’s place that follows; the place of the corrected line."""
    lines = {
        row["deputy"]: line_of(row, {})
        for row in stored.lines_of(connection, present.round, changed.maslikhat)
    }
    lines[changed.deputy] = changed
    places = places_of({deputy: line.score for deputy, line in lines.items()})
    for deputy, line in lines.items():
        if places[deputy] == line.place and deputy != changed.deputy:
            continue
        rows.change_line(connection, present.round, deputy, line.score, places[deputy])
        if deputy != changed.deputy:
            _note_moved(connection, present, line, places[deputy], actor, now)
    return places[changed.deputy]


def _note_moved(
    connection: Connection, present: Correction, line: Line, place: int, by: int, now: datetime
) -> None:
    rows.add_correction(
        connection,
        {
            "key": f"{present.id}>{line.deputy}",
            "round": present.round,
            "deputy": line.deputy,
            "reason_kk": present.reason_kk,
            "reason_ru": present.reason_ru,
            "before": {"place": str(line.place)},
            "after": {"place": str(place)},
            "status": CorrectionStatus.MADE.value,
            "at": present.at,
            "by": present.by,
            "decided_by": by,
            "decided_at": now,
        },
    )


def _close(
    connection: Connection, present: Correction, actor: int, now: datetime, *, made: bool
) -> None:
    what, case = Deed.DECIDE_RATING, f"rating:{present.round}"
    key = f"correction:{present.id}"
    record(connection, who=actor, what=what, on=case, now=now, key=key, made=made)
    if present.by is not None:
        payload = {**_payload(connection, present, actor), "made": made}
        tell(connection, present.by, DECIDED, f"{DECIDED}:{present.id}", payload, now)


def _payload(connection: Connection, correction: Correction, who: int) -> dict[str, Any]:
    deputy = the_deputy(connection, correction.deputy)
    person = find_person(connection, who)
    return {
        "correction": correction.id,
        "name_kk": deputy.name_kk,
        "name_ru": deputy.name_ru,
        "who": person["name"] if person else "",
    }


def _line(connection: Connection, code: str, deputy: str) -> Line:
    if the_round(connection, code).status is not RoundStatus.PUBLISHED:
        raise Refusal(N_("Only a published round is corrected; another one is brought anew."))
    row = stored.find_line(connection, code, deputy)
    if row is None:
        raise Refusal(N_("This deputy is not in this round."))
    values = stored.values_of(connection, code, deputy)
    return line_of(row, {each["indicator"]: each["value"] for each in values})


def _changed(line: Line, what: str, value: Decimal) -> Line:
    if what == SCORE:
        if value < 0:
            raise Refusal(N_("A score is a number from 0 to 1 000 000."))
        return replace(line, score=value)
    if what not in line.values:
        raise Refusal(N_("This round has no such indicator."))
    return replace(line, values={**line.values, what: value})


def _change(correction: Correction) -> tuple[str, Decimal]:
    """Return what a correction changes, and to which value."""
    before, after = _numbers(correction.before), _numbers(correction.after)
    return next((what, Decimal(said)) for what, said in after.items() if before[what] != said)


def _numbers(said: Mapping[str, Any]) -> dict[str, str]:
    return {SCORE: said[SCORE], **said["values"]}


def _said(line: Line) -> dict[str, Any]:
    """Return a line as texts."""
    values = {code: f"{value:f}" for code, value in line.values.items()}
    return {"score": f"{line.score:f}", "place": str(line.place), "values": values}
