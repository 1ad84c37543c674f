"""Bringing stories as a table: all of it, or nothing and every reason why.

What was brought is prepared: it is shown to nobody and told to nobody until a member of the staff
has looked at it and published it. Brought again under its code, a prepared story is written anew;
a published one keeps its words. The same table twice changes nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.audit.recording import record
from services.people.deeds import Deed
from services.people.rights import authorise
from services.proposals.model import PUBLIC, ProposalStatus
from services.refusal import N_, Refusal
from services.stories.checking import LONGEST_DID, LONGEST_SAID, SHORTEST
from services.stories.model import MOST_TIES, Draft, StoryStatus, Tie, TieKind
from services.stories.publishing import values_of
from services.stories.reading import of_draft
from services.stories.table import FORMS, STORIES
from services.tables.cells import Cells, a_code, a_text, check_place
from services.tables.model import Fault, Imported, Table, refuse
from services.tables.writing import Line
from services.text.fold import fold
from storage import organisation, poll_telling
from storage import proposals as board
from storage import stories as rows

__all__ = ["FORMS", "check_table", "example", "import_table", "put_table"]

_KAZAKH = frozenset("әғқңөұүһі")


@dataclass(frozen=True, slots=True)
class Brought:
    """A story of a table: the draft that it is to become."""

    draft_id: str
    draft: Draft


def check_table(
    connection: Connection,
    table: Table,
    now: datetime,  # noqa: ARG001  # as every import is asked
) -> tuple[Brought, ...]:
    """Return what a table says; raises BadTable with everything that is wrong with it."""
    faults: list[Fault] = []
    reading = _Reading(connection, faults)
    found = [reading.story(Cells(row, faults)) for row in table.of(STORIES)]
    refuse(faults, FORMS)
    return tuple(found)


def import_table(connection: Connection, actor: int, table: Table, now: datetime) -> Imported:
    """Prepare the stories of a table.

    Raises Refusal, and BadTable, after which nothing has changed.

    Key: codes in the table.
    """
    authorise(connection, actor, Deed.IMPORT_STORIES)
    found = check_table(connection, table, now)
    changes = _put(connection, found, actor, now)
    if changes:
        what, key = Deed.IMPORT_STORIES, now.isoformat()
        record(connection, who=actor, what=what, on="stories", now=now, key=key, changed=changes)
    return Imported(len(table.rows), changes)


def put_table(connection: Connection, table: Table, now: datetime) -> Imported:
    """Do the same at the command line, where whoever may start the bot may do everything.

    Key: codes in the table.
    """
    found = check_table(connection, table, now)
    return Imported(len(table.rows), _put(connection, found, None, now))


def _put(connection: Connection, found: Sequence[Brought], by: int | None, now: datetime) -> int:
    changes = 0
    for one in found:
        known = of_draft(connection, one.draft_id)
        if known is not None and (
            known.status is not StoryStatus.PREPARED or _same(known.words, one.draft)
        ):
            continue
        # A photo that somebody has added meanwhile stays.
        photo = {} if known is None else {"photo": known.words.photo}
        new = {"status": StoryStatus.PREPARED.value, "created_by": by, "created_at": now}
        values = values_of(one.draft) | photo | new | {"draft_id": one.draft_id}
        rows.put(connection, values, [(tie.kind.value, tie.ref) for tie in one.draft.ties])
        changes += 1
    return changes


def _same(known: Draft, new: Draft) -> bool:
    return (values_of(known) | {"photo": None}, sorted(known.ties)) == (
        values_of(new),
        sorted(new.ties),
    )


class _Reading:
    """Reads rows and notes what is wrong with them."""

    def __init__(self, connection: Connection, faults: list[Fault]) -> None:
        self._connection = connection
        self._faults = faults
        self._codes: set[str] = set()
        self._said: set[str] = set()
        self._topics = {row["code"]: row["retired"] for row in organisation.topics(connection)}

    def story(self, cells: Cells) -> Brought:
        """Return the story of a row."""
        code = cells.read("code", a_code, "")
        if code and code in self._codes:
            cells.wrong("code", Refusal(N_("“{value}” stands there twice."), value=code))
        self._codes.add(code)
        said = [self._words(cells, f"said_{one}", LONGEST_SAID) for one in ("kk", "ru")]
        did = [self._words(cells, f"did_{one}", LONGEST_DID) for one in ("kk", "ru")]
        self._languages(cells, "said", *said)
        self._languages(cells, "did", *did)
        if said[0] and fold(said[0]) in self._said:
            cells.wrong("said_kk", Refusal(N_("Another row says the same.")))
        self._said.add(fold(said[0]))
        region, district = check_place(cells)
        ties = self._ties(cells)
        draft = Draft(said[0], said[1], did[0], did[1], None, region, district, ties)
        self._kept(cells, code, draft)
        return Brought(f"table:{code}", draft)

    def _words(self, cells: Cells, column: str, longest: int) -> str:
        text = cells.read(column, a_text(longest), "")
        if text and len(text) < SHORTEST:
            message = N_("This text is too short: {length} of at least {least} characters.")
            cells.wrong(column, Refusal(message, length=len(text), least=SHORTEST))
        return text

    def _languages(self, cells: Cells, name: str, kazakh: str, russian: str) -> None:
        if kazakh and kazakh == russian:
            message = N_("The Kazakh and the Russian text are the same.")
            cells.wrong(f"{name}_ru", Refusal(message))
        elif kazakh and _KAZAKH.isdisjoint(kazakh.lower()):
            message = N_("There are no Kazakh letters in this text.")
            cells.wrong(f"{name}_kk", Refusal(message))
        if russian and not _KAZAKH.isdisjoint(russian.lower()):
            message = N_("There are Kazakh letters in the Russian text.")
            cells.wrong(f"{name}_ru", Refusal(message))

    def _ties(self, cells: Cells) -> tuple[Tie, ...]:
        ties = [
            *self._each(cells, "topics", TieKind.TOPIC, self._topic),
            *self._each(cells, "polls", TieKind.POLL, self._poll),
            *self._each(cells, "proposals", TieKind.PROPOSAL, self._proposal),
        ]
        named = any(cells.said(column) for column in ("topics", "polls", "proposals"))
        if not named:
            message = N_("A story is tied to a poll, a topic or a proposal at least.")
            cells.wrong("topics", Refusal(message))
        if len(ties) > MOST_TIES:
            message = N_("A story is tied to at most {most} things.")
            cells.wrong("topics", Refusal(message, most=MOST_TIES))
        return tuple(ties)

    def _each(
        self, cells: Cells, column: str, kind: TieKind, find: Callable[[str], str]
    ) -> list[Tie]:
        found: list[Tie] = []
        if column in cells.bad:
            return found
        for word in cells.said(column).replace(",", " ").replace(";", " ").split():
            try:
                tie = Tie(kind, find(word))
            except Refusal as refusal:
                cells.wrong(column, refusal)
                continue
            if tie in found:
                cells.wrong(column, Refusal(N_("“{value}” stands there twice."), value=word))
            found.append(tie)
        return found

    def _topic(self, code: str) -> str:
        if code not in self._topics:
            raise Refusal(N_("There is no topic “{value}”."), value=code)
        if self._topics[code]:
            raise Refusal(N_("The topic “{value}” is no longer in use."), value=code)
        return code

    def _poll(self, number: str) -> str:
        if not (number.isascii() and number.isdecimal() and len(number) < 10):  # noqa: PLR2004
            raise Refusal(N_("“{value}” is no number of a poll."), value=number)
        if poll_telling.find_counted(self._connection, int(number)) is None:
            message = N_("There is no closed poll with a result of the number “{value}”.")
            raise Refusal(message, value=number)
        return str(int(number))

    def _proposal(self, number: str) -> str:
        row = board.find_by_number(self._connection, number)
        if row is None or ProposalStatus(row["status"]) not in PUBLIC:
            message = N_("There is no proposal “{value}” on the board.")
            raise Refusal(message, value=number)
        return str(row["id"])

    def _kept(self, cells: Cells, code: str, draft: Draft) -> None:
        known = of_draft(self._connection, f"table:{code}") if code else None
        if known is None or known.status is StoryStatus.PREPARED or _same(known.words, draft):
            return
        if known.status is StoryStatus.WITHDRAWN:
            message = N_("This story was withdrawn. Please give the new one another code.")
        else:
            message = N_("This story has been published: its words stay as they are.")
        cells.wrong("code", Refusal(message))


def example(language: str) -> Mapping[str, Sequence[Line]]:  # noqa: ARG001  # both stand in it
    """Return a small sound table: one story about a topic."""
    return {
        STORIES: [
            (
                "su-2026",
                "Ауыл тұрғындары ауызсудың үзіліп берілетінін жиі жазды.",
                "Жители села часто писали, что питьевая вода идёт с перебоями.",
                "Сорғы станциясы жөнделді, су тәулік бойы беріледі.",
                "Насосную станцию отремонтировали, вода идёт круглосуточно.",
                "61",
                None,
                "water-supply",
                None,
                None,
            )
        ]
    }
