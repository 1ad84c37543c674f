"""A sample file of questions, to be filled in and sent back."""

from services.delivery.workbook import Sheet, draw
from services.language import Language
from services.polls.survey_words import COLUMNS, KINDS, word

# kind, kk, ru, to: every kind of question once, with words to be written over.
_ROWS = (
    ("title", "Ауылымыздағы су", "Вода в нашем селе", ""),
    ("single", "Үйіңізге су кіргізілген бе?", "В Вашем доме есть водопровод?", ""),
    ("answer", "Иә", "Да", ""),
    ("answer", "Жоқ", "Нет", "3"),
    ("difficult", "", "", ""),
    ("scale5", "Судың сапасын қалай бағалайсыз?", "Как Вы оцениваете качество воды?", ""),
    ("low", "Өте нашар", "Очень плохо", ""),
    ("high", "Өте жақсы", "Очень хорошо", ""),
    ("multiple", "Суды қайдан аласыз?", "Откуда Вы берёте воду?", ""),
    ("answer", "Құбырдан", "Из водопровода", ""),
    ("answer", "Құдықтан", "Из колодца", ""),
    ("answer", "Су тасушыдан", "Из водовозки", ""),
    ("other", "", "", ""),
    ("ranking", "Қайсысы маңыздырақ?", "Что важнее?", ""),
    ("answer", "Судың сапасы", "Качество воды", ""),
    ("answer", "Судың бағасы", "Цена воды", ""),
    ("answer", "Үзіліссіз берілуі", "Подача без перебоев", ""),
    ("number", "Үйіңізде неше адам тұрады?", "Сколько человек живёт в Вашем доме?", ""),
    ("text", "Тағы не айтқыңыз келеді?", "Что ещё Вы хотите сказать?", ""),
    ("photo", "Су көзін суретке түсіріңіз.", "Сфотографируйте источник воды.", ""),
)
_OPTIONAL = frozenset({"text", "photo"})
_BOUNDS = {"number": (1, 20), "multiple": (1, 2)}


def sample(language: Language) -> bytes:
    """Return an XLSX file that `services.polls.importing.read_survey` reads."""
    yes = "иә" if language is Language.KAZAKH else "да"
    columns = ("kind", "kk", "ru", "to", "least", "most", "optional", "random", "code")
    lines: list[tuple[str | int, ...]] = [tuple(word(COLUMNS, key, language) for key in columns)]
    for kind, kk, ru, to in _ROWS:
        optional = yes if kind in _OPTIONAL else ""
        bounds = _BOUNDS.get(kind, ("", ""))
        lines.append((word(KINDS, kind, language), kk, ru, to, *bounds, optional))
    return draw((Sheet("1", tuple(lines), frozenset({0})),))
