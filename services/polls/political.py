"""What a poll is about, and what the law wants of polls about elections.

Constitutional Law on Elections, article 28, item 9: opinion polls are held by legal entities with
at least five years of such work that have notified the Central Election Commission; who publishes
results names who asked, who ordered and paid, how, how many and with what error; and none are
published in the five days before a voting day and on it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from services.audit.recording import record
from services.campaigns.model import SILENCE
from services.clock import ALMATY, local_date
from services.people.deeds import Deed
from services.people.rights import authorise, entitled
from services.polls.composing import clean
from services.refusal import N_, Refusal
from storage import voting_days as rows
from storage.campaigns import voting_since
from storage.polls import find_poll

_TELLING = timedelta(days=1)  # what a mailing to a million people takes, its night included
YEARS = 5  # of such work
LONGEST_FIELD = 300
_LARGEST = 10_000_000
_TITLE = 200
_LINES = ("day", "kk", "ru")
_ERROR = re.compile(r"±?\s?\d{1,2}([.,]\d{1,2})?\s?%?")


class TopicClass(StrEnum):
    """What a poll is about; every poll has one."""

    SOCIAL = "social"
    ROADMAP = "roadmap"
    LOCAL = "local"
    PARTY_LIFE = "party_life"
    ELECTION = "election"
    CANDIDATE = "candidate"
    PARTY_RATING = "party_rating"
    REFERENDUM = "referendum"


POLITICAL = frozenset(
    {
        TopicClass.ELECTION,
        TopicClass.CANDIDATE,
        TopicClass.PARTY_RATING,
        TopicClass.REFERENDUM,
    }
)


class LegalField(StrEnum):
    """What is told with every result of a political poll, in the order of asking."""

    ENTITY = "entity"
    YEARS = "years"
    NOTICE = "notice"
    CUSTOMER = "customer"
    PAYER = "payer"
    METHOD = "method"
    PEOPLE = "n"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class VotingDay:
    """A day of voting with what is voted on; of a campaign it is kept there."""

    day: date
    title_kk: str
    title_ru: str
    of_campaign: bool = False


def is_political(topic_class: str) -> bool:
    """Tell whether the law on elections speaks of such a poll."""
    return topic_class in POLITICAL


def missing_fields(legal: Mapping[str, str] | None) -> list[LegalField]:
    """Return what is not said yet, in the order of asking."""
    return [field for field in LegalField if not (legal or {}).get(field.value)]


def check_field(field: LegalField, text: str) -> str:
    """Return what is kept of an administrator's words; raises Refusal."""
    words = clean(text)
    if not words or len(words) > LONGEST_FIELD:
        raise Refusal(N_("Please send from 1 to {limit} characters."), limit=LONGEST_FIELD)
    match field:
        case LegalField.YEARS:
            if not words.isdecimal() or not YEARS <= int(words) <= LONGEST_FIELD:
                raise Refusal(
                    N_(
                        "The law lets only a legal entity with at least {years} years of such "
                        "work hold this poll. Please send the number of years."
                    ),
                    years=YEARS,
                )
        case LegalField.NOTICE:
            if not any(letter.isdecimal() for letter in words):
                raise Refusal(N_("Please send the number of the notice and its date."))
        case LegalField.PEOPLE:
            if not words.isdecimal() or not 0 < int(words) <= _LARGEST:
                raise Refusal(N_("Please send a whole number above zero."))
        case LegalField.ERROR:
            if not _ERROR.fullmatch(words):
                raise Refusal(N_("Please send the error in percent, for example: 2.5"))
        case _:
            pass
    return words


def check_class(
    connection: Connection, topic_class: str, legal: Mapping[str, str] | None, by: int
) -> None:
    """Raise Refusal unless this person may launch a poll of this class with these facts.

    A political one is launched by an administrator, who entered everything the law asks for.
    """
    if topic_class not in set(TopicClass):
        raise Refusal(N_("Please choose what the poll is about."))
    if not is_political(topic_class):
        return
    entitled(connection, by, Deed.LAUNCH_POLITICAL)
    if missing_fields(legal):
        raise Refusal(
            N_("Polls about elections need everything the law asks for. Something is missing.")
        )
    for field in LegalField:
        check_field(field, (legal or {})[field.value])


def silent_day(days: Sequence[date], today: date) -> date | None:
    """Return the last voting day because of which nothing is published today, None otherwise."""
    silent = [day for day in days if day - SILENCE <= today <= day]
    return max(silent, default=None)


def withheld(connection: Connection, topic_class: str, now: datetime) -> date | None:
    """Return the voting day until which results of this class wait, None where they do not."""
    if not is_political(topic_class):
        return None
    today = local_date(now)
    return silent_day([row["day"] for row in rows.since(connection, today)], today)


def waits_for_voting(connection: Connection, poll_id: int, now: datetime) -> date | None:
    """Return the voting day until which this poll is not counted, None where it may be.

    What is not counted nobody can publish; answers stay sealed meanwhile. Telling everybody
    takes up to a day, so what ends on the day before the silence waits too.
    """
    row = find_poll(connection, poll_id)
    if row is None or row["base"] is not None:
        return None
    topic = row["topic_class"]
    return withheld(connection, topic, now) or withheld(connection, topic, now + _TELLING)


def check_shown(connection: Connection, topic_class: str, now: datetime) -> None:
    """Raise Refusal where a result of this class is not shown today (a query)."""
    day = withheld(connection, topic_class, now)
    if day is not None:
        raise Refusal(
            N_("By law the result of this poll is not shown until voting is over: {day}"),
            day=f"{day:%d.%m.%Y}",
        )


def voting_days(connection: Connection, today: date) -> list[VotingDay]:
    """Return the voting days from today on, those of campaigns too (a query)."""
    kept = [
        VotingDay(row["day"], row["title_kk"], row["title_ru"])
        for row in rows.kept_since(connection, today)
    ]
    campaigns = [
        VotingDay(row["day"], row["title_kk"], row["title_ru"], of_campaign=True)
        for row in voting_since(connection, today)
    ]
    return sorted([*kept, *campaigns], key=lambda one: one.day)


def read_voting_day(text: str) -> VotingDay:
    """Return the day of three lines: date, title in Kazakh, title in Russian; raises Refusal."""
    lines = [clean(line) for line in text.splitlines() if clean(line)]
    if len(lines) != len(_LINES):
        raise Refusal(N_("Three lines are needed: the date, Kazakh, Russian."))
    try:
        day = datetime.strptime(lines[0], "%d.%m.%Y").replace(tzinfo=ALMATY).date()
    except ValueError:
        raise Refusal(N_("There is no such date. Please write it like this: 06.12.2026")) from None
    return VotingDay(day, lines[1], lines[2])


def add_voting_day(connection: Connection, one: VotingDay, by: int, now: datetime) -> None:
    """Keep a voting day; said again, its new names stand. Raises Refusal.

    Only an administrator may; not for a day that has passed. Key: day.
    """
    authorise(connection, by, Deed.SET_VOTING_DAYS)
    if one.day < local_date(now):
        raise Refusal(N_("This day has already passed."))
    titles = clean(one.title_kk), clean(one.title_ru)
    if not all(titles) or any(len(title) > _TITLE for title in titles):
        raise Refusal(N_("Please send from 1 to {limit} characters."), limit=_TITLE)
    if rows.put(connection, one.day, *titles):
        _record(connection, by, one.day, now)


def drop_voting_day(connection: Connection, day: date, by: int, now: datetime) -> None:
    """Strike out a voting day; raises Refusal for anybody but administrators. Key: day."""
    authorise(connection, by, Deed.SET_VOTING_DAYS)
    if rows.drop(connection, day):
        _record(connection, by, day, now)


def _record(connection: Connection, by: int, day: date, now: datetime) -> None:
    what, case, key = Deed.SET_VOTING_DAYS, f"voting_day:{day}", now.isoformat()
    record(connection, who=by, what=what, on=case, now=now, key=key)
