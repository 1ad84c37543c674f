"""Returning a report with a question, and replying to it.

The report stays written; until the question is replied to, it does not count.
"""

from datetime import datetime

from sqlalchemy import Connection

from services.audit.recording import record
from services.clock import local_date
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from services.roadmap.fact import Fact, find_fact
from services.roadmap.indicator import Indicator
from services.roadmap.indicators import responsible, the_indicator
from services.roadmap.reporting import checked_words
from services.roadmap.rights import above, officials_of
from services.roadmap.telling import tell_official, words_of
from storage import roadmap_facts as rows
from storage.outbox import tell
from storage.people import current_roles

RETURNED = "fact_returned"
REPLIED = "fact_replied"


def may_return(connection: Connection, actor: int, fact_id: int, now: datetime) -> bool:
    """Tell whether this person may return this report now."""
    fact = find_fact(connection, fact_id)
    if fact is None or fact.returned_at is not None or not _is_newest(connection, fact):
        return False
    indicator = the_indicator(connection, fact.indicator)
    return _is_above(connection, actor, indicator, fact, now)


def return_fact(
    connection: Connection, actor: int, fact_id: int, question: str, now: datetime
) -> Fact:
    """Return a report with a question to who answers for the indicator; the report after it.

    Raises Refusal for who is not of a higher level, where somebody has asked already, and where
    a newer report has followed.

    Key: report.
    """
    authorise(connection, actor, Deed.RETURN_FACT)
    fact = _the_fact(connection, fact_id)
    indicator = the_indicator(connection, fact.indicator)
    if not _is_above(connection, actor, indicator, fact, now):
        raise Refusal(N_("Only the next level can return this report."))
    question = checked_words(question)
    if fact.returned_by == actor and fact.question == question:
        return fact
    if fact.returned_at is not None:
        raise Refusal(N_("This report has been returned already."))
    if not _is_newest(connection, fact):
        raise Refusal(N_("A newer report has followed this one."))
    if not rows.give_back(connection, fact_id, actor, question, now):
        raise Refusal(N_("This report has been returned already."))
    returned = _the_fact(connection, fact_id)
    official = responsible(connection, indicator, local_date(now)) or fact.official
    payload = words_of(indicator, returned)
    tell_official(connection, official, RETURNED, f"{RETURNED}:{fact_id}", payload, now)
    what, case = Deed.RETURN_FACT, f"indicator:{fact.indicator}"
    record(connection, who=actor, what=what, on=case, now=now, key=f"{fact_id}", fact=fact_id)
    return returned


def may_reply(connection: Connection, actor: int, fact_id: int, now: datetime) -> bool:
    """Tell whether this person may reply to the question about this report now."""
    fact = find_fact(connection, fact_id)
    return fact is not None and fact.asked and _is_own(connection, actor, fact, now)


def reply_to_return(
    connection: Connection, actor: int, fact_id: int, text: str, now: datetime
) -> Fact:
    """Reply to the question about a report, which counts again then; the report after it.

    Raises Refusal for who does not answer for the indicator and where nothing is asked.

    Key: report.
    """
    authorise(connection, actor, Deed.REPLY_TO_RETURN)
    fact = _the_fact(connection, fact_id)
    if not _is_own(connection, actor, fact, now):
        raise Refusal(N_("Others answer for this indicator."))
    text = checked_words(text)
    if fact.replied_by == actor and fact.reply == text:
        return fact
    if fact.returned_by is None or not rows.reply(connection, fact_id, actor, text, now):
        raise Refusal(N_("Nothing is asked about this report any more."))
    replied = _the_fact(connection, fact_id)
    payload = words_of(the_indicator(connection, fact.indicator), replied)
    key = f"{REPLIED}:{fact_id}:{fact.returned_by}"
    if current_roles(connection, fact.returned_by):  # who asked may have left since
        tell(connection, fact.returned_by, REPLIED, key, payload, now)
    what, case = Deed.REPLY_TO_RETURN, f"indicator:{fact.indicator}"
    record(connection, who=actor, what=what, on=case, now=now, key=f"{fact_id}", fact=fact_id)
    return replied


def _the_fact(connection: Connection, fact_id: int) -> Fact:
    fact = find_fact(connection, fact_id)
    if fact is None:
        raise Refusal(N_("There is no such report."))
    return fact


def _is_newest(connection: Connection, fact: Fact) -> bool:
    newest = rows.history(connection, fact.indicator, before=None, limit=1)
    return bool(newest[0]["id"] == fact.id)


def _is_above(
    connection: Connection, actor: int, indicator: Indicator, fact: Fact, now: datetime
) -> bool:
    """Tell whether the actor is of a higher level; nobody returns what they reported."""
    day = local_date(now)
    mine = officials_of(connection, actor, day)
    higher = above(connection, indicator, day)
    return fact.by != actor and fact.official not in mine and bool(set(mine) & set(higher))


def _is_own(connection: Connection, actor: int, fact: Fact, now: datetime) -> bool:
    """Tell whether the actor acts for who answers for the indicator."""
    day = local_date(now)
    indicator = the_indicator(connection, fact.indicator)
    return responsible(connection, indicator, day) in officials_of(connection, actor, day)
