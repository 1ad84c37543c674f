"""The Road Map at the command line."""

from pathlib import Path

import pytest

from bot.commands import main
from services.roadmap.table import COLUMNS, Sheet

ROOT = Path(__file__).resolve().parents[2]
HEAD = ";".join(column.key for column in COLUMNS[Sheet.INDICATORS] if column.needed)
SOUND = "water.a;water;Су;Вода;%;%;0;98,5;01.01.2026;31.12.2026;республика;;"


@pytest.fixture
def folder(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the commands at a migrated database with the demonstration organisation."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    assert 0 == main(["import", str(ROOT / "services/organisation/demonstration.yaml")])
    return tmp_path


def test_there_and_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table comes in, is shown, goes out in both forms and comes in again without a change."""
    file = folder / "roadmap.csv"
    file.write_text(f"{HEAD}\n{SOUND}\n", encoding="utf-8")
    assert 0 == main(["roadmap", "import", str(file)])
    assert (
        f"Read 1 rows of {file}. Changed: 1 indicators, 0 who answer." in capsys.readouterr().out
    )
    assert 0 == main(["roadmap", "show", "--section", "water"])
    shown = capsys.readouterr().out
    assert "water.a" in shown
    assert "mysalbaev" in shown
    for name in ("all.xlsx", "all.csv"):
        assert 0 == main(["roadmap", "export", str(folder / name), "--language", "ru"])
        assert 0 == main(["roadmap", "import", str(folder / name)])
        assert "Changed: 0 indicators, 0 who answer." in capsys.readouterr().out
    assert 0 == main(["roadmap", "show", "--section", "roads"])
    assert "No indicators.\n" == capsys.readouterr().out


def test_errors_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each error stands in a line of its own; files that are not there and other endings too."""
    file = folder / "roadmap.csv"
    file.write_text(f"{HEAD}\n{SOUND}\n{SOUND.replace('98,5', 'көп')}\n", encoding="utf-8")
    assert 1 == main(["roadmap", "import", str(file)])
    assert [
        "indicators, row 3, plan: I need a number here, such as 1250 or 98,5.",
        "indicators, row 3, code: This code stands above already.",
        "roadmap: 2 errors; nothing was imported.",
    ] == capsys.readouterr().err.splitlines()
    assert 1 == main(["roadmap", "import", str(folder / "nothing.csv")])
    assert 2 == main(["roadmap", "export", str(folder / "roadmap.pdf")])
    assert 1 == main(["roadmap", "export", str(folder / "nowhere" / "roadmap.csv")])
    assert 3 == len(capsys.readouterr().err.splitlines())
