"""Personal data covered in what people wrote, before anybody reads it.

What has a form of its own is always covered: addresses of mail and pages, usernames, bank cards,
accounts, IIN, telephone numbers and other long numbers. Names are covered after the words that
introduce them («меня зовут», «менің атым»), with initials, and with a patronymic or a surname
beside them. A name that nothing marks can stay, so texts are never published, only counted. To
cover too much harms nobody: a moderator needs the theme, not the name of a street.
"""

import re
import unicodedata

MASK = "•••"

_CAPITAL = "А-ЯЁӘҒҚҢӨҰҮҺІA-Z"
_SMALL = "а-яёәғқңөұүһіa-z"
_NAME = rf"[{_CAPITAL}][{_SMALL}]+(?:-[{_CAPITAL}][{_SMALL}]+)?"
_ANY = rf"[{_CAPITAL}{_SMALL}]{{2,}}(?:-[{_CAPITAL}{_SMALL}]{{2,}})?"
_INITIAL = rf"[{_CAPITAL}]\."

_MAIL = r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"
_LINK = (
    r"(?:https?://|tg://|www\.)\S+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:kz|ru|com|org|net|me|рф|қаз|info|site|online|link|shop)\b(?:/\S*)?"
)
_USERNAME = r"(?<!\w)@\w{3,}"
_ACCOUNT = r"\bKZ(?:\s?[0-9A-Z]){18}\b"
# Eight digits and more, however they are set apart: cards (16), IIN (12), telephones (10, 11);
# not two years.
_YEARS = r"(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d(?!\d)"
_LONG_NUMBER = rf"(?<!\w)(?!{_YEARS})[+(]?\d(?:[\s().\-–_/]{{0,3}}\d){{7,}}(?!\d)"
# Six or seven digits: a telephone of a city (23-45-67), the number of a document.
_NUMBER = r"(?<!\w)\d{2,3}[-–\s]\d{2}[-–\s]\d{2}(?!\w)|(?<!\w)\d{6,7}(?!\w)"

# The endings of cases that a name takes in either language.
_CASES = (
    r"(?:[аәеоуыіөю]|ой|ей|ом|ем|ым|ім|ых|тың|тің|дың|дің|ның|нің|қа|ке|ға|ге|ты|ті|ды|ді|"
    r"пен|бен|мен|тан|тен|дан|ден|та|те|да|де|пын|пін|бын|бін|мын|мін)?"
)
_SURNAME = (
    rf"[{_CAPITAL}][{_SMALL}]{{1,}}"
    rf"(?:ов|ев|ёв|ин|ова|ева|ёва|ина|ский|ская|ских|ұлы|улы|қызы|кызы|тегі){_CASES}"
)
_PATRONYMIC = (
    rf"[{_CAPITAL}][{_SMALL}]{{2,}}(?:ович|евич|ич|овн|евн|ичн|ұлы|улы|қызы|кызы){_CASES}"
    rf"|{_NAME}[\s-](?:ұлы|улы|қызы|кызы){_CASES}"
)
_SMALL_PATRONYMIC = rf"[{_SMALL}]{{3,}}(?:ович|евич){_CASES}"

# Behind these comes a name, however it is written; behind the others only what begins as one.
_NAMING = (
    r"меня зовут", r"зовут меня", r"мо[её] имя", r"моя фамилия", r"ф\.?\s?и\.?\s?о\.?",
    r"менің атым", r"атым", r"менің есімім", r"есімім", r"аты[\s-]жөнім", r"тегім",
)  # fmt: skip
_TITLES = (
    r"с уважением,?", r"зовут", r"звать", r"гражданин(?:а|у|ом)?", r"гражданк[аиуе]й?",
    r"г-н(?:а|у)?", r"г-ж[аеиу]", r"господин(?:а|у)?", r"госпож[аеиу]", r"құрметпен,?",
    r"азаматша", r"азамат", r"атым",
)  # fmt: skip
_AFTER = (r"мырза", r"ханым", r"апай", r"ағай", r"апа", r"аға", r"көке", r"тәте", r"деген")


def _rule(pattern: str, *, any_case: bool = False) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE if any_case else 0)


_RULES = (
    _rule(_MAIL),
    _rule(_LINK, any_case=True),
    _rule(_USERNAME),
    _rule(_ACCOUNT, any_case=True),
    _rule(_LONG_NUMBER),
    _rule(_NUMBER),
    _rule(rf"\b(?:{_NAME}\s+){{0,2}}(?:{_PATRONYMIC})\b(?:\s+{_NAME})?"),
    _rule(rf"\b(?:{_ANY}\s+){{0,2}}{_SMALL_PATRONYMIC}\b"),
    _rule(rf"\b{_NAME}\s+{_INITIAL}(?:\s?{_INITIAL})?"),
    _rule(rf"\b{_INITIAL}\s?(?:{_INITIAL}\s?)?{_NAME}"),
    _rule(rf"\b{_NAME}\s+{_SURNAME}\b|\b{_SURNAME}\s+{_NAME}\b"),
)
# The words that introduce a name stay, and the name behind them goes.
_BETWEEN = r"(?!\w)\s*[:–—-]?\s*"
_MORE = rf"(?:\s+(?:{_SURNAME}|(?-i:{_NAME}))(?!\w)){{0,2}}"
_BEHIND = (
    _rule(rf"(?P<kept>\b(?:{'|'.join(_NAMING)}){_BETWEEN}){_ANY}{_MORE}", any_case=True),
    _rule(rf"(?P<kept>\b(?:{'|'.join(_TITLES)}){_BETWEEN})(?-i:{_NAME}){_MORE}", any_case=True),
)
_BEFORE = _rule(rf"\b{_NAME}(?:\s+{_NAME})?(?P<kept>\s+(?:{'|'.join(_AFTER)})\b)")
# Nearly every text is of these alone, and they stay as they are.
_USUAL = re.compile(r"[\n -~А-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі«»–—•]*")
_RUNS = re.compile(rf"{re.escape(MASK)}(?:[\s,;]*{re.escape(MASK)})+")


def masked(text: str) -> str:
    """Return the text with MASK in the place of personal data; masking twice changes nothing."""
    shown = _plain(text)
    for rule in _RULES:
        shown = rule.sub(MASK, shown)
    for rule in _BEHIND:
        shown = rule.sub(lambda found: f"{found['kept']}{MASK}", shown)
    shown = _BEFORE.sub(lambda found: f"{MASK}{found['kept']}", shown)
    return _RUNS.sub(MASK, shown)


def personal(text: str) -> bool:
    """Tell whether something in the text would be covered."""
    return masked(text) != _plain(text)


def _plain(text: str) -> str:
    """Return the text with its digits and letters in their usual form, nothing invisible in it."""
    if _USUAL.fullmatch(text):
        return text
    usual = unicodedata.normalize("NFKC", text)
    visible = (each for each in usual if unicodedata.category(each) != "Cf")
    return "".join(_digit(each) for each in visible)


def _digit(each: str) -> str:
    return str(unicodedata.decimal(each)) if each.isdecimal() else each
