"""The whole poll as its author checks it before the launch."""

from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard
from handlers.operator.desk_callbacks import DeskShown
from handlers.operator.poll_composer.callbacks import (
    DraftDropped,
    PollLaunched,
    Previewed,
    QuestionSet,
    Setting,
    Step,
)
from handlers.operator.poll_composer.composition import Composition
from handlers.operator.poll_composer.ways_out import way_back
from handlers.screen import Screen
from handlers.text import _
from handlers.views.poll_audience import expected_lines
from handlers.views.poll_composer_parts import brief, numbered, part_button, sides
from handlers.views.poll_passport import SUBJECTS, passport_lines
from handlers.views.poll_result import audience
from handlers.views.poll_text import moment
from services.delivery.target import EVERYBODY
from services.language import Language
from services.polls.checking import faults
from services.polls.draft import PollDraft
from services.polls.expected import Expected
from services.polls.launching import hash_of
from services.polls.model import (
    OptionRole,
    Passport,
    Poll,
    PollKind,
    Question,
    QuestionType,
)
from services.polls.shaping import plain_of


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
            verified=draft.verified,
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
    if draft.verified:
        lines.append(_("📱 Only people with a confirmed phone number answer."))
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
            part_button(draft, _("👥 Whom to ask"), Step.AUDIENCE),
            part_button(draft, _("⏳ Closing time"), Step.CLOSING),
        ],
        [
            part_button(draft, _("⚙️ More settings"), Step.MORE),
            part_button(draft, _("📄 Passport"), Step.PASSPORT),
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
    rows = in_rows([part_button(draft, label, step, question.code) for step, label in parts], 2)
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
        part_button(draft, _("🛠 More about the answers"), Step.CARD, question.code),
        part_button(draft, _("➕ Add a question"), Step.KIND),
    ]
    return [*rows, more]


def _survey_rows(draft: PollDraft) -> list[list[InlineKeyboardButton]]:
    return [
        [part_button(draft, _("📋 Questions"), Step.LIST)],
        [
            part_button(draft, _("✏️ Title, Kazakh"), Step.TITLE_KK),
            part_button(draft, _("✏️ Title, Russian"), Step.TITLE_RU),
        ],
    ]
