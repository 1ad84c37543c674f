"""The sheet in which stories are brought."""

from services.tables.model import Column, Form, Forms, forms_of

STORIES = "stories"

FORMS: Forms = forms_of(
    Form(
        STORIES,
        "Мәліметтер",
        "Рассказы",
        (
            Column("code", "Код", "Код"),
            Column("said_kk", "Не айтылды (қазақша)", "Что говорили (казахский)"),
            Column("said_ru", "Не айтылды (орысша)", "Что говорили (русский)"),
            Column("did_kk", "Не істелді (қазақша)", "Что сделано (казахский)"),
            Column("did_ru", "Не істелді (орысша)", "Что сделано (русский)"),
            Column("region", "Өңір коды", "Код региона", needed=False),
            Column("district", "Аудан коды", "Код района", needed=False),
            Column("topics", "Тақырыптар", "Темы", needed=False),
            Column("polls", "Сауалнамалар", "Опросы", needed=False),
            Column("proposals", "Ұсыныстар", "Предложения", needed=False),
        ),
    )
)
