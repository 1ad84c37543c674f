"""Secrets of the settings are never said: not in a line of the log, not in a complaint."""

import secrets
from collections.abc import Iterator

import pytest
import structlog
from pydantic import SecretStr

from bot.logs import PROCESSORS, without_secrets
from bot.settings import BadSettings, Settings, load_settings
from storage.vault import new_key
from tests.counts import Say

_WORD = secrets.token_hex(12)
_TOKEN = f"4242424242:{secrets.token_urlsafe(26)[:35]}"
# A good value of each secret, and one that is refused.
VALUES = {
    "BOT_TOKEN": (_TOKEN, f"x{_WORD}"),
    "WEBHOOK_SECRET": (_WORD, f"{_WORD} with a space"),
    "SMTP_URL": (
        f"smtps://party:{_WORD}@mail.example.kz",
        f"http://party:{_WORD}@mail.example.kz",
    ),
    "DATA_KEY": (new_key(), f"{new_key()}{_WORD}"),
}


def _names() -> Iterator[str]:
    for name, field in Settings.model_fields.items():
        if "SecretStr" in str(field.annotation):
            yield name.upper()


def test_every_secret_is_tried() -> None:
    """A new secret setting comes with its values here."""
    assert sorted(VALUES) == sorted(_names())


@pytest.mark.parametrize("name", sorted(VALUES))
def test_a_good_one_is_not_shown(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the settings as a whole nor one of them as a text shows a secret."""
    value = VALUES[name][0]
    monkeypatch.setenv("SMTP_FROM", "we@example.kz")
    monkeypatch.setenv(name, value)
    settings = Settings(_env_file=None)
    kept = getattr(settings, name.lower())

    assert isinstance(kept, SecretStr)
    assert value == kept.get_secret_value()
    assert not [said for said in (repr(settings), str(settings), str(kept)) if value in said]


@pytest.mark.parametrize("name", sorted(VALUES))
def test_a_bad_one_is_named_and_not_repeated(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    """The complaint about a bad secret names the variable and does not repeat the value."""
    monkeypatch.chdir(str(tmp_path))
    monkeypatch.setenv(name, VALUES[name][1])
    with pytest.raises(BadSettings) as refused:
        load_settings()

    assert str(refused.value).startswith(f"{name}: ")
    assert _WORD not in str(refused.value)


def _line(event: str, **facts: object) -> str:
    line: object = {"event": event, **facts}
    for processor in PROCESSORS:
        line = processor(None, "warning", line)  # type: ignore[arg-type]
    return str(line)


def test_logs_hide_what_libraries_repeat(say: Say) -> None:
    """Tokens, phones, addresses and passwords are taken out of whatever is logged."""
    hidden = [
        _TOKEN,
        "+77011234567",
        "8 (701) 123-45-67",
        "87011234567",
        "5001002003",
        "aigul@example.kz",
        _WORD,
    ]
    told = [
        f"Not Found: /bot{_TOKEN}/getMe",
        *(f"cannot reach {each} now" for each in hidden[1:-1]),
        f"postgresql://party:{_WORD}@db/unqosu refused",
    ]

    found = [secret for secret in hidden for text in told if secret in _line(text, why=text)]

    say(f"{len(hidden)} kinds of secrets in {len(told)} lines of the log: {len(found)} readable")
    assert [] == found


def test_dates_and_counts_stay() -> None:
    """What an administrator needs is left as it is."""
    for plain in ("2026-11-23 10:00", "20 000 000 rows", "incident 3FA2B1", "1.2.3.4:8080"):
        assert plain == without_secrets(plain)


def test_a_failure_is_told_by_its_places() -> None:
    """The words of an exception may be somebody's own: only where it happened is logged."""
    try:
        raise ValueError(_WORD)  # noqa: TRY301
    except ValueError as failure:
        line = _line("it failed", exc_info=failure)

    assert "ValueError" in line
    assert "test_secrets.py" in line
    assert _WORD not in line


def test_people_have_another_name_each_day() -> None:
    """A person's number is a hash that is the same in one process all day, and no other day."""
    days: list[str] = []
    for day in ("2026-11-23T01:00:00Z", "2026-11-23T22:00:00Z", "2026-11-24T01:00:00Z"):
        stamped = [*PROCESSORS]
        stamped[1] = lambda _, __, line, day=day: {**line, "timestamp": day}
        line: object = {"event": "seen", "person": 5001}
        for processor in stamped:
            line = processor(None, "info", line)  # type: ignore[arg-type]
        days.append(str(line).rpartition("person=")[2])
    structlog.reset_defaults()

    assert days[0] == days[1] != days[2]
    assert "5001" not in "".join(days)
