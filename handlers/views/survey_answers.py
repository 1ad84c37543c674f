"""An answer in words, for the eyes of whoever gives it."""

from handlers.text import _, current_language
from services.polls.model import Answer, OptionRole, Question, QuestionType


def in_words(question: Question, answer: Answer | None) -> str:
    """Return the answer as a line in the current language, not escaped."""
    if answer is None or answer.skipped:
        return _("skipped")
    if answer.value is not None:
        return str(answer.value)
    if answer.number is not None:
        return str(answer.number)
    if answer.chosen:
        return _chosen(question, answer)
    return _("a photo") if question.type is QuestionType.PHOTO else answer.text


def _chosen(question: Question, answer: Answer) -> str:
    language = current_language()
    options = {option.position: option for option in question.options}
    names = []
    for place, position in enumerate(answer.chosen, 1):
        option = options[position]
        name = option.text(language)
        if option.role is OptionRole.OTHER and answer.text:
            name = f"{name}: {answer.text}"
        ranked = question.type is QuestionType.RANKING and not option.exclusive
        names.append(f"{place}) {name}" if ranked else name)
    return "; ".join(names)
