"""The table of proposals that were collected on paper: its columns."""

from collections.abc import Mapping

from services.tables.model import Column, Form, forms_of

SHEET = "proposals"
FORMS = forms_of(
    Form(
        SHEET,
        "Ұсыныстар",
        "Предложения",
        (
            Column("code", "Коды", "Код"),
            Column("language", "Тілі", "Язык"),
            Column("topic", "Тақырып", "Тема"),
            Column("region", "Өңір", "Регион", needed=False),
            Column("district", "Аудан", "Район", needed=False),
            Column("title_kk", "Атауы (қазақша)", "Название (на казахском)"),
            Column("title_ru", "Атауы (орысша)", "Название (на русском)"),
            Column("text", "Мәтіні", "Текст"),
            Column("collected_on", "Жиналған күні", "Дата сбора"),
        ),
    )
)
LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "kk": ("қазақша", "қазақ тілі", "казахский"),
    "ru": ("орысша", "орыс тілі", "русский"),
}
