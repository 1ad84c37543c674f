"""Settings are complete, and bad ones are named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import BadSettings, Settings, load_settings

ROOT = Path(__file__).resolve().parents[2]


def listed() -> dict[str, str]:
    """Return the settings of .env.example by name."""
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {name: value for name, _, value in pairs}


def test_the_example_lists_every_setting() -> None:
    """`.env.example` and the settings class name the same settings."""
    assert {name.upper() for name in Settings.model_fields} == set(listed())


def test_every_setting_has_a_comment() -> None:
    """No setting stands in `.env.example` without words before its group."""
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    groups = "\n".join(lines).split("\n\n")
    assert [group for group in groups if not group.startswith("#")] == []


def test_the_example_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taking `.env.example` as it is changes nothing."""
    for name, value in listed().items():
        monkeypatch.setenv(name, value)
    assert Settings(_env_file=None) == Settings.model_construct()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "secret"),
        ("ADMIN_IDS", "12,somebody"),
        ("DATABASE_URL", "mysql://there"),
        ("MESSAGES_PER_SECOND", "0"),
        ("MESSAGES_PER_SECOND", "many"),
        ("TELEGRAM_API", "telegram"),
        ("WEBHOOK_URL", "example"),
        ("WEBHOOK_SECRET", "short"),
        ("WEBHOOK_PORT", "70000"),
        ("BACKUP_KEEP", "0"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_bad_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    """One sentence names the variable and never repeats a secret."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as caught:
        load_settings()
    sentence = str(caught.value)
    assert sentence.startswith(f"{name}: ")
    assert "\n" not in sentence
    assert name not in {"BOT_TOKEN", "WEBHOOK_SECRET"} or value not in sentence


def test_the_command_line_says_it_without_a_trace() -> None:
    """A bad setting ends the program with status 2 and one line."""
    run = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        env=os.environ | {"LOG_LEVEL": "loud"},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert (2, "") == (run.returncode, run.stdout)
    assert run.stderr.startswith("LOG_LEVEL: ")
    assert 1 == len(run.stderr.splitlines())


@pytest.mark.parametrize(
    "command",
    ["run", "sandbox", "migrate", "invite", "import", "backup", "restore", "doctor"],
)
def test_every_command_has_a_manual_page(command: str) -> None:
    """`--help` of every command describes it and shows an example."""
    run = subprocess.run(
        [sys.executable, "-m", "bot", command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert "DESCRIPTION" in run.stdout
    assert f"python -m bot {command}" in run.stdout
