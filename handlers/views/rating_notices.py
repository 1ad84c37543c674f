"""What editors are told of the rating: what waits for them, and what was decided."""

from collections.abc import Mapping
from html import escape
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.text import _, pick
from handlers.views.emphasis import bold
from handlers.views.rating_callbacks import CorrectionShown, RoundShown
from services.organisation.directory import Organisation


def round_waits_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "rating_waits", to everybody who may publish it."""
    lines = [bold(_("🏅 A round of the rating waits for you")), _title(payload), *_asker(payload)]
    look = button(_("👀 Look through it"), RoundShown(code=payload["code"]))
    return Notice("\n".join(lines), keyboard([look]))


def round_decided_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "rating_decided", to whoever brought the round."""
    told = _("✅ {name} published your round of the rating.")
    if not payload["published"]:
        told = _("↩️ {name} sent your round of the rating back.")
    lines = [bold(told.format(name=escape(payload["who"]))), _title(payload)]
    if payload["reason"]:
        lines.append(_("Why: {reason}").format(reason=escape(payload["reason"])))
    look = button(_("👀 Look through it"), RoundShown(code=payload["code"]))
    return Notice("\n".join(lines), keyboard([look]))


def correction_waits_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "rating_correction_waits", to everybody who may decide."""
    lines = [bold(_("✏️ A correction of the rating waits for you")), _deputy(payload)]
    look = button(_("👀 Look through it"), CorrectionShown(id=payload["correction"]))
    return Notice("\n".join([*lines, *_asker(payload)]), keyboard([look]))


def correction_decided_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "rating_correction_decided", to whoever asked for it."""
    told = _("✅ {name} let your correction of the rating through.")
    if not payload["made"]:
        told = _("✋ {name} declined your correction of the rating.")
    lines = [bold(told.format(name=escape(payload["who"]))), _deputy(payload)]
    look = button(_("👀 Look through it"), CorrectionShown(id=payload["correction"]))
    return Notice("\n".join(lines), keyboard([look]))


def _title(payload: Mapping[str, Any]) -> str:
    return escape(pick(payload["title_kk"], payload["title_ru"]))


def _deputy(payload: Mapping[str, Any]) -> str:
    return escape(pick(payload["name_kk"], payload["name_ru"]))


def _asker(payload: Mapping[str, Any]) -> list[str]:
    if not payload["who"]:
        return []
    return [_("Asks: {name}").format(name=escape(payload["who"]))]
