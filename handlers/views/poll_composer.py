"""What the operator sees while composing a poll: what each step asks, and the whole poll."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard
from handlers.operator.desk_callbacks import DeskShown
from handlers.operator.poll_composer.audience_callbacks import PoliticalShown
from handlers.operator.poll_composer.callbacks import (
    ClosingChosen,
    DraftDropped,
    KindChosen,
    PartOpened,
    PollLaunched,
    PollSet,
    PollSetting,
    Previewed,
    QuestionSet,
    SampleFileSent,
    Setting,
    Step,
    SurveyWanted,
    TopicChosen,
)
from handlers.operator.poll_composer.composition import Composition
from handlers.operator.poll_composer.ways_out import way_back, way_out
from handlers.screen import Screen
from handlers.text import N_, _, ngettext
from handlers.views.poll_audience import expected_lines
from handlers.views.poll_composer_parts import KINDS, TOPICS, brief, numbered, sides
from handlers.views.poll_passport import SUBJECTS, passport_lines
from handlers.views.poll_result import audience
from handlers.views.poll_text import moment
from services.delivery.target import EVERYBODY
from services.language import Language
from services.polls.checking import faults
from services.polls.composing import (
    CLOSING_DAYS,
    FEWEST_OPTIONS,
    MOST_PLAIN,
    OPTION_LENGTH,
    QUESTION_LENGTH,
    closing_after,
)
from services.polls.draft import PollDraft
from services.polls.expected import Expected
from services.polls.launching import hash_of
from services.polls.model import (
    MOST_RANKED,
    OptionRole,
    Passport,
    Poll,
    PollKind,
    Question,
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


def check_screen(composition: Composition, expected: Expected, problem: str = "") -> Screen:
    """Return the whole poll with a way to change each part, and the launch."""
    draft = composition.draft
    if draft.target is None or draft.closes_at is None:
        raise ValueError("only a complete draft is checked")
    asked = _in_full(draft.questions[0]) if not composition.survey else _in_brief(draft)
    found = faults(draft.questions)
    blocks = [
        f"⚠️ {problem}" if problem else "",
        _("<b>Check the poll</b>"),
        *asked,
        "\n".join(
            (
                _("Whom to ask: {audience}").format(audience=escape(audience(as_poll(draft)))),
                *expected_lines(expected, draft.sample),
                _("Closes: {moment}").format(moment=moment(draft.closes_at)),
                *_more_lines(draft),
            )
        ),
        _("⚠️ There are mistakes in the questions. They are marked; open and correct them.")
        if found
        else _(
            "After the launch nothing can be changed. Nobody sees the counts before closing, you "
            "included."
        ),
    ]
    rows = _check_rows(composition, launchable=not found)
    return Screen("\n\n".join(block for block in blocks if block), keyboard(*rows))


def passport_screen(composition: Composition, _problem: str = "") -> Screen:
    """Return what cannot change after the launch, and is told with every result."""
    draft = composition.draft
    lines = [
        _("<b>📄 Passport of the poll</b>"),
        _("This is fixed by the launch and told with every result."),
        "\n".join(passport_lines(as_poll(draft))),
    ]
    return Screen("\n\n".join(lines), keyboard([way_back(composition)]))


def as_poll(draft: PollDraft) -> Poll:
    """Return the draft as the poll it would become."""
    title_kk, title_ru = draft.title
    if draft.closes_at is None:
        raise ValueError("only a complete draft is a poll")
    return Poll(
        id=0,
        title_kk=title_kk,
        title_ru=title_ru,
        questions=draft.questions,
        target=draft.target or EVERYBODY,
        launched_at=draft.closes_at,
        closes_at=draft.closes_at,
        passport=Passport(
            topic_class=draft.topic_class,
            kind=draft.kind,
            wording_hash=hash_of(draft.questions),
            legal=draft.legal,
            sample=None if draft.sample is None else {"size": draft.sample},
            quotas=draft.quotas,
        ),
        photo=draft.photo,
    )


def _in_full(question: Question) -> list[str]:
    if question.scale is not None or not question.options:
        return [sides(question)]
    return [
        f"Қазақша\n<b>{escape(question.text_kk)}</b>\n"
        + numbered([option.text_kk for option in question.options]),
        f"Русский\n<b>{escape(question.text_ru)}</b>\n"
        + numbered([option.text_ru for option in question.options]),
    ]


def _in_brief(draft: PollDraft) -> list[str]:
    title = f"<b>{escape(draft.title_kk)}</b>\n<b>{escape(draft.title_ru)}</b>"
    return [title, brief(draft.questions)]


def _more_lines(draft: PollDraft) -> list[str]:
    lines = []
    if draft.topic_class in SUBJECTS:
        lines.append(_("Subject: {topic}").format(topic=_(SUBJECTS[draft.topic_class])))
    if draft.kind is PollKind.NAMED:
        lines.append(_("⚠️ With names: everybody is warned before answering."))
    if draft.two_keys:
        lines.append(_("🔑 Two people’s passphrases are needed to count."))
    if draft.photo is not None:
        lines.append(_("🖼 With a picture"))
    return lines


def _check_rows(composition: Composition, *, launchable: bool) -> list[list[InlineKeyboardButton]]:
    draft = composition.draft
    languages = [
        button("👁 Қазақша", Previewed(draft=draft.id, language=Language.KAZAKH)),
        button("👁 Русский", Previewed(draft=draft.id, language=Language.RUSSIAN)),
    ]
    launch = button(_("🚀 Launch the poll"), PollLaunched(draft=draft.id, version=draft.version))
    return [
        languages,
        *(_survey_rows(draft) if composition.survey else _plain_rows(draft)),
        [
            _part(draft, _("👥 Whom to ask"), Step.AUDIENCE),
            _part(draft, _("⏳ Closing time"), Step.CLOSING),
        ],
        [
            _part(draft, _("⚙️ More settings"), Step.MORE),
            _part(draft, _("📄 Passport"), Step.PASSPORT),
        ],
        [launch] if launchable else [],
        [button(_("🗑 Delete the draft"), DraftDropped(draft=draft.id)), back(DeskShown())],
    ]


def _plain_rows(draft: PollDraft) -> list[list[InlineKeyboardButton]]:
    question = draft.questions[0]
    parts = [(Step.QUESTION_KK, _("✏️ Question, Kazakh"))]
    parts.append((Step.QUESTION_RU, _("✏️ Question, Russian")))
    if plain_of(question):
        parts.append((Step.OPTIONS_KK, _("✏️ Answers, Kazakh")))
        parts.append((Step.OPTIONS_RU, _("✏️ Answers, Russian")))
    rows = in_rows([_part(draft, label, step, question.code) for step, label in parts], 2)
    if question.type is QuestionType.SINGLE:
        difficult = any(one.role is OptionRole.DIFFICULT for one in question.options)
        label = _("➖ Without “difficult to answer”")
        if not difficult:
            label = _("➕ With “difficult to answer”")
        setting = QuestionSet(
            draft=draft.id, code=question.code, setting=Setting.DIFFICULT, value=not difficult
        )
        rows.append([button(label, setting)])
    more = [
        _part(draft, _("🛠 More about the answers"), Step.CARD, question.code),
        _part(draft, _("➕ Add a question"), Step.KIND),
    ]
    return [*rows, more]


def _survey_rows(draft: PollDraft) -> list[list[InlineKeyboardButton]]:
    return [
        [_part(draft, _("📋 Questions"), Step.LIST)],
        [
            _part(draft, _("✏️ Title, Kazakh"), Step.TITLE_KK),
            _part(draft, _("✏️ Title, Russian"), Step.TITLE_RU),
        ],
    ]


def _part(draft: PollDraft, label: str, step: Step, code: str = "") -> InlineKeyboardButton:
    return button(label, PartOpened(draft=draft.id, step=step, code=code))


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
            _part(draft, _("🔢 Another kind"), Step.KIND),
        ],
        *_file_rows(draft),
    ]


def _file_rows(draft: PollDraft) -> list[list[InlineKeyboardButton]]:
    return [
        [
            _part(draft, _("📥 From a file"), Step.FILE),
            _part(draft, _("🗐 Copy a poll"), Step.COPY),
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
