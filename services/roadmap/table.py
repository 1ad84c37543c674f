"""The Road Map as a table: its sheets and columns."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from services.tables.model import Column, Form, forms_of


class Sheet(StrEnum):
    """What a row of a table is about."""

    INDICATORS = "indicators"
    INDICATOR_OFFICIALS = "indicator_officials"
    SECTION_OFFICIALS = "section_officials"


_OFFICIAL = (
    Column("official", "Жауапты тұлғаның коды", "Код ответственного"),
    Column("since", "Қай күннен бастап", "С какого дня"),
    Column("last_day", "Соңғы күні", "Последний день", needed=False),
    Column("official_name", "Жауапты тұлға", "Ответственный", needed=False, told=True),
)
COLUMNS: Mapping[Sheet, tuple[Column, ...]] = MappingProxyType(
    {
        Sheet.INDICATORS: (
            Column("code", "Код", "Код индикатора"),
            Column("section", "Бөлім", "Раздел"),
            Column("position", "Реті", "Порядок", needed=False),
            Column("name_kk", "Атауы (қазақша)", "Название (на казахском)"),
            Column("name_ru", "Атауы (орысша)", "Название (на русском)"),
            Column("unit_kk", "Өлшем бірлігі (қазақша)", "Единица (на казахском)"),
            Column("unit_ru", "Өлшем бірлігі (орысша)", "Единица (на русском)"),
            Column("start", "Бастапқы мәні", "Начальное значение"),
            Column("plan", "Жоспар", "План"),
            Column("begins_on", "Басталатын күні", "Начало"),
            Column("due_on", "Мерзімі", "Срок"),
            Column("level", "Деңгейі", "Уровень"),
            Column("region", "Өңір", "Регион"),
            Column("district", "Аудан", "Район"),
            Column("topics", "Тақырыптар", "Темы", needed=False),
            Column("retired", "Алып тасталған", "Снят", needed=False),
            Column("fact", "Нақты мәні", "Факт", needed=False, told=True),
            Column("reported_on", "Есеп берілген күн", "Дата отчёта", needed=False, told=True),
            Column("percent", "Орындалуы, %", "Выполнение, %", needed=False, told=True),
        ),
        Sheet.INDICATOR_OFFICIALS: (
            Column("indicator", "Индикатор коды", "Индикатор"),
            *_OFFICIAL,
        ),
        Sheet.SECTION_OFFICIALS: (Column("section", "Бөлім", "Раздел"), *_OFFICIAL),
    }
)
TITLES: Mapping[Sheet, tuple[str, str]] = MappingProxyType(
    {
        Sheet.INDICATORS: ("Индикаторлар", "Индикаторы"),
        Sheet.INDICATOR_OFFICIALS: ("Индикаторларға жауаптылар", "Ответственные за индикаторы"),
        Sheet.SECTION_OFFICIALS: ("Бөлімдерге жауаптылар", "Ответственные за разделы"),
    }
)
FORMS = forms_of(*(Form(sheet, *TITLES[sheet], COLUMNS[sheet]) for sheet in Sheet))
