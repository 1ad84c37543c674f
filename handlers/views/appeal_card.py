"""Screens of registered appeals: the list, one appeal, and what is said of its answer."""

from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import _, ngettext
from handlers.views.appeal_callbacks import AnswerJudged, AnswerRated, OwnAppeal, OwnAppeals
from handlers.views.appeal_draft import begin_button, place_line, topic_line
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from services.appeals.model import OPEN, AppealCard, AppealLine
from services.organisation.directory import Organisation
from services.text.length import shortened

# Words and answer together with the lines around them fit into one message of 4,096.
_TEXT_ROOM = 1300
_ANSWER_ROOM = 2000
_MARKS = (1, 2, 3, 4, 5)


def own_list_screen(
    lines: list[AppealLine], organisation: Organisation, *, first: bool, more: bool
) -> Screen:
    """Return a page of own appeals; `more` where older ones follow."""
    if not lines:
        return Screen(_("You have no appeals yet."), keyboard([begin_button()]))
    rows = [
        [button(f"{_sign(line)} № {line.number}", OwnAppeal(appeal=line.id))] for line in lines
    ]
    turning = [] if first else [button(_("‹ Newest"), OwnAppeals())]
    if more:
        turning.append(button(_("Older ›"), OwnAppeals(after=lines[-1].id)))
    title = bold(_("Your appeals"))
    texts = [_own_line(line, organisation) for line in lines]
    return Screen("\n\n".join([title, *texts]), keyboard(*rows, turning))


def own_card_screen(card: AppealCard, organisation: Organisation) -> Screen:
    """Return one own appeal with its answer, and the buttons to rate it."""
    lines = [
        f"<b>№ {card.number}</b>",
        _("Topic: {topic}").format(topic=escape(topic_line(card.topic, organisation))),
        _("Place: {place}").format(place=escape(place_line(card.region, card.district))),
        _("Registered: {date}").format(date=full(card.registered_on)),
    ]
    if card.status in OPEN:
        lines.append(_("Answer due by: {date}").format(date=full(card.due_on)))
        lines.append(days_left(card.days_left))
    if card.attachments:
        lines.append(_("Files attached: {count}").format(count=len(card.attachments)))
    lines.append(_quoted(card.text, _TEXT_ROOM))
    if card.answer is not None and card.answered_on is not None:
        lines.append(_("Answer of {date}:").format(date=full(card.answered_on)))
        lines.append(_quoted(card.answer, _ANSWER_ROOM))
    rows = [] if card.status in OPEN else rating_rows(card.id, card.rating, solved=card.solved)
    return Screen("\n".join(lines), keyboard(*rows, [back(OwnAppeals())]))


def rating_rows(
    appeal: int, rating: int | None = None, *, solved: bool | None = None
) -> list[list[InlineKeyboardButton]]:
    """Return 1 to 5 and «solved», «not solved», with what was already said marked."""
    marks = [
        button(
            f"★ {mark}" if mark == rating else str(mark), AnswerRated(appeal=appeal, rating=mark)
        )
        for mark in _MARKS
    ]
    yes, no = _("Solved"), _("Not solved")
    verdicts = [
        button(f"✅ {yes}" if solved is True else yes, AnswerJudged(appeal=appeal, solved=True)),
        button(f"❗ {no}" if solved is False else no, AnswerJudged(appeal=appeal, solved=False)),
    ]
    return [marks, verdicts]


def days_left(days: int | None) -> str:
    """Return how many working days are left, or how many it is late; "" once answered."""
    if days is None:
        return ""
    if days == 0:
        return _("The answer is due today.")
    if days > 0:
        return ngettext("{days} working day left", "{days} working days left", days).format(
            days=days
        )
    late = -days
    return ngettext("Late by {days} working day", "Late by {days} working days", late).format(
        days=late
    )


def _own_line(line: AppealLine, organisation: Organisation) -> str:
    status = days_left(line.days_left) if line.status in OPEN else _("Answered")
    topic = escape(topic_line(line.topic, organisation))
    place = escape(place_line(line.region, line.district))
    return f"{_sign(line)} <b>№ {line.number}</b> · {status}\n{topic}\n{place}"


def _sign(line: AppealLine) -> str:
    if line.status not in OPEN:
        return "✅"
    return "🔴" if line.days_left is not None and line.days_left < 0 else "🟡"


def _quoted(text: str, room: int) -> str:
    return f"<blockquote>{escape(shortened(text, room))}</blockquote>"
