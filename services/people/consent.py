"""The texts that people agree to, as versioned files."""

from functools import cache
from pathlib import Path

from services.language import Language

CURRENT_VERSION = "2026-11.2"
_TEXTS = Path(__file__).parent / "consent"


@cache
def consent_text(language: Language, version: str = CURRENT_VERSION) -> str:
    """Return the consent to the processing of personal data, Telegram HTML, with `{party}`."""
    return (_TEXTS / f"{version}.{language}.html").read_text(encoding="utf-8").strip()
