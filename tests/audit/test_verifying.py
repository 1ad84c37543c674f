from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.audit.chain_keys import keep_secrets
from services.audit.retention import count_old, forget_old
from services.audit.verifying import Anchor, verify
from storage import audit, audit_reading, vault
from storage.schema.audit import audit as table
from storage.schema.audit import audit_ends
from tests.audit.conftest import NOW, unguarded, write

# What somebody who owns the database does to it, and what is said of it, beside the triggers.
CUT = "DELETE FROM audit WHERE number > 9"
ADDED = (
    'INSERT INTO audit SELECT 13, at, who, what, "on", details, link, link FROM audit '
    "WHERE number = 12"
)
CHANGED = (
    "row {}: it was changed, inserted or moved here, "
    "or DATA_KEY lacks the key under which it was written"
)
FORGERIES = {
    "one removed": (["DELETE FROM audit WHERE number = 5"], ["row 5: it was removed"]),
    "several removed": (
        ["DELETE FROM audit WHERE number IN (2, 3, 4, 8)"],
        ["rows 2 to 4: they were removed", "row 8: it was removed"],
    ),
    "the first removed": (["DELETE FROM audit WHERE number = 1"], ["row 1: it was removed"]),
    "removed and renumbered": (
        [
            "DELETE FROM audit WHERE number = 5",
            *(f"UPDATE audit SET number = {n - 1} WHERE number = {n}" for n in range(6, 13)),
        ],
        [*(CHANGED.format(n) for n in range(5, 12)), "row 12: it was cut off at the end"],
    ),
    "who": (["UPDATE audit SET who = 7 WHERE number = 5"], [CHANGED.format(5)]),
    "nobody": (["UPDATE audit SET who = NULL WHERE number = 12"], [CHANGED.format(12)]),
    "what": (["UPDATE audit SET what = 'ban.give' WHERE number = 5"], [CHANGED.format(5)]),
    "on": (["UPDATE audit SET \"on\" = 'appeal:9' WHERE number = 5"], [CHANGED.format(5)]),
    "details": (["UPDATE audit SET details = '{}' WHERE number = 5"], [CHANGED.format(5)]),
    "a microsecond": (
        ["UPDATE audit SET at = (SELECT at FROM audit WHERE number = 6) WHERE number = 5"],
        [CHANGED.format(5)],
    ),
    "its link": (
        ["UPDATE audit SET link = 'aa' WHERE number = 5"],
        [CHANGED.format(5), CHANGED.format(6)],
    ),
    "two exchanged": (
        [
            "UPDATE audit SET number = 99 WHERE number = 5",
            "UPDATE audit SET number = 5 WHERE number = 7",
            "UPDATE audit SET number = 7 WHERE number = 99",
        ],
        [CHANGED.format(n) for n in (5, 6, 7, 8)],
    ),
    "cut off": ([CUT], ["rows 10 to 12: they were cut off at the end"]),
    "everything": (["DELETE FROM audit"], ["rows 1 to 12: they were cut off at the end"]),
    "the end": (["DELETE FROM audit_ends"], ["where the audit ends was removed"]),
    "the end's link": (
        ["UPDATE audit_ends SET last_link = 'aa'"],
        ["row 12: its link is not the one that the end of the audit notes"],
    ),
    "added by hand": (
        [ADDED],
        [CHANGED.format(13), "row 13: it was inserted behind the end"],
    ),
}


def troubles(connection: Connection, *anchors: Anchor) -> list[str]:
    """Return what is said of the rows, the triggers aside."""
    found = verify(connection, anchors).troubles
    return [each for each in found if "trigger" not in each]


def test_a_whole_audit(written: Connection) -> None:
    """As it was written it is intact, with moments to the microsecond and details of each kind."""
    found = verify(written)
    last = audit_reading.link_of(written, 12)
    assert (True, 12, f"12:{last}", 0) == (found.intact, found.rows, str(found.last), 0)


def test_an_empty_audit(connection: Connection) -> None:
    """Before the first row there is nothing wrong."""
    found = verify(connection)
    assert (True, 0, None) == (found.intact, found.rows, found.last)


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_named(written: Connection, name: str) -> None:
    """A row that was removed, changed, inserted, moved or cut off is named by its number."""
    statements, said = FORGERIES[name]
    unguarded(written)
    for statement in statements:
        written.exec_driver_sql(statement)
    assert said == troubles(written)


def test_missing_triggers_are_named(written: Connection) -> None:
    """Whoever took the database's own guard away is found even if nothing else was done."""
    unguarded(written)
    found = verify(written)
    assert not found.intact
    assert "trigger audit_kept is missing or altered" in " ".join(found.troubles)


def test_an_anchor_finds_what_the_chain_cannot(written: Connection) -> None:
    """Cut off with the end moved back, or written anew under the same key: an anchor tells."""
    noted = verify(written).last
    assert noted is not None
    link = audit_reading.link_of(written, 9)
    unguarded(written)
    written.exec_driver_sql(CUT)
    written.exec_driver_sql(f"UPDATE audit_ends SET last = 9, last_link = '{link}'")
    assert [] == troubles(written)
    assert ["row 12: it was noted as an anchor and is not there"] == troubles(written, noted)
    write(written, 3, begin=20)
    noticed = ["row 12: its link is not the one that was noted as an anchor"]
    assert noticed == troubles(written, noted)


def test_a_chain_bound_anew_without_the_key(written: Connection, key: str) -> None:
    """Without the key nobody can bind rows anew: those that somebody did are named."""
    unguarded(written)
    vault.use(None)
    before = audit_reading.link_of(written, 9) or ""
    for row in list(audit_reading.in_order(written))[9:]:
        before = audit.link(vault.chain_secret(), before, {**row, "who": 7})
        changed = sa.update(table).where(table.c.number == row["number"])
        written.execute(changed.values(who=7, link=before))
    written.execute(sa.update(audit_ends).values(last_link=before))
    vault.use(vault.keyring(key))
    said = "row {}: it was bound under a key that was given up before"
    assert [said.format(number) for number in (10, 11, 12)] == troubles(written)


def test_no_way_back_to_an_older_key(connection: Connection, key: str) -> None:
    """Rows from before there was a key are known; none may follow those that have one."""
    vault.use(None)
    write(connection, 3)
    vault.use(vault.keyring(key))
    write(connection, 3, begin=4)
    found = verify(connection)
    assert (True, 3) == (found.intact, found.unkeyed)
    vault.use(None)
    write(connection, 1, begin=7)
    vault.use(vault.keyring(key))
    said = ["row 7: it was bound under a key that was given up before"]
    assert said == troubles(connection)


def test_a_key_is_given_up(written: Connection, key: str) -> None:
    """After a rotation the rows of the old key are verified without it, by its kept secret."""
    newer = vault.new_key()
    vault.use(vault.keyring(f"{newer},{key}"))
    keep_secrets(written, NOW)
    keep_secrets(written, NOW + timedelta(days=1))
    vault.use(vault.keyring(newer))
    write(written, 2, begin=13)
    found = verify(written)
    assert (True, 15) == (found.intact, found.rows)
    newest = vault.new_key()
    vault.use(vault.keyring(f"{newest},{newer}"))
    keep_secrets(written, NOW)
    vault.use(vault.keyring(newest))
    found = verify(written)
    assert (True, 17) == (found.intact, found.rows)


def test_old_rows_go(written: Connection) -> None:
    """Retention takes out the oldest rows, some at a time; the rest stays intact."""
    before = NOW + timedelta(minutes=6)
    assert count_old(written, before) == 5
    assert [3, 2, 0] == [forget_old(written, before, 3) for _ in range(3)]
    found = verify(written)
    assert (True, 7) == (found.intact, found.rows)


def test_everything_goes(written: Connection) -> None:
    """Where all rows were old the audit goes on behind them."""
    assert forget_old(written, NOW + timedelta(days=1), 99) == 12
    write(written, 1, begin=13)
    last = verify(written).last
    assert last is not None
    assert (13, True) == (last.number, verify(written).intact)


def test_many_troubles_are_counted(written: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so many are named."""
    monkeypatch.setattr("services.audit.verifying.NAMED", 3)
    unguarded(written)
    written.execute(sa.update(table).values(who=1))
    found = verify(written)
    assert len(found.troubles) == 3
    assert found.count > 12


def test_an_anchor_as_it_is_printed() -> None:
    """What `anchor` prints is what `--anchor` takes."""
    made = Anchor(17, "3f")
    assert made == Anchor.parse(str(made))
    assert replace(made, number=18) == Anchor.parse("18:3f")
