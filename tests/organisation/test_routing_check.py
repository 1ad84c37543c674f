"""Holes and overlaps of the routing tables, and the commands that show and mend them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.commands import main
from services.organisation.importing import import_organisation, read_organisation
from services.roadmap.checking import (
    Dated,
    DatedRoute,
    OfficeLevel,
    Tables,
    holes,
    overlaps,
)
from services.roadmap.responsibility import Route
from services.roadmap.tables import read_tables, who_answers
from storage.database import Database

TODAY = date(2026, 11, 23)
YEAR = date(2026, 1, 1)
ROOT = Path(__file__).resolve().parents[2]


def dated(key: str, holder: str, since: date = YEAR, until: date | None = None) -> Dated:
    """Return who holds something."""
    return Dated(key, holder, since, until)


def route(
    topic: str | None, region: str | None, office: str, since: date = YEAR, **more: str
) -> DatedRoute:
    """Return a route."""
    key = f"{topic or 'any'}/{region or 'any'}/{more.get('district', 'any')}"
    return DatedRoute(Route(topic, region, None, office), dated(key, office, since))


SOUND = Tables(
    day=TODAY,
    topics={"water-supply": "water", "roads": "roads"},
    regions=("10", "19"),
    offices={
        "central": OfficeLevel(None, "qiyal"),
        "region-10": OfficeLevel("central", None),
        "region-19": OfficeLevel("central", None),
    },
    routes=(
        route(None, None, "central"),
        route(None, "10", "region-10"),
        route("water-supply", None, "central"),
        route("roads", "19", "region-19"),
    ),
    assignments=(dated("water", "mysal"), dated("roads", "ulgi")),
    absences=(dated("mysal", "ulgi", date(2026, 12, 1), date(2026, 12, 20)),),
    present=frozenset({"mysal", "ulgi", "qiyal"}),
)


def test_what_is_sound_has_no_finding() -> None:
    """Every case has a route of its own, every duty somebody who reads."""
    assert [] == list(holes(SOUND))
    assert [] == list(overlaps(SOUND))


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        (
            replace(SOUND, assignments=(dated("water", "mysal"),)),
            ["section roads: nobody answers for it"],
        ),
        (
            replace(
                SOUND,
                assignments=(
                    dated("water", "mysal", YEAR, TODAY),
                    dated("water", "ulgi", date(2026, 12, 1)),
                    dated("roads", "ulgi"),
                ),
            ),
            ["section water: nobody answers for it until 2026-12-01"],
        ),
        (
            replace(SOUND, routes=SOUND.routes[:-1]),
            ["region 19: only the route for everything, to central (roads)"],
        ),
        (
            replace(SOUND, routes=(SOUND.routes[0], SOUND.routes[1])),
            ["region 19: only the route for everything, to central (all topics)"],
        ),
        (
            replace(SOUND, routes=SOUND.routes[1:2]),
            ["region 19: no route (all topics)"],
        ),
        (
            replace(SOUND, offices=SOUND.offices | {"central": OfficeLevel(None, None)}),
            [
                (
                    "office central: has offices below it and no head; "
                    "what is late there goes to the section's official"
                )
            ],
        ),
        (
            replace(SOUND, present=frozenset({"mysal", "qiyal"})),
            [
                (
                    "official ulgi: nobody holds the account "
                    "(section roads, deputy of mysal from 2026-12-01)"
                )
            ],
        ),
        (
            replace(
                SOUND,
                absences=(
                    *SOUND.absences,
                    dated("ulgi", "mysal", date(2026, 12, 5), date(2026, 12, 8)),
                ),
            ),
            [
                "absence of mysal: on 2026-12-05 nobody acts, the deputies are away",
                "absence of ulgi: on 2026-12-05 nobody acts, the deputies are away",
            ],
        ),
        (
            replace(SOUND, named={"ulgi": 2, "left": 5}),
            ["official left: nobody holds the account (open appeals: 5)"],
        ),
        (replace(SOUND, unrouted=3), ["open appeals that are not distributed: 3"]),
    ],
)
def test_holes(tables: Tables, expected: list[str]) -> None:
    """Each case that reaches nobody is one line that names it."""
    assert expected == list(holes(tables))


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        (
            replace(SOUND, routes=(*SOUND.routes, route(None, "10", "central", TODAY))),
            [
                (
                    "route any/10/any: region-10 from 2026-01-01 on and "
                    "central from 2026-11-23 on at the same time"
                )
            ],
        ),
        (
            replace(
                SOUND,
                assignments=(*SOUND.assignments, dated("water", "ulgi", date(2026, 12, 1))),
            ),
            [
                (
                    "section water: mysal from 2026-01-01 on and "
                    "ulgi from 2026-12-01 on at the same time"
                )
            ],
        ),
        (
            replace(
                SOUND,
                absences=(
                    *SOUND.absences,
                    dated("mysal", "qiyal", date(2026, 12, 19), date(2026, 12, 30)),
                ),
            ),
            [
                (
                    "absence of mysal: ulgi from 2026-12-01 until 2026-12-20 and "
                    "qiyal from 2026-12-19 until 2026-12-30 at the same time"
                )
            ],
        ),
        (
            replace(
                SOUND,
                assignments=(
                    dated("water", "ulgi", YEAR, date(2026, 6, 1)),
                    dated("water", "synaq", YEAR, date(2026, 6, 1)),
                    *SOUND.assignments,
                ),
            ),
            [],
        ),
    ],
)
def test_overlaps(tables: Tables, expected: list[str]) -> None:
    """Two entries for one case at one time are named; what is over is nobody's concern."""
    assert expected == list(overlaps(tables))


@pytest.fixture
def url(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Point the commands at a migrated database with the demonstration organisation."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    assert 0 == main(["import", str(ROOT / "services/organisation/demonstration.yaml")])
    return sqlite_url


def test_indicators() -> None:
    """An indicator of nobody, one whose account nobody holds, and one of two are named."""
    tables = replace(
        SOUND,
        indicators=("a", "b", "c"),
        indicator_officials=(
            dated("a", "mezhe"),
            dated("b", "ulgi"),
            dated("b", "mysal", date(2026, 12, 1)),
            dated("gone", "left"),
        ),
    )
    assert [
        "indicator c: nobody is assigned; the section's official answers",
        "official mezhe: nobody holds the account (indicator a)",
    ] == list(holes(tables))
    assert [
        "indicator b: ulgi from 2026-01-01 on and mysal from 2026-12-01 on at the same time"
    ] == list(overlaps(tables))


def test_check_by_command(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The demonstration lacks people at first; with them there is nothing to say."""
    assert 1 == main(["routing", "check"])
    lines = capsys.readouterr().out.splitlines()
    assert "HOLES" in lines
    assert "  official mysalbaev: nobody holds the account (section water)" in lines

    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO people (id, name, joined_at) "
            "SELECT 1000 + rowid, code, '2026-01-01 00:00:00.000000' FROM officials"
        )
        connection.exec_driver_sql(
            "INSERT INTO roles (person_id, role, official, since) "
            "SELECT 1000 + rowid, 'official', code, '2026-01-01 00:00:00.000000' FROM officials"
        )
    engine.dispose()
    assert 0 == main(["routing", "check"])
    assert "No holes and no overlaps.\n" == capsys.readouterr().out


@pytest.mark.usefixtures("url")
def test_show_by_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Who answers, by name or code of the place, on any day."""
    capsys.readouterr()
    assert 0 == main(["routing", "show", "water-supply", "Сайрам", "--on", "2026-11-23"])
    assert [
        "Topic:       water-supply, section water",
        "Place:       615200 (Туркестанская область, Сайрамский район)",
        "Day:         2026-11-23",
        "Office:      district-615200",
        "Official:    mysalbaev (Айбек Мысалбаев)",
        "Account:     nobody holds it: the desk is told instead",
        "When late:   region-61, synamaev (Нурлан Сынамаев)",
        "When late:   central, qiyalbaev (Бауыржан Киялбаев)",
    ] == capsys.readouterr().out.splitlines()
    assert 0 == main(["routing", "show", "water-supply", "10", "--on", "2025-11-23"])
    assert "Official:    nobody" in capsys.readouterr().out


@pytest.mark.usefixtures("url")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "nothing", "10"], "no topic nothing"),
        (["show", "water-supply", "00"], "which place is 00"),
        (["handover", "nobody"], "neither an official nor a person: nobody"),
        (["handover", "mysalbaev", "5"], "neither an official nor a person: 5"),
        (["handover", "mysalbaev", "mysalbaev"], "FROM and TO are the same"),
    ],
)
def test_wrong_arguments(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line names what is wrong, and the exit status is 2."""
    assert 2 == main(["routing", *arguments])
    assert said in capsys.readouterr().err


@pytest.mark.usefixtures("url")
def test_handover_by_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing is open nothing is handed over."""
    capsys.readouterr()
    assert 0 == main(["routing", "handover", "mysalbaev", "ulgibaev"])
    assert "Handed over: 0 open appeals. Now answering: nobody by name.\n" == (
        capsys.readouterr().out
    )


async def test_on_both_databases(database: Database) -> None:
    """The tables are read alike on SQLite and on PostgreSQL."""
    file = read_organisation(ROOT / "services/organisation/demonstration.yaml")
    await database.write(import_organisation, file, TODAY)
    tables = await database.read(read_tables, TODAY)
    answers = await database.read(who_answers, "roads", "61", "615200", TODAY)

    assert 12 == len(list(holes(tables)))
    assert [] == list(overlaps(tables))
    assert ("ulgibaev", False, ["synamaev", "qiyalbaev"]) == (
        answers.routed.official,
        answers.reads,
        [level.official for level in answers.above],
    )
