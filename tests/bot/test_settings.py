"""Settings are complete, and bad ones are named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.relay import Relay, Security, parse_relay
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
        ("SMTP_URL", "mail.example.kz"),
        ("SMTP_URL", "smtps://we:p4ss/word@mail.example.kz"),
        ("SMTP_URL", "smtp://we@mail.example.kz"),
        ("SMTP_FROM", "somebody"),
        ("SMTP_FROM", "We <we@example.kz>\nBcc: they@example.kz"),
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
    assert "p4ss" not in sentence


def test_a_mail_server_needs_a_sender(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where SMTP_URL is set and SMTP_FROM is not, the sentence names what is missing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SMTP_URL", "smtps://we:secret@mail.example.kz")
    with pytest.raises(BadSettings, match=r"^SMTP_FROM: is not set"):
        load_settings()


@pytest.mark.parametrize(
    ("url", "relay"),
    [
        ("smtps://mail.example.kz", Relay("mail.example.kz", 465, Security.TLS)),
        (
            "smtp://we%40example.kz:p%2Fw@mail.example.kz:2525",
            Relay("mail.example.kz", 2525, Security.STARTTLS, "we@example.kz", "p/w"),
        ),
        ("smtp://localhost", Relay("localhost", 25, Security.NONE)),
    ],
)
def test_a_mail_server_is_named_by_a_url(url: str, relay: Relay) -> None:
    """The scheme decides how the connection is kept; only this machine is spoken to plainly."""
    assert relay == parse_relay(url)
    assert "p/w" not in repr(relay)


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
