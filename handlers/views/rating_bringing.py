"""Screens of bringing a round: what is asked in the chat, the table, what was taken in."""

from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import N_, _, current_language
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.rating_callbacks import RoundsShown, RoundTemplate
from services.ratings.model import Terms
from services.ratings.rows import TITLE_EXAMPLE
from services.tables.model import Imported

# What a plain sheet does not say, in the order in which it is asked.
ASKED: Mapping[str, str] = MappingProxyType(
    {
        "title_kk": N_("What is the round called in Kazakh?"),
        "title_ru": N_("What is the round called in Russian?"),
        "days": N_("Which days are rated? Write two days, like this: 01.01.2026 – 30.06.2026"),
        "as_of": N_("On which day were the numbers taken?"),
        "method_kk": N_("Describe the method in Kazakh: citizens see it beside every number."),
        "method_ru": N_("Describe the method in Russian: citizens see it beside every number."),
    }
)


def term_screen(what: str, problem: str = "") -> Screen:
    """Ask for one thing of a round that is begun in the chat."""
    place = [*ASKED].index(what) + 1
    step = _("Step {step} of {count}").format(step=place, count=len(ASKED))
    head = bold(_("⌨️ A new round")) + f" · {step}"
    warning = f"⚠️ {problem}" if problem else ""
    text = "\n\n".join(part for part in (warning, head, _(ASKED[what])) if part)
    return Screen(text, keyboard([back(RoundsShown())]))


def table_screen(given: Terms | None, problem: str = "") -> Screen:
    """Ask for a table; problem: what was wrong with the one before, HTML."""
    ask = _(
        "Send a book (XLSX) with the round, its indicators and lines. If something is wrong in "
        "it, nothing is taken in, and you see every mistake by its row. A table of maslikhats "
        "or deputies alone may be CSV, too."
    )
    title = bold(_("📥 Bring a table"))
    if given is not None:
        title = bold(escape(given.title(current_language())))
        days = _("📅 For {first} – {last}, counted on {day}").format(
            first=full(given.begins_on), last=full(given.ends_on), day=full(given.as_of)
        )
        ask = _(
            "{days}\n\nNow send the sheet (CSV or XLSX): deputy, maslikhat, score, place, and a "
            "column for each indicator, called in both languages: {example}"
        ).format(days=days, example=TITLE_EXAMPLE)
    warning = f"⚠️ {problem}" if problem else ""
    text = "\n\n".join(part for part in (warning, title, ask) if part)
    example = [button(_("📤 An example"), RoundTemplate())]
    return Screen(text, keyboard(example, [back(RoundsShown())]))


def brought_screen(done: Imported, *, a_round: bool) -> Screen:
    """Say what a table has changed; a_round: it held one."""
    lines = [bold(_("✅ The table is taken in.")), ""]
    lines.append(_("Rows: {count}").format(count=done.rows))
    if not done.changes:
        lines.append(_("It says nothing new: everything was so already."))
    elif a_round:
        lines.append(_("The round is with your colleagues now: another person publishes it."))
    rounds = button(_("🏅 Rating of deputies"), RoundsShown())
    return Screen("\n".join(lines), keyboard([rounds]))
