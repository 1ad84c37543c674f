"""Nothing is shown or done without a row in the audit: by reading the code, and by trying it."""

import ast
import sqlite3
from collections.abc import Iterator
from functools import cache

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from handlers.views.audit_names import DEED_NAMES, GROUP_NAMES
from services.audit.acts import Act
from services.people.deeds import PERSONAL, Deed
from storage.schema.audit import audit
from tests.operations import audit_cases, text_cases
from tests.operations.catalogue import PRIMITIVES, Code, defined, takes_connection
from tests.operations.seeded import NOW, Seeded, seed

RECORDING = {"services.audit.recording.record", "services.audit.recording.record_reading"}
ASKING = {"services.people.rights.authorise", "services.people.rights.entitled"}
# What asks for a right to personal data and shows none.
SHOWS_NONE = {
    "services.appeals.quoting.list_unquoted": "numbers, topics and days",
    "services.councils.deciding.list_waiting": "councils and days",
    "services.proposals.moderating.list_waiting": "topics, places and days",
    "services.proposals.moderating.publish": "a decision, which is written down",
    "services.proposals.moderating.refuse": "a decision, which is written down",
    "services.polls.themes.questions_to_read": "how many answers wait",
}
# What changes nothing that is anybody's business.
OWN = {
    "services.digests.readers.set_channel": "own settings",
    "services.digests.readers.set_days_off": "own settings",
    "services.digests.readers.set_hour": "own settings",
    "services.news.channel_access.channel_access": "what Telegram says, not what somebody did",
    "services.polls.two_keys.note_lock": "a passphrase said once: nothing is set yet",
    "services.polls.themes.skip_answer": "an answer that was lent goes back",
}
# Files whose content is nobody's data.
TEMPLATES = {
    "handlers.operator.poll_composer.files": "an example of a table",
    "handlers.operator.poll_facts": "the population by region",
    "handlers.operator.ratings.bringing": "an example of a table",
    "handlers.operator.programme_editing.tables": "an example of a table",
    "handlers.operator.proposals.paper": "an example of a table",
    "handlers.operator.stories.lists": "an example of a table",
    "handlers.citizen.proposals.board": "what shows that a proposal is done, for everybody",
    "handlers.citizen.certificates": "one's own certificate",
    "handlers.citizen.mydata": "one's own data, written down by services.rights",
    "handlers.citizen.openness": "figures that everybody reads",
    "handlers.operator.openness": "an example of a table",
    "handlers.screen": "the picture of a screen",
}
SENDING = {
    "services.exports.plain.note_file",
    "services.exports.asking.take_export",
    "services.appeals.evidence.take_evidence",
    "services.appeals.files.open_files",
}
READINGS = {
    "services.appeals.banning.author_ban": (Deed.READ_BANS, "appeal:{open}"),
    "services.appeals.banning.bans_in_force": (Deed.READ_BANS, "bans"),
    "services.appeals.dossier.open_dossier": (Deed.READ_APPEAL, "appeal:{open}"),
    "services.appeals.evidence.take_evidence": (Deed.EXPORT, "appeal:{open}"),
    "services.appeals.files.open_files": (Deed.READ_FILES, "appeal:{open}"),
    "services.appeals.history.open_history": (Deed.READ_HISTORY, "appeal:{open}"),
    "services.appeals.lookup.search_desk": (Deed.SEARCH, "search:words"),
    "services.appeals.merging.mergeable": (Deed.READ_APPEAL, "appeal:{same}"),
    "services.appeals.quoting.open_proposal": (Deed.READ_APPEAL, "appeal:{open}"),
    "services.audit.showing.read_audit": (Deed.READ_AUDIT, "audit"),
    "services.exports.plain.note_file": (Deed.EXPORT, "export:report:{counted}"),
    "services.polls.themes.take_next": (Deed.READ_ANSWERS, "poll:{newest}:6"),
    "services.polls.themes.take_again": (Deed.READ_ANSWERS, "poll:{newest}:6"),
}


@cache
def code() -> Code:
    """Read the program once."""
    return Code()


@cache
def references() -> dict[str, set[str]]:
    """Return what each definition of the program refers to."""
    return {
        f"{module.name}.{name}": module.references(node)
        for module in code().modules.values()
        for node in module.tree.body
        for name in defined(node)
    }


def reaching(targets: set[str]) -> set[str]:
    """Return every definition that refers to one of these, by itself or through others."""
    found = set(targets)
    while more := {name for name, to in references().items() if to & found} - found:
        found |= more
    return found


def deeds_named(name: str) -> set[Deed]:
    """Return which deeds a function names."""
    node = code().functions.get(name)
    return (
        set()
        if node is None
        else {
            Deed[each.attr]
            for each in ast.walk(node)
            if isinstance(each, ast.Attribute)
            and isinstance(each.value, ast.Name)
            and each.value.id == "Deed"
        }
    )


def attributes_of(module: str) -> set[str]:
    """Return the names of all attributes that a module uses."""
    tree = code().modules[module].tree
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_no_screen_shows_personal_data_by_itself() -> None:
    """Whatever asks for a right to personal data records, or no screen knows of it."""
    asking = {
        name: to
        for name, to in references().items()
        if name.startswith("services.") and name not in SHOWS_NONE
    }
    quiet = {name for name in asking if deeds_named(name) & PERSONAL}
    quiet -= {name for name, to in asking.items() if to & RECORDING}
    assert "services.appeals.dossier.read_dossier" in quiet
    screens = {name: to for name, to in references().items() if name.startswith("handlers.")}
    assert {} == {name: to & quiet for name, to in screens.items() if to & quiet}


def test_every_deed_is_written_down() -> None:
    """Each command of the staff records, but those that are nobody else's business."""
    commands = {
        name
        for name in reaching(set(PRIMITIVES)) & reaching(ASKING)
        if name.startswith("services.")
        and not name.rpartition(".")[2].startswith("_")
        and takes_connection(code().functions.get(name))
    }
    assert set(OWN) == commands - reaching(RECORDING)


def test_every_file_is_written_down() -> None:
    """No module of a conversation sends a document without a command that records it."""
    sending = {
        name
        for name, module in code().modules.items()
        if name.startswith("handlers.")
        and "answer_document" in attributes_of(name)
        and not module.references(module.tree) & SENDING
    }
    assert set(TEMPLATES) == sending


@pytest.fixture(scope="module")
def town(migrated_file: object) -> Iterator[tuple[sa.Engine, Seeded]]:
    """Seed a database; tests take back what they change."""
    raw = sqlite3.connect(":memory:", check_same_thread=False)
    sqlite3.connect(str(migrated_file)).backup(raw)
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: raw,
        poolclass=sa.StaticPool,
        execution_options={"preserve_rowcount": True},
    )
    with engine.begin() as connection:
        seeded = seed(connection)
    yield engine, seeded
    engine.dispose()


@pytest.mark.parametrize("name", READINGS)
def test_a_reading_is_written_down(town: tuple[sa.Engine, Seeded], name: str) -> None:
    """Whoever is shown personal data, or takes a file, stands in the audit with what it was."""
    engine, seeded = town
    what, on = READINGS[name]
    with engine.connect() as connection:
        before = connection.scalar(sa.select(sa.func.count()).select_from(audit)) or 0
        (audit_cases.CASES | text_cases.CASES)[name](connection, seeded, NOW)
        statement = sa.select(audit.c.what, audit.c.on).where(audit.c.number > before)
        written = [tuple(row) for row in connection.execute(statement)]
        wanted = on.format(
            open=seeded.open_appeal,
            counted=seeded.counted_poll,
            same=_newest(connection, "appeals"),
            newest=_newest(connection, "polls"),
        )
        connection.rollback()
    assert (what.value, wanted) in written


def _newest(connection: Connection, table: str) -> int:
    found: int = connection.exec_driver_sql(f"SELECT max(id) FROM {table}").scalar_one()
    return found


def test_every_deed_has_a_name() -> None:
    """Auditors read each deed and each kind of them in words."""
    assert {*Deed, *Act} == set(DEED_NAMES)
    kinds = {deed.value.partition(".")[0] for deed in Deed}
    assert kinds - set(GROUP_NAMES) == {"duty", "execution", "workload", "colleague"}
