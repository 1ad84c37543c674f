"""Inline buttons that every conversation shares."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks import Home
from handlers.text import _

_HALF = 16  # letters


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    """Return a button that sends these data."""
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Return an inline keyboard of these rows; empty rows vanish."""
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def back(data: CallbackData) -> InlineKeyboardButton:
    """Return «Back» to the step of these data."""
    return button(_("‹ Back"), data)


def cancel(data: CallbackData | None = None) -> InlineKeyboardButton:
    """Return «Cancel», to the main menu unless the conversation has its own way out."""
    return button(_("✖️ Cancel"), data or Home())


def skip(data: CallbackData) -> InlineKeyboardButton:
    """Return «Skip»."""
    return button(_("Skip ›"), data)


def in_rows(buttons: list[InlineKeyboardButton], width: int) -> list[list[InlineKeyboardButton]]:
    """Return the buttons in rows of this width."""
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]


def paired(buttons: list[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """Return the buttons in rows: two short ones together, a long one alone.

    Telegram cuts what does not fit: half of a small phone holds about sixteen letters.
    """
    rows: list[list[InlineKeyboardButton]] = []
    for each in buttons:
        last = rows[-1] if rows else []
        if len(last) == 1 and all(len(one.text) <= _HALF for one in (*last, each)):
            last.append(each)
        else:
            rows.append([each])
    return rows
