"""Tables of every kind at the command line: a template is sound, and comes in once."""

from pathlib import Path

import pytest

from bot.commands import main
from bot.commands.table import KINDS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the commands at a migrated database with the demonstration organisation."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    assert 0 == main(["import", str(ROOT / "services/organisation/demonstration.yaml")])
    return tmp_path


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "attendance"])
def test_a_template_is_sound(folder: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The template of a kind comes in without an error, and a second time changes nothing."""
    file = str(folder / "a.xlsx")
    assert 0 == main(["table", "template", kind, file, "--language", "ru"])
    assert 0 == main(["table", "import", kind, file, "--check"])
    assert 0 == main(["table", "import", kind, file])
    capsys.readouterr()
    assert 0 == main(["table", "import", kind, file])
    assert capsys.readouterr().out.endswith("Changed: 0.\n")


def test_what_is_wrong_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no table, one that is not there, and a name of no kind."""
    broken = folder / "a.csv"
    broken.write_text("a;b\n1;2\n", encoding="utf-8")
    assert 1 == main(["table", "import", "stories", str(broken)])
    told = capsys.readouterr().err
    assert "row 1: The first row must name the columns, as in the export." in told
    assert "nothing was imported" in told
    assert 1 == main(["table", "import", "stories", str(folder / "none.csv")])
    assert 2 == main(["table", "template", "stories", str(folder / "a.pdf")])
    with pytest.raises(SystemExit):
        main(["table", "import", "weather", str(broken)])
