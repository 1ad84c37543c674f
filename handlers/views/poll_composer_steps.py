"""What each step of composing a poll asks, with what was said before."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import button, in_rows, keyboard
from handlers.operator.poll_composer.audience_callbacks import PoliticalShown
from handlers.operator.poll_composer.callbacks import (
    ClosingChosen,
    KindChosen,
    PollSet,
    PollSetting,
    QuestionSet,
    SampleFileSent,
    Setting,
    Step,
    SurveyWanted,
    TopicChosen,
)
from handlers.operator.poll_composer.composition import Composition
from handlers.operator.poll_composer.ways_out import way_out
from handlers.screen import Screen
from handlers.text import N_, _, ngettext
from handlers.views.poll_composer_parts import KINDS, TOPICS, numbered, part_button
from handlers.views.poll_text import moment
from services.polls.composing import (
    CLOSING_DAYS,
    FEWEST_OPTIONS,
    MOST_PLAIN,
    OPTION_LENGTH,
    QUESTION_LENGTH,
    closing_after,
)
from services.polls.draft import PollDraft
from services.polls.model import (
    MOST_RANKED,
    QuestionType,
)
from services.polls.shaping import plain_of

_QUESTIONS = {
    Step.QUESTION_KK: N_("Write the question in Kazakh."),
    Step.QUESTION_RU: N_("Write the same question in Russian."),
    Step.OPTIONS_KK: N_("Write the answers in Kazakh, each on its own line."),
    Step.OPTIONS_RU: N_("Write the same answers in Russian, in the same order."),
    Step.ENDS_KK: N_("What do the ends of the scale mean? Write two lines in Kazakh."),
    Step.ENDS_RU: N_("Write the same two lines in Russian."),
    Step.BOUNDS: N_("Which numbers may be answered?"),
    Step.PICTURE: N_("Send a picture to stand above this question."),
    Step.COVER: N_("Send a picture to stand above the invitation."),
    Step.TITLE_KK: N_("What is the survey called? Write its title in Kazakh."),
    Step.TITLE_RU: N_("Write the same title in Russian."),
    Step.KIND: N_("How is the question to be answered?"),
    Step.FILE: N_("Send one file with all the questions."),
    Step.TOPIC: N_("What is the poll about?"),
    Step.CLOSING: N_("Until when are answers accepted?"),
}


def step_screen(composition: Composition, now: datetime, problem: str = "") -> Screen:
    """Return what a step asks, with what was said before; the problem stands above."""
    step = composition.step
    blocks = [f"⚠️ {problem}" if problem else "", f"<b>{_(_QUESTIONS[step])}</b>"]
    blocks.append(_hint(composition))
    if said := _said(composition):
        blocks.append(_("Now it says:") + f"\n<blockquote>{escape(said)}</blockquote>")
    text = "\n\n".join(block for block in blocks if block)
    return Screen(text, keyboard(*_rows(composition, now), way_out(composition)))


def _rows(  # noqa: PLR0911  # one a step
    composition: Composition, now: datetime
) -> list[list[InlineKeyboardButton]]:
    draft, question = composition.draft, composition.question
    match composition.step:
        case Step.QUESTION_KK if question is not None and not composition.survey:
            return _first_rows(draft) if not question.text_kk else []
        case Step.KIND:
            kinds = [(kind, label) for kind, label in KINDS.items()]
            return in_rows(
                [
                    button(_(label), KindChosen(draft=draft.id, version=draft.version, kind=kind))
                    for kind, label in kinds
                ],
                2,
            )
        case Step.TITLE_KK if not draft.questions:
            return _file_rows(draft)
        case Step.FILE:
            return [[button(_("📄 Get a sample file"), SampleFileSent(draft=draft.id))]]
        case Step.TOPIC:
            return [
                [button(_(label), TopicChosen(draft=draft.id, topic=topic))]
                for topic, label in TOPICS.items()
            ] + [[button(_("🗳 About elections"), PoliticalShown(draft=draft.id))]]
        case Step.CLOSING:
            return [_closing(draft, days, now) for days in CLOSING_DAYS]
        case Step.COVER if draft.photo is not None:
            setting = PollSet(draft=draft.id, setting=PollSetting.COVER, value=0)
            return [[button(_("🗑 Without a picture"), setting)]]
        case Step.PICTURE if question is not None and question.photo is not None:
            without = QuestionSet(
                draft=draft.id, code=question.code, setting=Setting.PICTURE, value=0
            )
            return [[button(_("🗑 Without a picture"), without)]]
    return []


def _first_rows(draft: PollDraft) -> list[list[InlineKeyboardButton]]:
    """Return the other ways to begin; the usual one is to write at once."""
    return [
        [
            button(_("📝 Several questions"), SurveyWanted(draft=draft.id)),
            part_button(draft, _("🔢 Another kind"), Step.KIND),
        ],
        *_file_rows(draft),
    ]


def _file_rows(draft: PollDraft) -> list[list[InlineKeyboardButton]]:
    return [
        [
            part_button(draft, _("📥 From a file"), Step.FILE),
            part_button(draft, _("📑 Copy a poll"), Step.COPY),
        ]
    ]


def _closing(draft: PollDraft, days: int, now: datetime) -> list[InlineKeyboardButton]:
    label = ngettext("{days} day", "{days} days", days).format(days=days)
    text = f"{label} · {moment(closing_after(days, now))}"
    return [button(text, ClosingChosen(draft=draft.id, days=days))]


def _hint(composition: Composition) -> str:  # noqa: PLR0911  # one a step
    question = composition.question
    match composition.step:
        case Step.QUESTION_KK | Step.QUESTION_RU:
            return _("At most {limit} characters. Ask about one thing.").format(
                limit=QUESTION_LENGTH
            ) + _other_side(composition)
        case Step.OPTIONS_KK if question is not None:
            most = MOST_RANKED if question.type is QuestionType.RANKING else MOST_PLAIN
            told = _("From {fewest} to {most} answers, each of at most {limit} characters.")
            return told.format(fewest=FEWEST_OPTIONS, most=most, limit=OPTION_LENGTH)
        case Step.OPTIONS_RU if question is not None:
            texts = [one.text_kk for one in plain_of(question)]
            told = _("In Kazakh there are {number}:").format(number=len(texts))
            return f"{told}\n{numbered(texts)}"
        case Step.ENDS_KK | Step.ENDS_RU if question is not None and question.scale is not None:
            scale = question.scale
            told = _("First what {low} means, then what {high} means, each on its own line.")
            return told.format(low=scale.low, high=scale.high) + _other_side(composition)
        case Step.TITLE_RU:
            return f"<blockquote>{escape(composition.draft.title_kk)}</blockquote>"
        case Step.CLOSING:
            return _("Choose below, or write the date and the time like this: 25.11 18:00")
    return _(_HINTS[composition.step]) if composition.step in _HINTS else ""


_HINTS = {
    Step.BOUNDS: N_("Write the smallest and the largest number, like this: 0 120"),
    Step.TITLE_KK: N_("A title of a few words. The questions come next, from 1 to 12 of them."),
    Step.TOPIC: N_(
        "The law treats polls about elections, candidates, ratings of parties and referendums "
        "in a special way, so this must be said of every poll."
    ),
    Step.FILE: N_(
        "An XLSX table or a YAML file. The simplest way: get the sample, write over it, and send "
        "it back here. Questions that are in this draft now are replaced."
    ),
}


def _other_side(composition: Composition) -> str:
    """Return the Kazakh words under the request for the Russian ones."""
    question = composition.question
    if question is None:
        return ""
    kk = ""
    if composition.step is Step.QUESTION_RU:
        kk = question.text_kk
    elif composition.step is Step.ENDS_RU and question.scale is not None:
        kk = f"{question.scale.low_kk}\n{question.scale.high_kk}"
    return f"\n<blockquote>{escape(kk)}</blockquote>" if kk else ""


def _said(composition: Composition) -> str:
    draft, question = composition.draft, composition.question
    poll = {
        Step.TITLE_KK: draft.title_kk,
        Step.TITLE_RU: draft.title_ru,
        Step.CLOSING: moment(draft.closes_at) if draft.closes_at else "",
    }
    if question is None:
        return poll.get(composition.step, "")
    said: dict[Step, str | Sequence[str]] = {
        Step.QUESTION_KK: question.text_kk,
        Step.QUESTION_RU: question.text_ru,
        Step.OPTIONS_KK: "\n".join(one.text_kk for one in plain_of(question)),
        Step.OPTIONS_RU: "\n".join(one.text_ru for one in plain_of(question)),
    }
    if question.type is QuestionType.NUMBER and question.least < question.most:
        said[Step.BOUNDS] = f"{question.least} {question.most}"
    if (scale := question.scale) is not None:
        said[Step.ENDS_KK] = f"{scale.low_kk}\n{scale.high_kk}"
        said[Step.ENDS_RU] = f"{scale.low_ru}\n{scale.high_ru}"
    return str(said.get(composition.step, "")).strip()
