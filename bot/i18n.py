"""Catalogues read straight from their `.po` files: nothing to compile, nothing stale."""

import gettext
from collections.abc import Generator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from aiogram.utils.i18n import I18n
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from services.language import Language

PLURALS = {
    Language.KAZAKH: "nplurals=1; plural=0;",
    Language.RUSSIAN: (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
        "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    ),
}
LOCALES = Path(__file__).resolve().parent.parent / "locales"


class Catalogues(I18n):
    """Every `locales/<language>/LC_MESSAGES/*.po`, one a capability, as one catalogue."""

    def __init__(self, path: Path = LOCALES) -> None:
        super().__init__(path=path, default_locale=Language.KAZAKH.value, domain="*")

    @contextmanager
    def context(self) -> Generator[I18n, None, None]:
        """Make this the catalogue of `gettext`.

        aiogram keeps a current instance for each class, and its `gettext` asks I18n for it.
        """
        token = I18n.set_current(self)
        try:
            yield self
        finally:
            I18n.reset_current(token)

    def find_locales(self) -> dict[str, gettext.GNUTranslations]:
        """Return the merged catalogue of each language."""
        return {language.value: self._merged(language) for language in Language}

    def _merged(self, language: Language) -> gettext.GNUTranslations:
        merged = Catalog(locale=language.value)
        # CLDR would give Kazakh two forms; after a number its nouns have one.
        merged.mime_headers = [("Plural-Forms", PLURALS[language])]
        for path in sorted((self.path / language.value / "LC_MESSAGES").glob("*.po")):
            with path.open("rb") as file:
                for message in read_po(file, locale=language.value):
                    if message.id and message.string:
                        merged[message.id] = message
        compiled = BytesIO()
        write_mo(compiled, merged)
        compiled.seek(0)
        return gettext.GNUTranslations(compiled)
