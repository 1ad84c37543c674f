"""What a final answer lacks: a doubt, never a prohibition.

An answer shall say what was found or done (fact), name a day or a time (date), and tell what
comes next, what the citizen can do, or that the work is finished (next step). It shall not be a
template: no blank «…» left, and at least three words of the author's own.

- Fact: a verb or participle of a deed done (services.appeals.answer_signs), or a number that is no
  date, no number of a document or an article, and no telephone.
- Date: whatever services.text.dates finds.
- Next step: a verb of the future, an invitation («хабарласыңыз», «обратитесь»), or a word that
  says that the work is finished.
- Formulas such as «өтінішіңіз қаралды» and «обращение рассмотрено» are neither.

The rules are simple and sometimes wrong, so the author may send in spite of them with a reason.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from services.appeals.answer_signs import SIGNS
from services.appeals.spoken import looks_like
from services.language import Language
from services.text.dates import find_dates
from services.text.fold import fold

# A promise farther away than this is a slip of the pen.
FARTHEST = 730  # days
_OWN_WORDS = 3
_PROMISES = 3

_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W_]+")
_BLANK = re.compile(r"«\s*(?:…|\.{2,}|_+)?\s*»|_{3,}|\[\s*(?:…|\.{2,})?\s*\]")
_NO_FACT = re.compile(
    r"\d\d-\d{6,}-\d"  # the number of an appeal
    r"|\+?\d[\d\s()-]{8,}\d"  # a telephone
    r"|(?:no|№)\s*[\w/-]+"
    r"|\b(?:ст|статья|статьи|п|пункт|бап)\.?\s*\d+"
    r"|\d+[\s-]*(?:бап|тармак|стать)\w*"
)
_NUMBER = re.compile(r"\d")


class Doubt(StrEnum):
    """What is wrong with an answer."""

    BLANKS = "blanks"
    TEMPLATE = "template"
    NO_FACT = "no_fact"
    NO_DATE = "no_date"
    NO_NEXT_STEP = "no_next_step"


def doubts(
    text: str, language: Language, today: date, templates: Iterable[str] = ()
) -> tuple[Doubt, ...]:
    """Return what the answer to an appeal in this language lacks; templates: all of their texts.

    An answer that is clearly in the other language is read by the rules of that one.
    """
    signs = SIGNS[looks_like(text) or language]
    dates = find_dates(text, today)
    words = _WORD.findall(dates.rest)
    numbers = _NUMBER.search(_NO_FACT.sub(" ", dates.rest)) is not None
    found = {
        Doubt.BLANKS: _BLANK.search(text) is not None,
        Doubt.TEMPLATE: any(_is_bare(text, template) for template in templates),
        Doubt.NO_FACT: not numbers and not signs.facts(words),
        Doubt.NO_DATE: not dates.days and not dates.vague,
        Doubt.NO_NEXT_STEP: not signs.next_steps(words),
    }
    return tuple(doubt for doubt, doubtful in found.items() if doubtful)


def promised_days(text: str, language: Language, today: date) -> tuple[date, ...]:
    """Return the days up to which an answer of today seems to promise something.

    At most three, the nearest first; today also stands for a promise at a vague time. () where
    nothing is promised: no word of the future, or no time from today on.
    """
    dates = find_dates(text, today)
    if not SIGNS[looks_like(text) or language].promises(_WORD.findall(dates.rest)):
        return ()
    coming = tuple(day for day in dates.days if 0 <= (day - today).days <= FARTHEST)
    return coming[:_PROMISES] or ((today,) if dates.vague else ())


def _is_bare(text: str, template: str) -> bool:
    """Tell whether the author has added fewer than three words to (most of) a template."""
    own, given = _tokens(text), _tokens(template)
    common = (own & given).total()
    return common * 2 >= given.total() > 0 and own.total() - common < _OWN_WORDS


def _tokens(text: str) -> Counter[str]:
    return Counter(_TOKEN.findall(fold(text)))
