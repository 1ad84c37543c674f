"""Screens about what was done after a poll: telling it, and putting the poll away."""

from html import escape

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, cancel, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.calendar_days import full
from handlers.views.poll_callbacks import PollOpened
from services.clock import local_date
from services.polls.done import LONGEST, SHORTEST, Followed
from services.text.length import shortened, utf16_length

_TEXT_LENGTH = 4096
_SHOWN = 1500  # characters of each language on a check


class FollowedOpened(CallbackData, prefix="pdcard"):
    """What became of a poll, for staff."""

    poll: int


class DoneBegun(CallbackData, prefix="pdnew"):
    """Write what was done, in Kazakh (kk) or in Russian (ru)."""

    poll: int
    language: str = "kk"


class DoneSent(CallbackData, prefix="pdgo"):
    """Tell what was done; `words` is the message with the words that were shown."""

    poll: int
    words: int


class PollArchived(CallbackData, prefix="pdarc"):
    """Put a poll away."""

    poll: int


class DoneShown(CallbackData, prefix="pdtext"):
    """What was done after a poll, for everybody."""

    poll: int


def done_row(found: Followed | None) -> list[InlineKeyboardButton]:
    """Return the button to what was done, nothing where nobody told."""
    if found is None or found.told_at is None:
        return []
    return [button(_("✅ What was done"), DoneShown(poll=found.poll))]


def done_screen(found: Followed, stories: list[InlineKeyboardButton]) -> Screen:
    """Return what was done, with ways to the result and to stories of it."""
    title = escape(shortened(found.title(current_language()), 300))
    result = button(_("📈 Result"), PollOpened(poll=found.poll))
    return Screen(f"<b>{title}</b>\n\n{told(found, LONGEST)}", keyboard([result], stories))


def staff_button(poll: int) -> InlineKeyboardButton:
    """Return the button under a result by which staff go on."""
    return button(_("🗂 What was done"), FollowedOpened(poll=poll))


def followed_screen(found: Followed, note: str = "") -> Screen:
    """Return what became of a poll, and what can be done next."""
    blocks = [note, f"<b>{escape(found.title(current_language()))}</b>"]
    closed = full(local_date(found.ended_at))
    blocks.append(_("Closed: {date}").format(date=closed))
    rows: list[list[InlineKeyboardButton]] = []
    if found.told_at is None:
        blocks.append(
            _(
                "People have not been told yet what was done about this result. Until then the "
                "poll cannot be put into the archive."
            )
        )
        rows.append([button(_("✍️ Tell what was done"), DoneBegun(poll=found.poll))])
    else:
        blocks.append(told(found, _SHOWN))
        if found.archived_at is None:
            rows.append([button(_("🗄 Put into the archive"), PollArchived(poll=found.poll))])
        else:
            archived = full(local_date(found.archived_at))
            blocks.append(_("🗄 In the archive since: {date}").format(date=archived))
    rows.append([button(_("📈 Result"), PollOpened(poll=found.poll))])
    return Screen("\n\n".join(block for block in blocks if block), keyboard(*rows))


def ask_screen(found: Followed, language: str, now_says: str = "") -> Screen:
    """Ask for the words in one language."""
    asked = (
        _("Write in Kazakh what was done about the result.")
        if language == "kk"
        else _("Write the same in Russian.")
    )
    hint = _(
        "What was decided, what was done, where and by when. From {least} to {most} characters. "
        "Everybody whom the poll was for will get it."
    ).format(least=SHORTEST, most=LONGEST)
    title = escape(shortened(found.title(current_language()), 200))
    blocks = [f"<b>{title}</b>", asked, hint]
    if now_says:
        now = _("Now it says:")
        blocks.append(f"{now}\n{escape(shortened(now_says, _SHOWN))}")
    return Screen("\n\n".join(blocks), keyboard([cancel(FollowedOpened(poll=found.poll))]))


def check_done_screen(found: Followed, texts: tuple[str, str], words: int, people: int) -> Screen:
    """Return both texts as they will go out, and to how many."""
    kk, ru = (escape(shortened(text, _SHOWN)) for text in texts)
    title = escape(shortened(found.title(current_language()), 200))
    blocks = [
        f"<b>{title}</b>",
        f"<b>Қазақша</b>\n{kk}",
        f"<b>Русский</b>\n{ru}",
        _("Can be reached now: {number}").format(number=f"{people:,}".replace(",", "\xa0")),
        _("It is told once and cannot be changed afterwards."),
    ]
    rows = [
        [button(_("✅ Send to everybody whom the poll was for"), _sent(found, words))],
        [
            button("✏️ Қазақша", DoneBegun(poll=found.poll, language="kk")),
            button("✏️ Русский", DoneBegun(poll=found.poll, language="ru")),
        ],
        [back(FollowedOpened(poll=found.poll))],
    ]
    return Screen("\n\n".join(blocks), keyboard(*rows))


def told(found: Followed, room: int) -> str:
    """Return what was done with its day, as HTML."""
    if found.told_at is None:
        return ""
    name = _("What was done")
    day = full(local_date(found.told_at))
    text = escape(shortened(found.text(current_language()), room))
    return f"<b>✅ {name}</b>, {day}\n{text}"


def done_words(text: str, found: Followed) -> str:
    """Return a result in words with what was done below it, as much as fits a message."""
    room = _TEXT_LENGTH - utf16_length(text) - 100
    while room > 100:  # noqa: PLR2004  # less would say nothing
        longer = f"{text}\n\n{told(found, room)}"
        if utf16_length(longer) <= _TEXT_LENGTH:
            return longer
        room -= 200
    return text


def _sent(found: Followed, words: int) -> DoneSent:
    return DoneSent(poll=found.poll, words=words)
