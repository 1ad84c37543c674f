"""Words in the language of the person whose update is being handled."""

from functools import lru_cache

from aiogram.utils.i18n import I18n, ngettext
from aiogram.utils.i18n import gettext as _

from services.language import Language, choose
from services.refusal import N_

__all__ = ["N_", "_", "current_language", "in_both_languages", "ngettext", "pick"]


def current_language() -> Language:
    """Return the language of the person whose update is being handled."""
    return Language(I18n.get_current(no_error=False).current_locale)


def pick(kk: str, ru: str) -> str:
    """Return the text of a bilingual record in the current language."""
    return choose(current_language(), kk, ru)


def in_both_languages(message: str) -> frozenset[str]:
    """Return the Kazakh and the Russian words of a message id.

    A reply keyboard may be older than the choice of language, so its words are known in both.
    """
    return _translations(I18n.get_current(no_error=False), message)


@lru_cache(maxsize=512)
def _translations(i18n: I18n, message: str) -> frozenset[str]:
    return frozenset(i18n.gettext(message, locale=language.value) for language in Language)
