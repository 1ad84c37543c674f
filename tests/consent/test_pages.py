"""The texts about data say what the code does."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings
from services.language import Language
from services.people.consent import ConsentKind, consent_text
from services.people.privacy_text import Subject, privacy_text
from services.people.retention import TERMS, Kind
from storage import vault
from storage.schema import metadata
from storage.schema.personal import OTHER, PERSONAL
from tests.consent.pages import PAGE, columns, long, terms

TELEGRAM_LENGTH = 4096
ROOT = Path(__file__).resolve().parents[2]


def block(mark: str) -> str:
    """Return what stands between two marks of docs/privacy.md."""
    text = PAGE.read_text("utf-8")
    return text.split(f"<!-- {mark} -->\n")[1].split(f"\n<!-- /{mark} -->")[0]


@pytest.mark.parametrize("language", Language)
def test_terms_of_the_page(language: Language) -> None:
    """The page names every term as the one table of terms has it."""
    assert terms(language) == block(f"terms {language.value}")


def test_every_column_was_looked_at() -> None:
    """Every column of every table was sorted into those about people and the others."""
    sorted_ = {
        name: {*PERSONAL.get(name, "").split(), *OTHER.get(name, "").split()}
        for name in PERSONAL.keys() | OTHER.keys()
    }
    assert sorted_ == {table.name: set(table.columns.keys()) for table in metadata.sorted_tables}


def test_columns_of_the_page() -> None:
    """The page names every column about people, and which of them are sealed."""
    assert columns() == block("columns")


@pytest.mark.parametrize("language", Language)
def test_terms_in_the_chat(language: Language) -> None:
    """The terms that the bot itself tells are those of the table; so are those agreed to."""
    told = privacy_text(Subject.DATA, language)
    kinds = (Kind.DRAFTS, Kind.APPEALS, Kind.FILES, Kind.LETTERS, Kind.AUDIT, Kind.BLOCKED)
    spoken = re.findall(r"\d+ (?:жыл|күн(?! сайын)|лет|год\b|года|дней)", told)
    assert sorted(spoken) == sorted(long(kind, language) for kind in kinds)
    appeals = consent_text(ConsentKind.APPEALS, language)
    for kind in (Kind.APPEALS, Kind.FILES, Kind.DRAFTS):
        assert long(kind, language) in appeals
    assert long(Kind.MAILINGS, language) in consent_text(ConsentKind.NEWS, language)
    polls = privacy_text(Subject.POLLS, language)
    for kind in (Kind.ANSWERS_IN_WORDS, Kind.NAMED_ANSWERS):
        assert str(TERMS[kind].days) in polls


@pytest.mark.usefixtures("new_ring")
@pytest.mark.parametrize("language", Language)
def test_sealing_is_told_as_it_is(language: Language) -> None:
    """The bot says that it seals only where it does."""
    sealed = privacy_text(Subject.DATA, language)
    vault.use(None)
    unsealed = privacy_text(Subject.DATA, language)
    assert sealed != unsealed
    assert {True} == {len(text) < TELEGRAM_LENGTH for text in (sealed, unsealed)}


def test_hours_of_a_session() -> None:
    """The hours after which staff type their PIN are those of the settings."""
    hours = Settings.model_fields["staff_session_hours"].default
    for language in Language:
        assert f" {hours} " in privacy_text(Subject.DATA, language)
    assert PAGE.read_text("utf-8").count(f" {hours} час") == 1


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", ConsentKind)
def test_consent_texts(kind: ConsentKind, language: Language) -> None:
    """Each text names the law, Telegram, its version and the way to take it back."""
    text = consent_text(kind, language)
    assert all(part in text for part in ("94-V", "Telegram", "2026-11.3", "/settings", "{party}"))
    assert len(text) < TELEGRAM_LENGTH / 2
