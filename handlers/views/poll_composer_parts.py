"""Words and lines that several of the composer's screens share."""

from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType

from aiogram.types import InlineKeyboardButton

from handlers.buttons import button
from handlers.operator.poll_composer.callbacks import Kind, PartOpened, Step
from handlers.text import N_, _
from services.polls.checking import faults
from services.polls.draft import PollDraft
from services.polls.model import Question, QuestionType, Scale
from services.text.length import shortened

KINDS = {
    Kind.SINGLE: N_("🔘 One answer"),
    Kind.MULTIPLE: N_("☑️ Several answers"),
    Kind.SCALE5: N_("⭐ A mark 1–5"),
    Kind.SCALE10: N_("🌡 A mark 0–10"),
    Kind.RANKING: N_("🏅 Put in order"),
    Kind.NUMBER: N_("🔢 A number"),
    Kind.TEXT: N_("✍️ Own words"),
    Kind.PHOTO: N_("📷 A photo"),
}
TOPICS = {
    "social": N_("Social questions"),
    "roadmap": N_("The Road Map"),
    "local": N_("Local matters"),
    "party_life": N_("Life of the party"),
}
# Twelve questions in both languages fit one message of 4,096 characters.
_TEXT = 90


def kind_of(question: Question) -> Kind:
    """Return what the composer calls this question."""
    if question.type is QuestionType.SCALE:
        high = 0 if question.scale is None else question.scale.high
        return Kind.SCALE10 if high > 5 else Kind.SCALE5  # noqa: PLR2004  # 1–5 or 0–10
    return Kind(question.type.value)


def kind_name(question: Question) -> str:
    """Return the same in words."""
    return _(KINDS[kind_of(question)])


def brief(questions: Sequence[Question]) -> str:
    """Return all questions in both languages side by side, shortened; faulty ones marked."""
    faulty = {fault.position for fault in faults(questions)}
    return "\n\n".join(_line(one, faulty=one.position in faulty) for one in questions)


def sides(question: Question, ways: Mapping[int, str] = MappingProxyType({})) -> str:
    """Return one question in both languages side by side, in full; `ways` by option."""
    lines = [f"<b>{escape(question.text_kk)}</b>", f"<b>{escape(question.text_ru)}</b>"]
    if question.scale is not None:
        lines += _ends(question.scale)
    for option in question.options:
        way = ways.get(option.position) if question.scale is None else None
        place = "–" if question.scale is not None else f"{option.position + 1}."
        lines.append(
            f"{place} {escape(option.text_kk)} · {escape(option.text_ru)}"
            + (f" → {way}" if way else "")
        )
    return "\n".join(lines)


def part_button(draft: PollDraft, label: str, step: Step, code: str = "") -> InlineKeyboardButton:
    """Return a button to a step of this draft."""
    return button(label, PartOpened(draft=draft.id, step=step, code=code))


def numbered(texts: Sequence[str]) -> str:
    """Return the texts on lines, numbered from 1."""
    return "\n".join(f"{place}. {escape(text)}" for place, text in enumerate(texts, start=1))


def _line(question: Question, *, faulty: bool) -> str:
    mark = "⚠️ " if faulty else ""
    kk, ru = (shortened(text, _TEXT) for text in (question.text_kk, question.text_ru))
    sign = kind_name(question).split(" ")[0]
    return f"{mark}{question.position + 1}. {sign} {escape(kk)}\n{escape(ru)}"


def _ends(scale: Scale) -> list[str]:
    return [
        f"{scale.low} – {escape(scale.low_kk)} · {escape(scale.low_ru)}",
        f"{scale.high} – {escape(scale.high_kk)} · {escape(scale.high_ru)}",
    ]
