"""Where the files come from that a second person lets out: what each would hold, and its rows.

One kind, one `Source` in EXPORTS. What is asked for is frozen in `Scope`; the rows are read when
the file is taken, in the transaction that writes down the taking.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from services.exports.kinds import Export
from services.polls.masking import masked
from services.polls.model import Poll, PollKind, QuestionType
from services.polls.named import names_of
from services.polls.political import withheld
from services.polls.reading import find_poll
from services.polls.reporting import read_report
from services.polls.themes import UNSUITABLE
from services.programmes.desk import Participants, all_participants, find_programme
from services.refusal import N_, Refusal
from storage import audit_reading, delivery, poll_named, poll_texts
from storage import mailing_desk as mailings

# Rows of one file; the newest of the audit. A whole audit: `python -m bot audit export`.
MOST = 50_000
NOTHING = N_("There is nothing to put into this file.")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a file would hold: of what in both languages, how many rows, and how far it goes."""

    title_kk: str
    title_ru: str
    rows: int
    # Of the audit: its last row at that moment.
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """One answer in words. theme: "" where it has none."""

    question: int
    said: str = field(repr=False)
    theme_kk: str
    theme_ru: str

    @property
    def text(self) -> str:
        """What was said, with what is personal in it covered.

        Covering takes 0.1 ms, of 50,000 answers five seconds: nobody else can write for so long
        if it is done in a command.
        """
        return masked(self.said)


@dataclass(frozen=True, slots=True)
class PollWords:
    """All answers in words of a poll."""

    poll: Poll
    answers: tuple[Words, ...] = field(repr=False)


# From who takes it, of which one, how far, and the moment, to what the file says.
Reading = Callable[[Connection, int, int, int | None, datetime], Any]


@dataclass(frozen=True, slots=True)
class Source:
    """How a kind of file is described before it is let out, and read when it is taken."""

    describe: Callable[[Connection, int, datetime], Scope]
    read: Reading


def describe_named(connection: Connection, of: int, now: datetime) -> Scope:
    """Return how many names stand beside answers of a named poll; raises Refusal."""
    poll = _poll(connection, of)
    if poll.passport.kind is not PollKind.NAMED:
        raise Refusal(N_("This poll is secret: there are no names in it."))
    if withheld(connection, poll.passport.topic_class, now) is not None:
        raise Refusal(N_("By law its results are not given out now."))
    return _of_poll(poll, poll_named.count_named(connection, of))


def describe_words(connection: Connection, of: int, now: datetime) -> Scope:
    """Return how many answers in words a poll has; raises Refusal."""
    poll = _poll(connection, of)
    if withheld(connection, poll.passport.topic_class, now) is not None:
        raise Refusal(N_("By law its results are not given out now."))
    count = sum(number for _question, _code, number in _codes(connection, poll))
    return _of_poll(poll, min(count, MOST))


def read_words(
    connection: Connection, _by: int, of: int, _until: int | None, now: datetime
) -> PollWords:
    """Return all answers in words of a poll; raises Refusal."""
    describe_words(connection, of, now)
    poll = _poll(connection, of)
    themes = {
        (row["question"], str(row["number"])): (row["text_kk"], row["text_ru"])
        for row in poll_texts.themes_of(connection, of)
    }
    asked = _in_words(poll)
    answers = (
        Words(
            row["question"],
            row["text"],
            *themes.get((row["question"], row["code"] or ""), ("", "")),
        )
        for row in poll_texts.all_texts(connection, of)
        if row["question"] in asked and row["code"] != UNSUITABLE
    )
    return PollWords(poll, tuple(islice(answers, MOST)))


def describe_unreached(connection: Connection, of: int, _now: datetime) -> Scope:
    """Return how many people a mailing did not reach; raises Refusal."""
    row = delivery.find_mailing(connection, of)
    if row is None:
        raise Refusal(N_("There is no such mailing."))
    if row["kind"] == "poll" or row["forget_recipients"]:
        raise Refusal(N_("Who was invited to a poll is told to nobody."))
    payload = row["payload"]
    title_kk, title_ru = (str(payload.get(f"title_{each}") or "") for each in ("kk", "ru"))
    rows = min(mailings.count_unreached(connection, of), MOST)
    return _filled(Scope(title_kk, title_ru, rows))


def read_unreached(
    connection: Connection, _by: int, of: int, _until: int | None, now: datetime
) -> Sequence[Mapping[str, Any]]:
    """Return person_id, status and error of everybody whom a mailing did not reach."""
    describe_unreached(connection, of, now)
    return [dict(row) for row in mailings.unreached_of(connection, of, MOST)]


def describe_audit(connection: Connection, _of: int, _now: datetime) -> Scope:
    """Return how many rows the audit has now."""
    ends = audit_reading.ends(connection)
    if ends is None:
        raise Refusal(NOTHING)
    rows = min(ends["last"] - ends["before"], MOST)
    return _filled(Scope("", "", rows, until=ends["last"]))


def read_audit(
    connection: Connection, _by: int, _of: int, until: int | None, _now: datetime
) -> Sequence[Mapping[str, Any]]:
    """Return the rows of the audit up to that one, in their order."""
    before = None if until is None else until + 1
    wanted = audit_reading.Wanted()
    found = audit_reading.newest(connection, wanted, before=before, limit=MOST)
    return [dict(row) for row in reversed(found)]


def _read_named(
    connection: Connection, by: int, of: int, _until: int | None, now: datetime
) -> object:
    describe_named(connection, of, now)
    return replace(read_report(connection, by, of, now), respondents=names_of(connection, of))


def describe_participants(connection: Connection, of: int, _now: datetime) -> Scope:
    """Return how many people take part in a programme or wait; raises Refusal."""
    programme = find_programme(connection, of)
    return _filled(
        Scope(programme.title_kk, programme.title_ru, programme.taken + programme.queued)
    )


def read_participants(
    connection: Connection, by: int, of: int, _until: int | None, _now: datetime
) -> Participants:
    """Return everybody who takes part in a programme or waits; raises Refusal."""
    return all_participants(connection, by, of)


EXPORTS: dict[Export, Source] = {
    Export.NAMED: Source(describe_named, _read_named),
    Export.WORDS: Source(describe_words, read_words),
    Export.UNREACHED: Source(describe_unreached, read_unreached),
    Export.AUDIT: Source(describe_audit, read_audit),
    Export.PARTICIPANTS: Source(describe_participants, read_participants),
}


def _poll(connection: Connection, poll_id: int) -> Poll:
    found = find_poll(connection, poll_id)
    if found is None:
        raise Refusal(N_("There is no such poll."))
    return found.poll


def _in_words(poll: Poll) -> set[int]:
    # The file id of a photo says nothing on paper.
    return {one.position for one in poll.questions if one.type is not QuestionType.PHOTO}


def _codes(connection: Connection, poll: Poll) -> list[tuple[int, str | None, int]]:
    asked = _in_words(poll)
    found = poll_texts.codes(connection, poll.id)
    return [each for each in found if each[0] in asked and each[1] != UNSUITABLE]


def _of_poll(poll: Poll, rows: int) -> Scope:
    return _filled(Scope(poll.title_kk, poll.title_ru, rows))


def _filled(scope: Scope) -> Scope:
    if not scope.rows:
        raise Refusal(NOTHING)
    return scope
