"""One question of a survey: its words, a hint how to answer, and its buttons by type."""

from collections.abc import Callable
from html import escape

from aiogram.filters.callback_data import CallbackData

from handlers.text import _, current_language, pick
from handlers.views.survey_answers import in_words
from handlers.views.survey_callbacks import (
    SurveyChosen,
    SurveyPassed,
    SurveyRanked,
    SurveyRated,
    SurveySkipped,
    SurveyUnranked,
)
from services.polls.answering import Filling
from services.polls.answers import answered, told_other
from services.polls.model import (
    LONGEST_OTHER,
    LONGEST_TEXT,
    Answer,
    Option,
    Question,
    QuestionType,
    Scale,
)
from services.text.length import shortened

# What a button says, and what it sends.
Label = tuple[str, CallbackData]
Rows = list[list[Label]]
# A phone shows about so much of a button; longer options stand in the message in full.
_BUTTON = 30
_SCALE_ROW = 6
_TYPED = {QuestionType.NUMBER, QuestionType.TEXT, QuestionType.PHOTO}


def question_text(filling: Filling, question: Question, answer: Answer | None) -> str:
    """Return the question, long options in full, how to answer, and what was typed before."""
    blocks = [f"<b>{escape(question.text(current_language()))}</b>"]
    options = filling.options(question)
    if question.scale is not None:
        blocks.append(_ends(question.scale))
    elif _listed(options):
        lines = (f"{number}. {escape(_name(each))}" for number, each in enumerate(options, 1))
        blocks.append("\n".join(lines))
    if question.type is QuestionType.RANKING and answer is not None and answer.chosen:
        blocks.append(_so_far(question, answer))
    blocks += [f"<i>{hint}</i>" for hint in _hints(question, answer)]
    words = _typed(question, answer)
    if words:
        blocks.append(_("Your answer now: {answer}").format(answer=f"<b>{escape(words)}</b>"))
    return "\n\n".join(blocks)


def answer_buttons(filling: Filling, question: Question, answer: Answer | None) -> Rows:
    """Return the options, then undo, done, and skip where they apply."""
    rows = _OPTIONS.get(question.type, _none)(filling, question, answer)
    poll, position = filling.poll.id, question.position
    if answered(question, answer):
        several = question.type in {QuestionType.MULTIPLE, QuestionType.RANKING}
        label = _("✅ That is all") if several else _("Next ›")
        rows.append([(label, SurveyPassed(poll=poll, question=position))])
    if not question.required:
        rows.append([(_("Skip ›"), SurveySkipped(poll=poll, question=position))])
    return rows


def _typed(question: Question, answer: Answer | None) -> str:
    """Return what was written or sent before; buttons show for themselves what was pressed."""
    if answer is None:
        return ""
    return in_words(question, answer) if question.type in _TYPED else answer.text


def _single(filling: Filling, question: Question, answer: Answer | None) -> Rows:
    chosen = answer.chosen if answer is not None else ()
    options = filling.options(question)
    return [
        [(_marked(label, option.position in chosen), _choice(filling, question, option))]
        for option, label in _labelled(options)
    ]


def _multiple(filling: Filling, question: Question, answer: Answer | None) -> Rows:
    chosen = answer.chosen if answer is not None else ()
    rows: Rows = []
    for option, label in _labelled(filling.options(question)):
        marked = option.position in chosen
        if option.exclusive:
            rows.append([(_marked(label, marked), _choice(filling, question, option))])
            continue
        data = _choice(filling, question, option, on=not marked)
        rows.append([(f"{'✅' if marked else '▫️'} {label}", data)])
    return rows


def _scale(filling: Filling, question: Question, answer: Answer | None) -> Rows:
    scale = question.scale
    if scale is None:
        return []
    chosen = answer.value if answer is not None else None
    values: list[Label] = [
        (
            f"·{value}·" if value == chosen else str(value),
            SurveyRated(poll=filling.poll.id, question=question.position, value=value),
        )
        for value in range(scale.low, scale.high + 1)
    ]
    rows = [values[start : start + _SCALE_ROW] for start in range(0, len(values), _SCALE_ROW)]
    return rows + _single(filling, question, answer)


def _ranking(filling: Filling, question: Question, answer: Answer | None) -> Rows:
    poll, position = filling.poll.id, question.position
    options = filling.options(question)
    exclusive = [option.position for option in options if option.exclusive]
    chosen = answer.chosen if answer is not None else ()
    ranked = [each for each in chosen if each not in exclusive]
    rows: Rows = []
    for option, label in _labelled(options):
        if option.exclusive:
            marked = option.position in chosen
            rows.append([(_marked(label, marked), _choice(filling, question, option))])
        elif option.position not in ranked and len(ranked) < question.most:
            data = SurveyRanked(
                poll=poll, question=position, option=option.position, place=len(ranked)
            )
            rows.append([(label, data)])
    if ranked:
        undo = SurveyUnranked(poll=poll, question=position, places=len(ranked) - 1)
        rows.append([(_("↩️ Undo the last"), undo)])
    return rows


def _none(_filling: Filling, _question: Question, _answer: Answer | None) -> Rows:
    return []


_OPTIONS: dict[QuestionType, Callable[[Filling, Question, Answer | None], Rows]] = {
    QuestionType.SINGLE: _single,
    QuestionType.MULTIPLE: _multiple,
    QuestionType.SCALE: _scale,
    QuestionType.RANKING: _ranking,
}


def _choice(
    filling: Filling, question: Question, option: Option, *, on: bool = True
) -> SurveyChosen:
    return SurveyChosen(
        poll=filling.poll.id, question=question.position, option=option.position, on=on
    )


def _marked(label: str, marked: bool) -> str:  # noqa: FBT001  # reads well at its calls
    return f"🔘 {label}" if marked else label


def _labelled(options: tuple[Option, ...]) -> list[tuple[Option, str]]:
    """Return options with what their buttons say, numbered where they stand in the text."""
    if not _listed(options):
        return [(option, _name(option)) for option in options]
    return [
        (option, shortened(f"{number}. {_name(option)}", _BUTTON + 4))
        for number, option in enumerate(options, 1)
    ]


def _listed(options: tuple[Option, ...]) -> bool:
    return any(len(_name(option)) > _BUTTON for option in options)


def _name(option: Option) -> str:
    return option.text(current_language())


def _ends(scale: Scale) -> str:
    low, high = pick(scale.low_kk, scale.low_ru), pick(scale.high_kk, scale.high_ru)
    return f"{scale.low} – {escape(low)}\n{scale.high} – {escape(high)}"


def _so_far(question: Question, answer: Answer) -> str:
    names = {option.position: _name(option) for option in question.options}
    lines = (
        f"{place}) <b>{escape(names[each])}</b>" for place, each in enumerate(answer.chosen, 1)
    )
    return "\n".join(lines)


def _hints(question: Question, answer: Answer | None) -> list[str]:
    hints = _HINTS[question.type](question)
    own = told_other(question, answer) and not (answer is not None and answer.text)
    if own:
        hints.append(
            _("✍️ Write your own answer in a message, at most {limit} characters.").format(
                limit=LONGEST_OTHER
            )
        )
    if question.type in {QuestionType.TEXT, QuestionType.PHOTO} or own:
        hints.append(_("What you send stays in this chat until you delete it."))
    return hints


def _hint_of_multiple(question: Question) -> list[str]:
    several = _("Press all that fit, then «That is all».")
    if question.least == question.most:
        bounds = _("Choose exactly: {number}").format(number=question.most)
    elif question.least > 1:
        bounds = _("Choose from {least} to {most}.").format(
            least=question.least, most=question.most
        )
    else:
        bounds = _("Choose at most: {number}").format(number=question.most)
    return [f"{several} {bounds}"]


def _hint_of_ranking(question: Question) -> list[str]:
    order = _("Press in order: first what matters most to you.")
    plain = sum(not option.exclusive for option in question.options)
    if question.least >= plain:
        return [order]
    return [order + " " + _("Put in order at least: {number}").format(number=question.least)]


def _hint_of_number(question: Question) -> list[str]:
    hint = _("Please write a whole number from {least} to {most}.")
    return [hint.format(least=question.least, most=question.most)]


def _hint_of_text(_question: Question) -> list[str]:
    hint = _("✍️ Write the answer in a message, at most {limit} characters.")
    return [hint.format(limit=LONGEST_TEXT)]


def _hint_of_photo(_question: Question) -> list[str]:
    return [_("📷 Send one photo.")]


def _no_hint(_question: Question) -> list[str]:
    return []


_HINTS: dict[QuestionType, Callable[[Question], list[str]]] = {
    QuestionType.SINGLE: _no_hint,
    QuestionType.MULTIPLE: _hint_of_multiple,
    QuestionType.SCALE: _no_hint,
    QuestionType.RANKING: _hint_of_ranking,
    QuestionType.NUMBER: _hint_of_number,
    QuestionType.TEXT: _hint_of_text,
    QuestionType.PHOTO: _hint_of_photo,
}
