"""Programmes as a table: its sheets and columns."""

from services.programmes.model import FieldKind, ProgrammeKind, ProgrammeStatus
from services.tables.model import Column, Form, forms_of

PROGRAMMES, FIELDS, SESSIONS = "programmes", "fields", "sessions"
# Between the answers of a choice in a cell.
BETWEEN = "|"
KINDS = {
    ProgrammeKind.PROJECT.value: ("жоба", "проект"),
    ProgrammeKind.SCHOOL.value: ("мектеп", "школа"),
}
STATES = {
    ProgrammeStatus.DRAFT.value: ("жоба нұсқасы", "черновик"),
    ProgrammeStatus.OPEN.value: ("ашық", "открыта"),
    ProgrammeStatus.CLOSED.value: ("жабық", "закрыта"),
}
FIELD_KINDS = {
    FieldKind.TEXT.value: ("мәтін", "текст"),
    FieldKind.NUMBER.value: ("сан", "число"),
    FieldKind.CHOICE.value: ("таңдау", "выбор"),
    FieldKind.DATE.value: ("күн", "дата"),
    FieldKind.PHONE.value: ("телефон",),
    FieldKind.YES_NO.value: ("иә немесе жоқ", "да или нет", "yes/no"),
}


def _both(key: str, kk: str, ru: str, *, needed: bool = True) -> tuple[Column, Column]:
    return (
        Column(f"{key}_kk", f"{kk} (қазақша)", f"{ru} (на казахском)", needed),
        Column(f"{key}_ru", f"{kk} (орысша)", f"{ru} (на русском)", needed),
    )


_PROGRAMME = Column("programme", "Бағдарлама коды", "Код программы")
FORMS = forms_of(
    Form(
        PROGRAMMES,
        "Бағдарламалар",
        "Программы",
        (
            Column("code", "Коды", "Код"),
            Column("kind", "Түрі", "Вид"),
            *_both("title", "Атауы", "Название"),
            *_both("text", "Сипаттамасы", "Описание"),
            *_both("terms", "Шарттары", "Условия", needed=False),
            *_both("place", "Өтетін жері", "Место проведения", needed=False),
            Column("region", "Өңір", "Регион", needed=False),
            Column("district", "Аудан немесе қала", "Район или город", needed=False),
            Column("begins_on", "Бірінші күні", "Первый день"),
            Column("ends_on", "Соңғы күні", "Последний день"),
            Column("sign_up_until", "Тіркелу мерзімі", "Запись до", needed=False),
            Column("capacity", "Орын саны", "Число мест", needed=False),
            Column("waiting", "Кезек бар ма", "Есть ли очередь", needed=False),
            *_both("consent", "Келісім мәтіні", "Текст согласия", needed=False),
            Column(
                "certificate_from",
                "Сертификатқа қажет қатысу, %",
                "Сертификат от, %",
                needed=False,
            ),
            Column("state", "Күйі", "Состояние", needed=False),
        ),
    ),
    Form(
        FIELDS,
        "Сұрақтар",
        "Вопросы",
        (
            _PROGRAMME,
            Column("field", "Сұрақ коды", "Код вопроса"),
            Column("field_kind", "Сұрақ түрі", "Вид вопроса"),
            *_both("label", "Сұрақ", "Вопрос"),
            *_both("options", "Таңдау жауаптары", "Ответы выбора", needed=False),
            Column("required", "Міндетті ме", "Обязателен ли", needed=False),
        ),
    ),
    Form(
        SESSIONS,
        "Сабақтар",
        "Занятия",
        (
            _PROGRAMME,
            Column("number", "Сабақ нөмірі", "Номер занятия"),
            Column("starts_at", "Басталуы", "Начало"),
            *_both("topic", "Тақырыбы", "Тема", needed=False),
            *_both("venue", "Сабақ өтетін жер", "Место занятия", needed=False),
        ),
    ),
)
