"""Screens of what an administrator keeps for polls: voting days, and margins for the weights."""

from collections.abc import Sequence
from datetime import date
from html import escape

from aiogram.filters.callback_data import CallbackData

from handlers.buttons import back, button, keyboard
from handlers.operator.desk_callbacks import DeskShown
from handlers.screen import Screen
from handlers.text import N_, _, pick
from handlers.views.calendar_days import full
from handlers.views.campaign_callbacks import CampaignsListed
from handlers.views.emphasis import bold
from handlers.views.mailing_progress import spaced
from services.campaigns.model import SILENCE
from services.polls.political import VotingDay
from services.polls.uploading import Uploaded

_MARGINS = {
    "region": N_("Region"),
    "sex_settlement": N_("Sex by city or village"),
    "age": N_("🎂 Age"),
}


class PollFactsShown(CallbackData, prefix="pad"):
    """Voting days and margins."""


class VotingDayAsked(CallbackData, prefix="pava"):
    """Write a voting day."""


class VotingDayOpened(CallbackData, prefix="pavo"):
    """Whether this voting day, by its ordinal, shall be struck out."""

    day: int


class VotingDayDropped(CallbackData, prefix="pavx"):
    """Strike this voting day out."""

    day: int


class MarginsAsked(CallbackData, prefix="pam"):
    """Send a table of margins."""


class MarginsFetched(CallbackData, prefix="pamf"):
    """Get the table in force as a file."""


def facts_screen(days: Sequence[VotingDay], as_of: str, note: str = "") -> Screen:
    """Return the voting days from today on and the table in force."""
    listed = [f"• {full(one.day)} – {_title(one)}" for one in days]
    silence = _(
        "Results of polls about elections are not published on a voting day and in the {days} "
        "days before it; they are counted and told on the day after."
    )
    blocks = [
        note,
        bold(_("🗳 For polls: voting days and weights")),
        "\n".join([_("Voting days:"), *(listed or [_("none is entered")])]),
        silence.format(days=SILENCE.days),
        _("Results are weighted by the table as of: {date}").format(date=escape(as_of)),
    ]
    strike = [
        [button(f"🗑 {full(one.day)}", VotingDayOpened(day=one.day.toordinal()))]
        for one in days
        if not one.of_campaign
    ]
    rows = [
        [button(_("➕ A voting day"), VotingDayAsked())],
        *strike,
        [button(_("🗳 Election campaigns"), CampaignsListed())],
        [button(_("📤 Another table"), MarginsAsked())],
        [button(_("📥 Get the table"), MarginsFetched())],
        [back(DeskShown())],
    ]
    return Screen("\n\n".join(block for block in blocks if block), keyboard(*rows))


def day_question(problem: str = "") -> Screen:
    """Ask for a voting day."""
    text = _(
        "Write three lines: the date, what is voted on in Kazakh, and the same in Russian. For "
        "example:"
    )
    example = "<code>06.12.2026\nМәслихат депутаттарын сайлау\nВыборы депутатов маслихата</code>"
    blocks = [f"⚠️ {problem}" if problem else "", text, example]
    leave = back(PollFactsShown())
    return Screen("\n\n".join(block for block in blocks if block), keyboard([leave]))


def strike_screen(day: date) -> Screen:
    """Ask before a voting day is struck out."""
    text = _("Strike out this voting day? {day}").format(day=full(day))
    yes = button(_("🗑 Yes, strike out"), VotingDayDropped(day=day.toordinal()))
    return Screen(text, keyboard([yes], [back(PollFactsShown())]))


def margins_question(problem: str = "") -> Screen:
    """Ask for a table of margins."""
    text = _(
        "Send a CSV file with the columns margin, level, people and neighbour. Write in its "
        "caption as of when the numbers are, like this: 01.01.2026. The totals of all margins "
        "must be the same. The simplest way: get the table in force, change its numbers and send "
        "it back here."
    )
    blocks = [f"⚠️ {problem}" if problem else "", text]
    rows = [[button(_("📥 Get the table"), MarginsFetched())], [back(PollFactsShown())]]
    return Screen("\n\n".join(block for block in blocks if block), keyboard(*rows))


def kept_words(uploaded: Uploaded) -> str:
    """Return what was kept, with the total of each margin."""
    told = _("✅ The table is taken. As of: {date}").format(date=escape(uploaded.as_of))
    names = [(_(_MARGINS.get(name, name)), people) for name, people in uploaded.totals]
    return "\n".join([told, *(f"{name}: {spaced(people)}" for name, people in names)])


def _title(one: VotingDay) -> str:
    return escape(pick(one.title_kk, one.title_ru))
