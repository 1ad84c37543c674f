"""A few words of somebody else's appeal, without what tells who wrote it."""

import re

LENGTH = 120
_MASK = "•••"
_NAME = r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w'-]+"
_FATHERS = r"\w+(?:ович|евич|овна|евна|ична|ұлы|улы|қызы|кызы)\b"
# After these come names, in whatever case they are typed.
_CALLED = ("меня зовут ", "мое имя ", "моё имя ", "атым ", "есімім ")
_ENTERED = ("аты-жөнім", "аты жөнім", "аты-жөні", "фио", "ф.и.о.", "тегім", "фамилия")
_SIGNED = ("құрметпен", "уважением")
_SPEAKING = ("мен ", "Мен ", "я ", "Я ")


def _after(*beginnings: str) -> str:
    return "(?:" + "|".join(rf"(?<=\b{re.escape(text)})" for text in beginnings) + ")"


_PERSONAL = tuple(
    re.compile(pattern)
    for pattern in (
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
        r"(?:https?://|www\.|t\.me/)\S+",
        r"(?<!\w)@\w{3,}",
        # Seven digits and more: phones, IIN, cards, accounts, however they are spaced.
        r"\+?(?<!\d)\d(?:[\s().-]{0,3}\d){6,}",
        rf"(?:{_NAME}\s+){{0,2}}{_FATHERS}(?:\s+{_NAME})?",
        rf"(?i:{_after(*_CALLED)}[\w'-]+(?:\s+[\w'-]+)?)",
        rf"(?i:{_after(*_ENTERED)}[\s:,–—-]+[\w'-]+(?:\s+[\w'.-]+){{0,2}})",
        rf"(?i:{_after(*_SIGNED)})[\s,:–—-]+(?:{_NAME}[\s.]*(?:[А-Я]\.\s*)*){{1,3}}",
        rf"{_after(*_SPEAKING)}(?:{_NAME}\s*){{1,3}}",
        r"(?i:\b(?:кв|квартира|квартире|пәтер|пәтерде)[\s.№-]{1,3}\d+|\b\d+[\s-]*пәтер\w*)",
    )
)


def excerpt(text: str) -> str:
    """Return the beginning of an appeal in at most 120 characters, fit for strangers.

    Phones and other long numbers, addresses of letters and accounts, flats, and the names of
    people where words or endings tell that they are such are masked.
    """
    plain = " ".join(text.split())
    for pattern in _PERSONAL:
        plain = pattern.sub(_masked, plain)
    if len(plain) <= LENGTH:
        return plain
    cut = plain[: LENGTH - 1]
    return cut[: cut.rfind(" ") if " " in cut else None].rstrip(" ,.;:–—-") + "…"


def _masked(match: re.Match[str]) -> str:
    found = match.group()
    before = found[: len(found) - len(found.lstrip(" ,:–—-"))]
    return before + _MASK + (" " if found.endswith(" ") else "")
