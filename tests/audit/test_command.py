"""The audit at the command line."""

import csv
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.commands import main
from services.audit.recording import record
from services.people.deeds import Deed
from storage import vault
from tests.audit.conftest import NOW, OPERATOR, unguarded, write


@pytest.fixture
def engine_of_command(sqlite_url: str, key: str, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """Point the commands at a database with twelve rows in its audit."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("DATA_KEY", key)
    monkeypatch.setenv("CLOCK_URL", "")
    engine = sa.create_engine(sqlite_url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        write(connection, 12)
        record(connection, who=OPERATOR, what=Deed.BAN, on="=1+1", now=NOW, key="@SUM", code="+7")
    return engine


def test_shown_and_kept(
    engine_of_command: sa.Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rows are shown in columns and as a table without formulas, and that is written down."""
    assert engine_of_command
    assert 0 == main(["audit", "show", "--what", "appeal", "--on", "appeal:3", "--who", "301"])
    head, line = capsys.readouterr().out.splitlines()
    assert head.split() == ["number", "at", "who", "name", "what", "case", "details"]
    assert line.split() == [
        *("3", "2026-11-23", "10:03:00", "301", "appeal.read", "appeal:3"),
        *("version=3", "late=False", "topic=су"),
    ]
    assert head.index("what") == line.index("appeal.read")
    file = tmp_path / "audit.csv"
    assert 0 == main(["audit", "show", "--csv", str(file), "--since", "2026-11-23"])
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert ["shell.show_audit", "ban.give", "appeal.read"] == [row[4] for row in rows[1:4]]
    assert "'=1+1" in rows[2]
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert 0 == main(["audit", "show", "--what", "shell", "--limit", "1"])
    assert "shell.export_audit" in capsys.readouterr().out


def test_verified(engine_of_command: sa.Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """An intact audit is said to be so, with its newest row; a forged one is named, status 1."""
    assert 0 == main(["audit", "anchor"])
    anchor = capsys.readouterr().out.strip()
    assert 0 == main(["audit", "verify", "--anchor", anchor])
    assert f"OK: 13 rows; the newest is {anchor}\n" == capsys.readouterr().out
    with engine_of_command.begin() as connection:
        unguarded(connection)
        connection.exec_driver_sql("DELETE FROM audit WHERE number = 7")
    assert 1 == main(["audit", "verify"])
    said = capsys.readouterr().out
    assert "row 7: it was removed\n" in said
    assert "trigger audit_kept is missing or altered\n" in said
    assert said.endswith("troubles in 12 rows.\n")


def test_mistakes(engine_of_command: sa.Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no anchor, day or number is refused in one line."""
    assert engine_of_command
    assert 2 == main(["audit", "show", "--on", "26-000123-5"])
    assert "no appeal has the number 26-000123-5" in capsys.readouterr().err
    for arguments in (["verify", "--anchor", "3"], ["show", "--since", "monday"]):
        with pytest.raises(SystemExit, match="2"):
            main(["audit", *arguments])


def test_without_the_key(
    engine_of_command: sa.Engine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Under another key no row fits, and the reason is among those that are named."""
    assert engine_of_command
    monkeypatch.setenv("DATA_KEY", vault.new_key())
    main(["audit", "verify"])
    said = capsys.readouterr()
    assert "DATA_KEY lacks" in said.out + said.err
