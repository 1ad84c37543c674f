"""One question as its author sees it: all that is set, and a way to change each part."""

from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard
from handlers.operator.poll_composer.callbacks import (
    PartOpened,
    QuestionDropped,
    QuestionMoved,
    QuestionSet,
    Setting,
    Step,
    WayOpened,
    WaySet,
)
from handlers.operator.poll_composer.composition import Composition
from handlers.operator.poll_composer.ways_out import way_back
from handlers.screen import Screen
from handlers.text import N_, _, pick
from handlers.views.poll_composer_parts import kind_name, sides
from services.polls.checking import faults
from services.polls.model import END, OptionRole, Question, QuestionType
from services.polls.shaping import (
    CHOICES,
    ROLES,
    SKIPPING,
    TOP,
    leads_to,
    selectable,
    targets,
)
from services.text.length import shortened

Rows = list[list[InlineKeyboardButton]]
_BUTTON = 30
_ROLES = {
    OptionRole.OTHER: (Setting.OTHER, N_("“Other”")),
    OptionRole.NONE: (Setting.NONE, N_("“None of these”")),
    OptionRole.DIFFICULT: (Setting.DIFFICULT, N_("“Difficult to answer”")),
}


def card_screen(composition: Composition, question: Question, problem: str = "") -> Screen:
    """Return one question with all that is set about it."""
    questions = composition.draft.questions
    heading = _("Question {number} of {count}").format(
        number=question.position + 1, count=len(questions)
    )
    wrong = [
        _(fault.refusal.message).format(**fault.refusal.parameters)
        for fault in faults(questions)
        if fault.position == question.position
    ]
    blocks = [
        *(f"⚠️ {each}" for each in (problem, *wrong) if each),
        f"<b>{heading}</b> · {kind_name(question)}",
        _with_ways(composition, question),
        "\n".join(_facts(question)),
    ]
    text = "\n\n".join(block for block in blocks if block)
    return Screen(text, keyboard(*_rows(composition, question), [way_back(composition)]))


def ways_screen(composition: Composition, question: Question, _problem: str = "") -> Screen:
    """Return the answers of a question, each with where it leads."""
    led = targets(question)
    rows = []
    for value, label in _answers(question):
        way = _way(composition, led.get(value))
        opened = WayOpened(draft=composition.draft.id, code=question.code, option=value)
        rows.append([button(f"{shortened(label, _BUTTON)} → {way}", opened)])
    text = _(
        "<b>↪️ Where do the answers lead?</b>\n\nUsually to the next question. Press an answer "
        "after which some questions are to be left out."
    )
    return Screen(text, keyboard(*rows, [way_back(composition)]))


def way_screen(composition: Composition, question: Question, option: int) -> Screen:
    """Return the questions that one answer may lead to."""
    label = dict(_answers(question)).get(option, "")
    draft = composition.draft

    def led(text: str, target: str) -> list[InlineKeyboardButton]:
        data = WaySet(draft=draft.id, code=question.code, option=option, target=target)
        return [button(text, data)]

    rows = [led(_("To the next question"), "")]
    rows += [
        led(f"{one.position + 1}. {shortened(pick(one.text_kk, one.text_ru), _BUTTON)}", one.code)
        for one in draft.questions
        if one.position > question.position + 1
    ]
    rows.append(led(_("🏁 To the end of the survey"), END))
    text = _("Who answers “{answer}” goes on:").format(answer=escape(label))
    ways = PartOpened(draft=draft.id, step=Step.WAYS, code=question.code)
    return Screen(f"<b>{text}</b>", keyboard(*rows, [back(ways)]))


def _answers(question: Question) -> list[tuple[int, str]]:
    if question.scale is not None:
        scale = question.scale
        return [(value, str(value)) for value in range(scale.low, scale.high + 1)]
    return [(one.position, pick(one.text_kk, one.text_ru)) for one in question.options]


def _way(composition: Composition, target: str | None) -> str:
    if target is None:
        return "…"
    return leads_to(composition.draft.questions, target) or "🏁"


def _with_ways(composition: Composition, question: Question) -> str:
    ways = {v: _way(composition, to) for v, to in sorted(targets(question).items())}
    text = sides(question, ways)
    if question.scale is None or not ways:
        return text
    return text + "\n" + ", ".join(f"{value} → {way}" for value, way in ways.items())


def _facts(question: Question) -> list[str]:
    facts = []
    if question.type is QuestionType.MULTIPLE:
        told = _("To be chosen: from {least} to {most}")
        facts.append(told.format(least=question.least, most=question.most))
    if question.type is QuestionType.RANKING:
        facts.append(_("To be put in order: {number}").format(number=question.most))
    if question.type is QuestionType.NUMBER:
        told = _("Numbers from {least} to {most}")
        facts.append(told.format(least=question.least, most=question.most))
    if question.random:
        facts.append(_("🔀 Everybody meets the answers in another order"))
    if not question.required:
        facts.append(_("⏭ May be skipped"))
    if question.photo is not None:
        facts.append(_("🖼 With a picture"))
    return facts


def _rows(composition: Composition, question: Question) -> Rows:
    draft, code = composition.draft.id, question.code

    def part(label: str, step: Step) -> InlineKeyboardButton:
        return button(label, PartOpened(draft=draft, step=step, code=code))

    rows = [
        [
            part(_("✏️ Question, Kazakh"), Step.QUESTION_KK),
            part(_("✏️ Question, Russian"), Step.QUESTION_RU),
        ]
    ]
    if question.type in CHOICES:
        kk, ru = part(_("✏️ Answers, Kazakh"), Step.OPTIONS_KK), Step.OPTIONS_RU
        rows.append([kk, part(_("✏️ Answers, Russian"), ru)])
    if question.type is QuestionType.SCALE:
        kk, ru = part(_("✏️ Ends, Kazakh"), Step.ENDS_KK), Step.ENDS_RU
        rows.append([kk, part(_("✏️ Ends, Russian"), ru)])
    if question.type is QuestionType.NUMBER:
        rows.append([part(_("✏️ Smallest and largest"), Step.BOUNDS)])
    rows += _settings(draft, question)
    pictures = [part(_("🖼 Picture"), Step.PICTURE)]
    if question.type in SKIPPING and len(composition.draft.questions) > 1:
        pictures.append(part(_("↪️ Skips"), Step.WAYS))
    return [*rows, pictures, *_places(composition, question)]


def _settings(draft: str, question: Question) -> Rows:
    def switch(label: str, setting: Setting, *, on: bool) -> InlineKeyboardButton:
        data = QuestionSet(draft=draft, code=question.code, setting=setting, value=not on)
        return button(f"{'✅' if on else '▫️'} {label}", data)

    there = {one.role for one in question.options}
    switches = [
        switch(_(label), setting, on=role in there)
        for role, (setting, label) in _ROLES.items()
        if role in ROLES.get(question.type, ())
    ]
    if question.type in CHOICES:
        switches.append(switch(_("Random order"), Setting.RANDOM, on=question.random))
    optional = not question.required
    data = QuestionSet(
        draft=draft, code=question.code, setting=Setting.REQUIRED, value=int(optional)
    )
    label = _("May be skipped")
    switches.append(button(f"{'✅' if optional else '▫️'} {label}", data))
    return [*in_rows(switches, 2), *_numbers(draft, question)]


def _numbers(draft: str, question: Question) -> Rows:
    """Return how many answers are chosen, or put in order."""
    most = selectable(question)
    choices: list[int] = []
    if question.type is QuestionType.MULTIPLE:
        choices = list(range(1, most + 1))[:8]
    if question.type is QuestionType.RANKING and most > TOP:
        choices = [TOP, most]
    label = _("In order: {number}")
    if question.type is QuestionType.MULTIPLE:
        label = _("At most {number}")
    buttons = [
        button(
            f"·{number}·" if number == question.most else label.format(number=number),
            QuestionSet(draft=draft, code=question.code, setting=Setting.MOST, value=number),
        )
        for number in choices
    ]
    if question.type is not QuestionType.MULTIPLE:
        return in_rows(buttons, 2)
    return [*in_rows(buttons, 4), *in_rows(_least(draft, question), 4)]


def _least(draft: str, question: Question) -> list[InlineKeyboardButton]:
    """Return how many answers must be chosen, where more than one may be."""
    buttons = []
    for number in range(1, question.most + 1) if question.most > 1 else ():
        label = _("At least {number}").format(number=number)
        data = QuestionSet(draft=draft, code=question.code, setting=Setting.LEAST, value=number)
        buttons.append(button(f"·{label}·" if number == question.least else label, data))
    return buttons


def _places(composition: Composition, question: Question) -> Rows:
    draft, questions = composition.draft.id, composition.draft.questions
    if not composition.survey:
        return []

    def moved(label: str, position: int) -> list[InlineKeyboardButton]:
        if not 0 <= position < len(questions):
            return []
        return [button(label, QuestionMoved(draft=draft, code=question.code, position=position))]

    return [
        [
            *moved(_("⬆️ Up"), question.position - 1),
            *moved(_("⬇️ Down"), question.position + 1),
            button(_("🗑 Delete"), QuestionDropped(draft=draft, code=question.code)),
        ],
        [button(_("➕ Add a question"), PartOpened(draft=draft, step=Step.KIND))],
    ]
