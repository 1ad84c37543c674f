"""Reporting a fact: the one who answers for an indicator says what has been reached."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from services.audit.recording import record
from services.clock import local_date
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from services.roadmap.fact import KINDS, Evidence, Fact, facts_of
from services.roadmap.indicator import Indicator
from services.roadmap.indicators import (
    all_indicators,
    indicator_in_use,
    responsible,
    responsible_for,
)
from services.roadmap.rights import above, officials_of
from services.roadmap.telling import tell_official, words_of
from services.tables.cells import an_amount
from services.text.length import utf16_length
from storage import roadmap_facts as rows

REPORTED = "fact_reported"
LONGEST_COMMENT = 1000
MOST_EVIDENCE = 10
# Amounts below this, on either side of nought; at most three decimals.


def reportable(connection: Connection, actor: int, day: date) -> tuple[Indicator, ...]:
    """Return the indicators of which a person may report on this day, in their order.

    Those of the own official and of officials for whom they stand in. Raises Refusal for others
    than officials.
    """
    authorise(connection, actor, Deed.REPORT_FACT)
    mine = set(officials_of(connection, actor, day))
    found = all_indicators(connection)
    holders = responsible_for(connection, found, day)
    return tuple(each for each in found if holders.get(each.code) in mine)


def may_report(connection: Connection, actor: int, code: str, day: date) -> bool:
    """Tell whether a person may report of this indicator on this day."""
    official = responsible(connection, indicator_in_use(connection, code), day)
    return official is not None and official in officials_of(connection, actor, day)


def report_fact(
    connection: Connection,
    actor: int,
    code: str,
    value: Decimal,
    comment: str | None,
    evidence: Sequence[Evidence],
    message_id: int,
    now: datetime,
) -> Fact:
    """Keep what is reached today and tell the next level that reads; return the report.

    message_id: of the message that gave the value. Raises Refusal for who does not answer for the
    indicator and for a comment or files that are too many.

    Key: (person, message id).
    """
    authorise(connection, actor, Deed.REPORT_FACT)
    key = f"{actor}:{message_id}"
    present = rows.find_by_key(connection, key)
    if present is not None:
        return facts_of(connection, [present])[0]
    day = local_date(now)
    indicator = indicator_in_use(connection, code)
    official = responsible(connection, indicator, day)
    if official is None or official not in officials_of(connection, actor, day):
        raise Refusal(N_("Others answer for this indicator."))
    values = {
        "key": key,
        "indicator": code,
        "value": _checked(value),
        "comment": checked_words(comment) if comment is not None else None,
        "at": now,
        "by": actor,
        "official": official,
    }
    shown = [_row(each) for each in _few(evidence)]
    fact = facts_of(connection, [rows.add(connection, values, shown)])[0]
    key, payload = f"{REPORTED}:{fact.id}", words_of(indicator, fact)
    for reader in above(connection, indicator, day):
        if tell_official(connection, reader, REPORTED, key, payload, now):
            break
    what, case = Deed.REPORT_FACT, f"indicator:{code}"
    record(connection, who=actor, what=what, on=case, now=now, key=f"{fact.id}", fact=fact.id)
    return fact


def checked_words(text: str) -> str:
    """Return words as they are kept; raises Refusal where there are none or too many."""
    text = text.replace("\x00", "").strip()
    if not text:
        raise Refusal(N_("I see no words here. Please write in words: a few are enough."))
    if utf16_length(text) > LONGEST_COMMENT:
        raise Refusal(N_("This is too long: at most 1,000 characters. Please shorten it."))
    return text


def _checked(value: Decimal) -> Decimal:
    """Return the value if it can be kept; raises Refusal."""
    return an_amount(f"{value:f}")


def _few(evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    if len(evidence) > MOST_EVIDENCE or any(each.kind not in KINDS for each in evidence):
        raise Refusal(N_("Please send a photo or a document, at most ten."))
    return evidence


def _row(evidence: Evidence) -> dict[str, object]:
    return {
        "message_id": evidence.message_id,
        "kind": evidence.kind.value,
        "file_id": evidence.file_id,
        "file_unique_id": evidence.file_unique_id,
        "file_name": evidence.file_name and evidence.file_name[:255],
    }
