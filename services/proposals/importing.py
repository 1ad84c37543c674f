"""Taking in proposals that were collected on paper: all of a table, or nothing and every reason.

What is taken in stands on the board at once: who brings it has read it, and personal data are
refused by row. The same table twice changes nothing; what a code says already is never changed.
"""

from collections.abc import Mapping
from datetime import date, datetime, time

from sqlalchemy import Connection

from services.audit.recording import record
from services.clock import ALMATY, local_date
from services.language import choose
from services.organisation.directory import load_topics
from services.people.deeds import Deed
from services.people.rights import authorise
from services.proposals.alike import index
from services.proposals.model import ProposalStatus
from services.proposals.moderating import number_of
from services.proposals.table import FORMS, SHEET
from services.proposals.table_rows import Collected, codes_of, draft_of, read_rows
from services.roadmap.responsibility import responsible_official
from services.tables.model import Fault, Imported, Table, refuse
from services.tables.writing import Line
from storage import proposals as rows

__all__ = ["FORMS", "check_table", "example", "import_table", "put_table"]

# What the public history says of where it comes from.
_NOTES = (
    "Ұсыныс қағаз жүзінде жиналды: {day}",
    "Предложение собрано на бумаге: {day}",
)


def check_table(connection: Connection, table: Table, now: datetime) -> list[Collected]:
    """Return what a table says that the board does not yet.

    Raises BadTable with everything that is wrong with the table.
    """
    found, faults = table.of(SHEET), list[Fault]()
    present = rows.by_drafts(connection, codes_of(found))
    read = read_rows(found, load_topics(connection), present, local_date(now), faults)
    refuse(faults, FORMS)
    return [one for one in read if draft_of(one.code) not in present]


def import_table(connection: Connection, actor: int, table: Table, now: datetime) -> Imported:
    """Put onto the board what a table says; administrators only.

    Raises Refusal, and BadTable, after which nothing has changed.

    Key: codes in the table.
    """
    authorise(connection, actor, Deed.IMPORT_PROPOSALS)
    done = _put(connection, table, now, actor)
    if done.changes:
        what, key = Deed.IMPORT_PROPOSALS, now.isoformat()
        on = "proposals"
        record(connection, who=actor, what=what, on=on, now=now, key=key, changed=done.changes)
    return done


def put_table(connection: Connection, table: Table, now: datetime) -> Imported:
    """Do the same at the command line, where whoever may start the bot may do everything.

    Key: codes in the table.
    """
    return _put(connection, table, now, None)


def example(language: str) -> Mapping[str, tuple[Line, ...]]:
    """Return a small sound table: a proposal of a district and one of the whole country."""
    spoken = choose(language, "қазақша", "казахский"), choose(language, "орысша", "русский")
    day = date(2026, 1, 15)
    return {
        SHEET: (
            (
                "paper-1",
                spoken[0],
                "water-supply",
                "61",
                "615200",
                "Ауылға су тазарту қондырғысын қою",
                "Поставить в селе установку очистки воды",
                "Ауыл ортасына су тазарту қондырғысын қойса, тұрғындар таза су ішер еді.",
                day,
            ),
            (
                "paper-2",
                spoken[1],
                "water-supply",
                None,
                None,
                "Су құбырларының ашық картасы",
                "Открытая карта водопроводов",
                "Предлагаем показать на открытой карте, когда и где чинят водопровод.",
                day,
            ),
        )
    }


def _put(connection: Connection, table: Table, now: datetime, actor: int | None) -> Imported:
    new = check_table(connection, table, now)
    topics = load_topics(connection)
    for one in new:
        _publish(connection, one, topics[one.topic].section, now, actor)
    return Imported(len(table.rows), len(new))


def _publish(
    connection: Connection, one: Collected, section: str, now: datetime, actor: int | None
) -> None:
    kazakh = one.language == "kk"
    values = {
        "draft_id": draft_of(one.code),
        "person_id": None,
        "language": one.language,
        "topic": one.topic,
        "section": section,
        "region": one.region,
        "district": one.district,
        "title": one.title_kk if kazakh else one.title_ru,
        "title_other": one.title_ru if kazakh else one.title_kk,
        "shown": one.words,
        "status": ProposalStatus.PUBLISHED.value,
        "at": datetime.combine(one.collected_on, time(12), ALMATY),
        "published_at": now,
        "moderated_by": actor,
        "official": responsible_official(connection, section, local_date(now)),
    }
    row = rows.add(connection, values)
    if row is None:
        return
    rows.change(connection, row["id"], row["version"], {"number": number_of(row["id"])})
    day = f"{one.collected_on:%d.%m.%Y}"
    kk, ru = (note.format(day=day) for note in _NOTES)
    state = {
        "proposal_id": row["id"],
        "version": row["version"] + 1,
        "status": ProposalStatus.PUBLISHED.value,
        "at": now,
        "by": actor,
        "note_kk": kk,
        "note_ru": ru,
    }
    rows.add_state(connection, state)
    index(connection, row["id"], (one.title_kk, one.title_ru, one.words))
