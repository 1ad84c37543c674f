"""What the operator sees while composing a poll."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, cancel, in_rows, keyboard
from handlers.operator.desk_callbacks import DeskShown
from handlers.operator.poll_composer.callbacks import (
    ClosingChosen,
    DifficultSet,
    DraftDropped,
    PartOpened,
    PollLaunched,
    Previewed,
    Step,
    StepBack,
)
from handlers.operator.poll_composer.composition import Composition
from handlers.operator.poll_composer.one_choice import OneChoice
from handlers.screen import Screen
from handlers.text import N_, _, ngettext
from handlers.views.poll_result import audience, number
from handlers.views.poll_text import moment, poll_keyboard, poll_text
from services.delivery.target import Target
from services.language import Language
from services.polls.composing import (
    CLOSING_DAYS,
    FEWEST_OPTIONS,
    MOST_PLAIN,
    OPTION_LENGTH,
    QUESTION_LENGTH,
    closing_after,
)
from services.polls.model import Poll

_QUESTIONS = {
    Step.QUESTION_KK: N_("Write the question in Kazakh."),
    Step.QUESTION_RU: N_("Write the same question in Russian."),
    Step.OPTIONS_KK: N_("Write the answers in Kazakh, each on its own line."),
    Step.OPTIONS_RU: N_("Write the same answers in Russian, in the same order."),
    Step.CLOSING: N_("Until when are answers accepted?"),
}
_PARTS = (
    (Step.QUESTION_KK, N_("✏️ Question, Kazakh")),
    (Step.QUESTION_RU, N_("✏️ Question, Russian")),
    (Step.OPTIONS_KK, N_("✏️ Answers, Kazakh")),
    (Step.OPTIONS_RU, N_("✏️ Answers, Russian")),
    (Step.AUDIENCE, N_("👥 Whom to ask")),
    (Step.CLOSING, N_("⏳ Closing time")),
)


def step_screen(composition: Composition, now: datetime, problem: str = "") -> Screen:
    """Return what a step asks, with what was said before; the problem stands above."""
    step, draft = composition.step, composition.draft
    blocks = [f"⚠️ {problem}" if problem else "", f"<b>{_(_QUESTIONS[step])}</b>"]
    blocks.append(_hint(step, draft))
    if said := _said(step, draft):
        blocks.append(_("Now it says:") + f"\n<blockquote>{escape(said)}</blockquote>")
    rows = _closing_rows(draft, now) if step is Step.CLOSING else []
    text = "\n\n".join(block for block in blocks if block)
    return Screen(text, keyboard(*rows, way_out(draft.id, step)))


def way_out(draft_id: str, step: Step) -> list[InlineKeyboardButton]:
    """Return Back from this step and Cancel; the draft is kept."""
    return [back(StepBack(draft=draft_id, step=step)), cancel(DeskShown())]


def check_screen(draft: OneChoice, reachable: int, problem: str = "") -> Screen:
    """Return the whole poll with a way to change each part, and the launch."""
    if draft.audience is None or draft.closes_at is None:
        raise ValueError("only a complete draft is checked")
    blocks = [
        f"⚠️ {problem}" if problem else "",
        _("<b>Check the poll</b>"),
        f"Қазақша\n<b>{escape(draft.question_kk)}</b>\n"
        + _numbered([option.text_kk for option in draft.options]),
        f"Русский\n<b>{escape(draft.question_ru)}</b>\n"
        + _numbered([option.text_ru for option in draft.options]),
        "\n".join(
            (
                _("Whom to ask: {audience}").format(
                    audience=audience(as_poll(draft, draft.closes_at))
                ),
                _("Can be reached now: {number}").format(number=number(reachable)),
                _("Closes: {moment}").format(moment=moment(draft.closes_at)),
            )
        ),
        _(
            "After the launch nothing can be changed. Nobody sees the counts before closing, you "
            "included."
        ),
    ]
    return Screen("\n\n".join(block for block in blocks if block), keyboard(*_check_rows(draft)))


def preview_screen(draft: OneChoice) -> Screen:
    """Return the poll as citizens will see it in the current language; its buttons do nothing."""
    if draft.closes_at is None:
        raise ValueError("only a complete draft is previewed")
    poll = as_poll(draft, draft.closes_at)
    rows = poll_keyboard(poll, live=False).inline_keyboard
    return Screen(
        poll_text(poll), keyboard(*rows, [back(PartOpened(draft=draft.id, step=Step.CHECK))])
    )


def as_poll(draft: OneChoice, closes_at: datetime) -> Poll:
    """Return the draft as the poll it would become."""
    region = None if draft.audience is None else draft.audience.region
    return Poll(
        id=0,
        title_kk=draft.question_kk,
        title_ru=draft.question_ru,
        questions=draft.poll.questions,
        target=Target(regions=(region,) if region else ()),
        launched_at=closes_at,
        closes_at=closes_at,
    )


def _check_rows(draft: OneChoice) -> list[list[InlineKeyboardButton]]:
    parts = [button(_(label), PartOpened(draft=draft.id, step=step)) for step, label in _PARTS]
    difficult = _("➖ Without “difficult to answer”")
    if not draft.difficult:
        difficult = _("➕ With “difficult to answer”")
    return [
        [
            button("👁 Қазақша", Previewed(draft=draft.id, language=Language.KAZAKH)),
            button("👁 Русский", Previewed(draft=draft.id, language=Language.RUSSIAN)),
        ],
        *in_rows(parts, 2),
        [button(difficult, DifficultSet(draft=draft.id, offered=not draft.difficult))],
        [button(_("🚀 Launch the poll"), PollLaunched(draft=draft.id, version=draft.version))],
        [button(_("🗑 Delete the draft"), DraftDropped(draft=draft.id)), back(DeskShown())],
    ]


def _closing_rows(draft: OneChoice, now: datetime) -> list[list[InlineKeyboardButton]]:
    rows = []
    for days in CLOSING_DAYS:
        label = ngettext("{days} day", "{days} days", days).format(days=days)
        text = f"{label} · {moment(closing_after(days, now))}"
        rows.append([button(text, ClosingChosen(draft=draft.id, days=days))])
    return rows


def _hint(step: Step, draft: OneChoice) -> str:
    if step in {Step.QUESTION_KK, Step.QUESTION_RU}:
        return _("At most {limit} characters. Ask about one thing.").format(limit=QUESTION_LENGTH)
    if step is Step.OPTIONS_KK:
        return _("From {fewest} to {most} answers, each of at most {limit} characters.").format(
            fewest=FEWEST_OPTIONS, most=MOST_PLAIN, limit=OPTION_LENGTH
        )
    if step is Step.OPTIONS_RU:
        return (
            _("In Kazakh there are {number}:").format(number=len(draft.options_kk))
            + f"\n{_numbered(draft.options_kk)}"
        )
    return _("Choose below, or write the date and the time like this: 25.11 18:00")


def _said(step: Step, draft: OneChoice) -> str:
    said = {
        Step.QUESTION_KK: draft.question_kk,
        Step.QUESTION_RU: draft.question_ru,
        Step.OPTIONS_KK: "\n".join(draft.options_kk),
        Step.OPTIONS_RU: "\n".join(draft.options_ru),
        Step.CLOSING: moment(draft.closes_at) if draft.closes_at else "",
    }
    return said[step]


def _numbered(texts: Sequence[str]) -> str:
    return "\n".join(f"{place}. {escape(text)}" for place, text in enumerate(texts, start=1))
