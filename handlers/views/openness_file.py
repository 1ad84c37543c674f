"""The words of the file of open figures, in both languages at once."""

from aiogram.utils.i18n import I18n

from handlers.text import N_
from handlers.views.openness_words import FIGURE_NAMES, METHODS
from services.digests.hiding import SMALLEST
from services.language import Language
from services.openness.file import Both, Words

_COUNTRY = N_("The whole country")
_RULE = N_(
    "null: fewer than {number}, or hidden so that such numbers cannot be worked out. more_than "
    "and less_than stand in the place of per_cent where fewer than {number} cases decide."
)


def file_words(i18n: I18n) -> Words:
    """Return what the file says of its figures."""

    def both(message: str) -> Both:
        return {
            language.value: i18n.gettext(message, locale=language.value).replace(
                "{number}", str(SMALLEST)
            )
            for language in Language
        }

    return Words(
        {name: both(message) for name, message in FIGURE_NAMES.items()},
        {name: both(message) for name, message in METHODS.items()},
        both(_COUNTRY),
        both(_RULE),
    )
