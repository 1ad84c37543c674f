"""The workload of officials: who sees whom, in which order, with which words."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from aiogram.types import InlineKeyboardMarkup
from sqlalchemy import Connection

from bot.i18n import Catalogues
from handlers.views.workload import workload_screen
from services.digests.period_facts import OfficialLine
from services.language import Language
from services.organisation.directory import load_organisation
from services.people.model import Role
from services.people.person import choose_language, join
from services.performance.reading import officials, officials_of
from services.performance.workload import (
    Key,
    Stretch,
    Workload,
    first_day,
    may_watch,
    read_workload,
)
from services.refusal import Refusal
from services.roadmap.scope import scope_of
from storage.database import Database
from storage.people import grant_role
from storage.schema.appeals import appeals, official_days
from tests.appeals_time.conftest import (
    ADMINISTRATOR,
    CENTRE,
    CITIZEN,
    DISTRICT,
    JOINED,
    OPERATOR,
    REGION,
    WATER,
    register,
    settle,
)

TODAY = date(2026, 4, 15)
SECRETARY = 206


def give(connection: Connection, official: str, count: int, overdue: int) -> None:
    """Let so many open appeals name an official, some of them overdue."""
    for number in range(count):
        appeal = register(connection, f"{official}-{number}")
        due_on = date(2026, 4, 1) if number < overdue else TODAY
        change = sa.update(appeals).where(appeals.c.id == appeal)
        connection.execute(change.values(official=official, due_on=due_on))


def page(
    connection: Connection, actor: int, *, after: Key | None = None, limit: int = 50
) -> Workload:
    """Read a page of 30 days."""
    return read_workload(connection, actor, Stretch.MONTH, TODAY, after=after, limit=limit)


def seen(connection: Connection, actor: int) -> list[str]:
    """Return whom somebody sees."""
    return [line.official for line in page(connection, actor).lines]


def test_the_most_overdue_come_first(connection: Connection) -> None:
    """Then those with most before them; whoever has nothing at all is left out."""
    give(connection, "synamaev", 2, 1)
    give(connection, "ulgilenova", 3, 1)
    give(connection, "mysalbaev", 4, 0)
    give(connection, "qiyalbaev", 2, 2)

    assert [
        ("qiyalbaev", 2, 2),
        ("ulgilenova", 3, 1),
        ("synamaev", 2, 1),
        ("mysalbaev", 4, 0),
    ] == [
        (line.official, line.open, line.overdue) for line in page(connection, ADMINISTRATOR).lines
    ]


def test_everybody_or_the_own_territory(connection: Connection) -> None:
    """Administrators, the centre and the secretary see all; heads their territory; others none."""
    join(connection, SECRETARY, "Хатшы", JOINED)
    choose_language(connection, SECRETARY, Language.KAZAKH)
    grant_role(connection, SECRETARY, Role.OFFICIAL.value, "elestetov", JOINED)
    for official in ("synamaev", "ulgilenova", "mysalbaev", "qiyalbaev"):
        give(connection, official, 1, 0)

    everybody = ["mysalbaev", "qiyalbaev", "synamaev", "ulgilenova"]
    for actor in (ADMINISTRATOR, CENTRE, SECRETARY):
        assert everybody == seen(connection, actor)
    assert ["synamaev", "ulgilenova"] == seen(connection, REGION)
    assert ["ulgilenova"] == seen(connection, DISTRICT)
    for actor in (WATER, OPERATOR, CITIZEN):
        with pytest.raises(Refusal):
            seen(connection, actor)
    assert [True, False] == [
        may_watch(connection, official, TODAY) for official in ("synamaev", "mysalbaev")
    ]


def test_a_member_of_the_bureau_answers_with_the_councils(connection: Connection) -> None:
    """For the digests: the own line and those whose indicators lie in the section."""
    scope = scope_of(connection, "mysalbaev", TODAY)
    assert "mysalbaev" in officials_of(connection, scope, TODAY)
    assert "ulgibaev" not in officials_of(connection, scope, TODAY)


def test_pages_go_on_behind_the_last_one(connection: Connection) -> None:
    """By key: whoever gets worse between two pages is not shown twice, nobody is left out."""
    for number, official in enumerate(("synamaev", "ulgilenova", "mysalbaev", "qiyalbaev")):
        give(connection, official, 3, min(number, 2))
    found: list[str] = []
    after: Key | None = None
    for _ in range(4):
        shown = page(connection, ADMINISTRATOR, after=after, limit=1)
        [line] = shown.lines
        found.append(line.official)
        after = (line.overdue, line.open, line.official)
    assert ["mysalbaev", "qiyalbaev", "ulgilenova", "synamaev"] == found
    assert not shown.more


def test_shares_are_of_the_chosen_days(connection: Connection) -> None:
    """With their bases; what lies before the days does not count."""
    days = {"answered": 20, "in_time": 19, "disputed_in_time": 1, "confirmed": 12, "disputed": 1}
    more = {"unconfirmed": 7, "rated": 10, "rating_sum": 45}
    for day in (date(2026, 4, 10), date(2026, 3, 1)):
        values = {"official": "synamaev", "day": day, **days, **more}
        connection.execute(sa.insert(official_days).values(values))

    assert (OfficialLine("synamaev", 0, 0, 20, 0.9, 0.6, 4.5, 10, 20),) == officials(
        connection, ["synamaev", "ulgilenova"], first_day(Stretch.MONTH, TODAY), TODAY, TODAY
    )


@pytest.mark.parametrize(
    ("today", "month", "quarter"),
    [
        (date(2026, 4, 15), date(2026, 3, 17), date(2026, 4, 1)),
        (date(2026, 3, 31), date(2026, 3, 2), date(2026, 1, 1)),
        (date(2026, 12, 31), date(2026, 12, 2), date(2026, 10, 1)),
    ],
)
def test_thirty_days_or_the_quarter(today: date, month: date, quarter: date) -> None:
    """Both end today."""
    assert [month, quarter] == [first_day(stretch, today) for stretch in Stretch]


def test_open_appeals_are_counted_by_index(connection: Connection) -> None:
    """Nothing walks through appeals, and what is closed is not touched."""
    plans: list[tuple[str, Any]] = []

    @sa.event.listens_for(connection, "before_cursor_execute")
    def note(*event: Any) -> None:
        plans.append((str(event[2]), event[3]))

    page(connection, ADMINISTRATOR)
    sa.event.remove(connection, "before_cursor_execute", note)
    read = [pair for pair in plans if "FROM appeals" in pair[0] or "official_days" in pair[0]]
    assert 2 == len(read)
    for asked, parameters in read:
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", parameters)
        found = {each[3] for each in steps if "appeals" in each[3] or "official_days" in each[3]}
        assert found
        for step in found:
            assert "SEARCH" in step
            assert "(official=?" in step


async def test_on_both_databases(database: Database) -> None:
    """The same lines on SQLite and on PostgreSQL."""
    await database.write(settle)
    await database.write(give, "ulgilenova", 2, 1)

    found = await database.read(page, REGION)
    assert [("ulgilenova", 2, 1)] == [
        (line.official, line.open, line.overdue) for line in found.lines
    ]
    scope = await database.read(scope_of, "mysalbaev", TODAY)
    assert "mysalbaev" in await database.read(officials_of, scope, TODAY)


SAID = {
    "kk": """👥 <b>Жауапты тұлғалардың жүктемесі</b>
Жауаптар кезеңі: 17.03.2026 – 15.04.2026

<b>Нұрлан Сынамаев</b>, Түркістан облыстық қоғамдық қабылдауының жетекшісі
🔴 Қаралуда: 12. Мерзімі өткен: 3
Мерзімінде: 94 % (жауап саны: 35)
Өтініш берушілер шешілді дегені: 66 % (барлығы: 30)
Орташа баға: 4,3, ең жоғарысы – 5 (баға саны: 12)""",
    "ru": """👥 <b>Нагрузка ответственных</b>
Ответы за период: 17.03.2026 – 15.04.2026

<b>Нурлан Сынамаев</b>, руководитель общественной приёмной, Туркестанская область
🔴 На рассмотрении: 12. Просрочено: 3
В срок: 94 % (ответов: 35)
Решено по словам заявителей: 66 % (всего: 30)
Оценка: 4,3 из 5 (оценок: 12)""",
}


@pytest.mark.parametrize("language", SAID)
def test_the_screen_says_the_base_of_every_share(connection: Connection, language: str) -> None:
    """Rounded down, satisfaction beside speed."""
    line = OfficialLine("synamaev", 12, 3, 35, 33 / 35, 2 / 3, 4.29, 12, 30)
    shown = Workload(Stretch.MONTH, date(2026, 3, 17), TODAY, (line,), more=True)
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale(language):
        screen = workload_screen(shown, load_organisation(connection), first=False)
    assert SAID[language] == "\n\n".join(screen.text.split("\n\n")[:2])
    assert isinstance(screen.keyboard, InlineKeyboardMarkup)
    forward = screen.keyboard.inline_keyboard[1][1].callback_data
    assert forward == "load:30d:3:12:synamaev"
