"""An errand in words: what it is about, who gave it, who has it, how far it has come."""

from collections.abc import Iterator
from datetime import date, datetime
from html import escape

from handlers.text import N_, _
from handlers.views.calendar_days import full, moment
from handlers.views.digest_numbers import number
from handlers.views.digest_scope import official_words, scope_words
from services.digests.errand import About, Errand, ErrandState
from services.digests.model import ErrandKind, Period
from services.organisation.directory import Organisation

_TITLES = {
    ErrandKind.ACCEPTED: N_("✋ Taken on"),
    ErrandKind.DELEGATED: N_("📋 Errand"),
    ErrandKind.ASKED: N_("❔ Question to the operators"),
}
_STATES = {
    ErrandState.OPEN: N_("Given: {at}"),
    ErrandState.ACCEPTED: N_("Accepted: {at}"),
    ErrandState.DONE: N_("✅ Done: {at}"),
    ErrandState.CALLED_OFF: N_("✖️ Called off: {at}"),
}
_ASKED = {
    ErrandState.OPEN: N_("Asked: {at}"),
    ErrandState.DONE: N_("✅ Answered: {at}"),
}
_DIGESTS = {
    Period.DAILY: N_("📌 Digest of the day: {date}"),
    Period.WEEKLY: N_("📌 Digest of the week: {date}"),
    Period.MONTHLY: N_("📌 Digest of the month: {date}"),
    Period.QUARTERLY: N_("📌 Digest of the quarter: {date}"),
}


def errand_text(errand: Errand, organisation: Organisation, today: date) -> str:
    """Return an errand as Telegram HTML."""
    return "\n".join(_lines(errand, organisation, today))


def about_lines(about: About, organisation: Organisation) -> Iterator[str]:
    """Yield which digest it is about and what pressed in it, as Telegram HTML."""
    line = _(_DIGESTS[about.period]).format(date=full(about.day))
    words = scope_words(about.scope, organisation)
    yield f"{line} · {escape(words)}" if words else line
    if about.overdue:
        yield _("🔴 Overdue: {count}").format(count=number(about.overdue))
    if about.due_soon:
        yield _("🟡 Due soon: {count}").format(count=number(about.due_soon))


def quoted(text: str) -> str:
    """Return somebody's words as Telegram HTML."""
    return f"<blockquote>{escape(text)}</blockquote>"


def holder_words(name: str | None, official: str | None, organisation: Organisation) -> str:
    """Return who has an errand: the official's name, else the name in Telegram; plain."""
    if official is not None:
        return official_words(official, organisation)
    return name or _("the operators on duty")


def due_line(due_on: date, *, late: bool) -> str:
    """Return by when; plain."""
    words = _("🔴 Due date: {date}, late") if late else _("🗓 Due date: {date}")
    return words.format(date=full(due_on))


def _lines(errand: Errand, organisation: Organisation, today: date) -> Iterator[str]:
    yield f"<b>{_(_TITLES[errand.kind])}</b>"
    if errand.about is not None:
        yield from about_lines(errand.about, organisation)
    giver = official_words(errand.official, organisation)
    if errand.kind is not ErrandKind.ACCEPTED:
        asked = errand.kind is ErrandKind.ASKED
        words = _("👤 Asked by: {name}") if asked else _("👤 Given by: {name}")
        yield words.format(name=escape(giver))
    holder = holder_words(errand.person_name, errand.person_official, organisation)
    words = _("➡️ Done by: {name}")
    if errand.kind is ErrandKind.ASKED:
        words = _("➡️ Answered by: {name}")
    yield words.format(name=escape(holder))
    if errand.due_on is not None:
        yield due_line(errand.due_on, late=errand.late(today))
    yield _state(errand)
    if errand.text:
        yield quoted(errand.text)
    if errand.reply:
        yield _("Reply:")
        yield quoted(errand.reply)


def _state(errand: Errand) -> str:
    state = errand.state
    asked = errand.kind is ErrandKind.ASKED
    words = _ASKED.get(state, _STATES[state]) if asked else _STATES[state]
    return _(words).format(at=moment(_since(errand)))


def _since(errand: Errand) -> datetime:
    moments = (errand.called_off_at, errand.done_at, errand.accepted_at)
    return next((at for at in moments if at is not None), errand.created_at)
