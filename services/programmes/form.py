"""What is answered in a form: each kind of question checked, with a sentence that says what fits.

Answers are kept as text: of a choice the code, of a day ISO 8601, of a phone +7XXXXXXXXXX.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from services.people.phone import normalise_phone
from services.programmes.model import Field, FieldKind
from services.refusal import N_, Refusal
from services.text.fold import fold

LONGEST_ANSWER = 500
LONGEST_NAME = 100
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,3})?")
_YEARS = range(1900, 2101)
_YES = frozenset(map(fold, ("yes", "иә", "ия", "да")))
_NO = frozenset(map(fold, ("no", "жоқ", "нет")))
_NAME = re.compile(r"[^\W\d_][^\d_<>@/\\]*")
_WORDS_IN_NAME = 2


def read_name(text: str) -> str:
    """Return a name as it shall stand on the list: surname and given name; raises Refusal."""
    name = _plain(text)
    if len(name) > LONGEST_NAME:
        raise Refusal(N_("Too long: at most {limit} characters."), limit=LONGEST_NAME)
    if _NAME.fullmatch(name) is None or len(name.split()) < _WORDS_IN_NAME:
        raise Refusal(N_("Please write surname and given name, for example: Аманов Айдар"))
    return name


def read_answer(field: Field, text: str) -> str:
    """Return an answer as it is kept; raises Refusal with what fits this kind of question."""
    plain = _plain(text)
    if not plain:
        raise Refusal(N_("I see no words here. Please write in words: a few are enough."))
    if field.kind is FieldKind.CHOICE:
        return _choice(field, plain)
    return _READ[field.kind](plain)


def check_answers(fields: Sequence[Field], answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers to these questions alone, each as it is kept.

    Raises Refusal where one that is needed is missing, or one does not fit.
    """
    checked = {}
    for field in fields:
        said = answers.get(field.code, "")
        if said:
            checked[field.code] = read_answer(field, said)
        elif field.required:
            raise Refusal(N_("The form has changed meanwhile. Please go through it once more."))
    return checked


def next_asked(fields: Sequence[Field], told: Mapping[str, str]) -> Field | None:
    """Return the first question that was neither answered nor skipped."""
    return next((one for one in fields if one.code not in told), None)


def _plain(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


def _text(plain: str) -> str:
    if len(plain) > LONGEST_ANSWER:
        raise Refusal(N_("Too long: at most {limit} characters."), limit=LONGEST_ANSWER)
    return plain


def _number(plain: str) -> str:
    digits = plain.replace(" ", "")
    if not digits.isascii() or _NUMBER.fullmatch(digits) is None:
        raise Refusal(N_("I need a number in digits here, for example: 18"))
    return digits.replace(",", ".").lstrip("+")


def _choice(field: Field, plain: str) -> str:
    wanted = fold(plain)
    for option in field.options:
        if plain == option.code or wanted in {fold(option.kk), fold(option.ru)}:
            return option.code
    raise Refusal(N_("Please choose one of the answers below."))


def _day(plain: str) -> str:
    day, iso = _DAY.fullmatch(plain), _ISO.fullmatch(plain)
    parts = [int(part) for part in (day.groups()[::-1] if day else iso.groups() if iso else ())]
    try:
        if parts and parts[0] in _YEARS:
            return date(*parts).isoformat()
    except ValueError:
        pass
    raise Refusal(N_("This is no day. Please write it like this: 31.12.2005"))


def _phone(plain: str) -> str:
    phone = normalise_phone(plain)
    if phone is None:
        raise Refusal(N_("This is no number of Kazakhstan. Please write it so: +7 701 123 45 67"))
    return phone


def _yes_no(plain: str) -> str:
    said = fold(plain)
    if said in _YES:
        return "yes"
    if said in _NO:
        return "no"
    raise Refusal(N_("Please answer yes or no."))


_READ: Mapping[FieldKind, Callable[[str], str]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _day,
    FieldKind.PHONE: _phone,
    FieldKind.YES_NO: _yes_no,
}
