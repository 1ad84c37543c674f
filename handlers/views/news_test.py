"""A post that its author sends to nobody else, to see it as citizens will."""

from collections.abc import Mapping
from typing import Any

from aiogram.utils.i18n import I18n

from handlers.notice import Notice
from handlers.views.news_notices import news_notice
from services.organisation.directory import Organisation


def news_test_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the notice of kind "news_test": a post in the language that the payload names."""
    with I18n.get_current(no_error=False).use_locale(payload["language"]):
        return news_notice(payload, organisation)
