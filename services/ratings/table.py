"""The rating as a table: its sheets and columns.

A sheet of lines has a column more for each indicator, called by its code or its name.
"""

from types import MappingProxyType

from services.tables.model import Column, Form, forms_of

ROUND, INDICATORS, LINES = "round", "indicators", "lines"
MASLIKHATS, DEPUTIES = "maslikhats", "deputies"

_NAMES = (
    Column("name_kk", "Атауы (қазақша)", "Название (на казахском)"),
    Column("name_ru", "Атауы (орысша)", "Название (на русском)"),
)
FORMS = forms_of(
    Form(
        ROUND,
        "Рейтинг шығарылымы",
        "Выпуск рейтинга",
        (
            Column("code", "Коды", "Код"),
            Column("title_kk", "Тақырыбы (қазақша)", "Заголовок (на казахском)"),
            Column("title_ru", "Тақырыбы (орысша)", "Заголовок (на русском)"),
            Column("begins_on", "Бірінші күні", "Первый день"),
            Column("ends_on", "Соңғы күні", "Последний день"),
            Column("as_of", "Есептелген күні", "Рассчитано на дату"),
            Column("method_kk", "Әдістеме (қазақша)", "Методика (на казахском)"),
            Column("method_ru", "Әдістеме (орысша)", "Методика (на русском)"),
        ),
    ),
    Form(
        INDICATORS,
        "Көрсеткіштер",
        "Показатели",
        (
            Column("code", "Коды", "Код"),
            *_NAMES,
            Column("unit_kk", "Өлшем бірлігі (қазақша)", "Единица (на казахском)", needed=False),
            Column("unit_ru", "Өлшем бірлігі (орысша)", "Единица (на русском)", needed=False),
            Column("weight", "Салмағы, %", "Вес, %", needed=False),
        ),
    ),
    Form(
        LINES,
        "Рейтинг",
        "Рейтинг",
        (
            Column("deputy", "Депутат коды", "Код депутата"),
            Column("maslikhat", "Мәслихат коды", "Код маслихата"),
            Column("score", "Балл", "Балл"),
            Column("place", "Орны", "Место"),
            Column("deputy_name", "Депутат", "Депутат", needed=False, told=True),
        ),
        more=True,
    ),
    Form(
        MASLIKHATS,
        "Мәслихаттар",
        "Маслихаты",
        (
            Column("code", "Коды", "Код"),
            *_NAMES,
            Column("region", "Өңір", "Регион"),
            Column("district", "Аудан немесе қала", "Район или город"),
        ),
    ),
    Form(
        DEPUTIES,
        "Депутаттар",
        "Депутаты",
        (
            Column("code", "Коды", "Код"),
            Column("name_kk", "Аты-жөні (қазақша)", "Имя и фамилия (на казахском)"),
            Column("name_ru", "Аты-жөні (орысша)", "Имя и фамилия (на русском)"),
            Column("maslikhat", "Мәслихат коды", "Код маслихата"),
            Column("constituency_kk", "Округ (қазақша)", "Округ (на казахском)", needed=False),
            Column("constituency_ru", "Округ (орысша)", "Округ (на русском)", needed=False),
            Column("since", "Өкілеттігі басталған күн", "Полномочия с"),
            Column("last_day", "Өкілеттігінің соңғы күні", "Полномочия по", needed=False),
        ),
    ),
)

# The longest texts that are taken in, in characters.
LIMITS = MappingProxyType({"title": 200, "method": 1500, "name": 200, "unit": 40})
MOST_INDICATORS = 15
