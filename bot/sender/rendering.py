"""Turning the payload of a row into words, in the language of its reader."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from aiogram.utils.i18n import I18n

from handlers.notices import Notice, renderers
from services.language import Language
from services.organisation.directory import Organisations


class Rendering:
    """Knows the renderers of all kinds, the catalogues and the party's data."""

    def __init__(self, i18n: I18n, organisations: Organisations) -> None:
        self._i18n = i18n
        self._organisations = organisations
        self._renderers = renderers()

    def notice(self, kind: str, payload: Mapping[str, Any], language: Language) -> Notice:
        """Return the notice of this kind; raises KeyError where nobody renders the kind."""
        with self.speaking(language):
            return self._renderers[kind](payload, self._organisations.current)

    @contextmanager
    def speaking(self, language: Language) -> Iterator[None]:
        """Set the language of everything that is said inside."""
        with self._i18n.context(), self._i18n.use_locale(language.value):
            yield
