"""Public councils as a table: its sheets and columns."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from services.tables.model import Column, Form, forms_of


class Sheet(StrEnum):
    """What a row of a table is about."""

    FIELDS = "fields"
    COUNCILS = "councils"
    MEMBERS = "members"
    MEETINGS = "meetings"
    ATTENDANCE = "attendance"


_COUNCIL = Column("council", "Кеңес коды", "Код совета")
_DAYS = (
    Column("since", "Қай күннен бастап", "С какого дня"),
    Column("last_day", "Соңғы күні", "Последний день", needed=False),
)
_MEMBER = Column("official", "Мүше коды", "Код члена совета")
_HELD = Column("held_on", "Отырыс күні", "День заседания")
_NAMES = (
    Column("name_kk", "Атауы (қазақша)", "Название (на казахском)"),
    Column("name_ru", "Атауы (орысша)", "Название (на русском)"),
)
COLUMNS: Mapping[Sheet, tuple[Column, ...]] = MappingProxyType(
    {
        Sheet.FIELDS: (
            Column("code", "Сала коды", "Код направления"),
            Column("position", "Реті", "Порядок"),
            Column("emoji", "Белгі", "Значок"),
            *_NAMES,
            Column("in_regions", "Өңірлерде бар", "Есть в регионах"),
            Column("in_districts", "Аудандарда бар", "Есть в районах"),
            Column("topics", "Өтініш тақырыптары", "Темы обращений", needed=False),
            Column("retired", "Алып тасталған", "Снято", needed=False),
        ),
        Sheet.COUNCILS: (
            _COUNCIL,
            *_NAMES,
            Column("field", "Сала", "Направление"),
            Column("region", "Өңір", "Регион"),
            Column("district", "Аудан", "Район"),
            *_DAYS,
            Column("takes_appeals", "Өтініш қабылдайды", "Принимает обращения", needed=False),
        ),
        Sheet.MEMBERS: (
            _COUNCIL,
            _MEMBER,
            Column("member_kk", "Аты-жөні (қазақша)", "Имя (на казахском)", needed=False),
            Column("member_ru", "Аты-жөні (орысша)", "Имя (на русском)", needed=False),
            Column("position_kk", "Лауазымы (қазақша)", "Должность (на казахском)", needed=False),
            Column("position_ru", "Лауазымы (орысша)", "Должность (на русском)", needed=False),
            Column("role", "Кеңестегі міндеті", "Роль в совете"),
            *_DAYS,
        ),
        Sheet.MEETINGS: (
            _COUNCIL,
            _HELD,
            Column("title_kk", "Отырыс тақырыбы (қазақша)", "Тема заседания (на казахском)"),
            Column("title_ru", "Отырыс тақырыбы (орысша)", "Тема заседания (на русском)"),
        ),
        Sheet.ATTENDANCE: (
            _COUNCIL,
            _HELD,
            _MEMBER,
            Column("presence", "Қатысуы", "Участие"),
        ),
    }
)
TITLES: Mapping[Sheet, tuple[str, str]] = MappingProxyType(
    {
        Sheet.FIELDS: ("Салалар", "Направления"),
        Sheet.COUNCILS: ("Кеңестер", "Советы"),
        Sheet.MEMBERS: ("Мүшелер", "Члены советов"),
        Sheet.MEETINGS: ("Отырыстар", "Заседания"),
        Sheet.ATTENDANCE: ("Қатысу", "Участие в заседаниях"),
    }
)
FORMS = forms_of(*(Form(sheet, *TITLES[sheet], COLUMNS[sheet]) for sheet in Sheet))

SEATS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "chair": ("төраға", "председатель"),
        "deputy": ("төраға орынбасары", "орынбасар", "заместитель председателя", "заместитель"),
        "secretary": ("хатшы", "секретарь"),
        "member": ("мүше", "член совета", "член"),
    }
)
SEAT_CHOICES = "chair/төраға, deputy/орынбасар, secretary/хатшы, member/мүше"
PRESENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "present": ("қатысты", "присутствовал", "присутствовала", "был", "была"),
        "absent": ("қатыспады", "отсутствовал", "отсутствовала", "не был", "не была"),
        "excused": ("себепті", "уважительная причина", "предупредил", "предупредила"),
    }
)
PRESENCE_CHOICES = "present/қатысты, absent/қатыспады, excused/себепті"
