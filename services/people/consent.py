"""The texts that people agree to, one for each purpose, as versioned files."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from services.language import Language

_TEXTS = Path(__file__).parent / "consent"
# The texts before there was one for each purpose: who agreed to them agreed to all three.
_WHOLE = ("2026-11", "2026-11.2")


class ConsentKind(StrEnum):
    """What personal data are kept for: each is agreed to, and taken back, by itself."""

    APPEALS = "appeals"
    POLL_PROFILE = "poll_profile"
    NEWS = "news"
    PROGRAMMES = "programmes"
    COUNCILS = "councils"
    PROPOSALS = "proposals"


@dataclass(frozen=True, slots=True)
class Edition:
    """A text in force; `still` are earlier versions that ask for no less, so nobody is asked anew.

    Where a new text asks for more, its `still` is empty: whoever agreed to an earlier one is
    asked when it is next needed.
    """

    version: str
    still: frozenset[str] = frozenset()


# Every version that there ever was, the oldest first; their files stay.
VERSIONS = (*_WHOLE, "2026-11.3")
# What the first texts spoke of.
_OF_WHOLE = frozenset({ConsentKind.APPEALS, ConsentKind.POLL_PROFILE, ConsentKind.NEWS})
_IN_FORCE: Mapping[ConsentKind, Edition] = {
    kind: Edition("2026-11.3", frozenset(_WHOLE) if kind in _OF_WHOLE else frozenset())
    for kind in ConsentKind
}


def current_version(kind: ConsentKind) -> str:
    """Return the version of the text in force."""
    return _IN_FORCE[kind].version


def holds(kind: ConsentKind, version: str | None) -> bool:
    """Tell whether an agreement to this version is one to what the text in force asks for."""
    edition = _IN_FORCE[kind]
    return version == edition.version or version in edition.still


@cache
def consent_text(kind: ConsentKind, language: Language, version: str | None = None) -> str:
    """Return the text of a version, the one in force by default: Telegram HTML with `{party}`.

    The texts of all versions stay; raises LookupError for one that never was.
    """
    version = version or current_version(kind)
    if version not in VERSIONS:
        raise LookupError(version)
    folder = "whole" if version in _WHOLE else kind.value
    return (_TEXTS / folder / f"{version}.{language}.html").read_text(encoding="utf-8").strip()
