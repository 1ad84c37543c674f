"""The review of a quarter: for the country or a region, to whoever answers for it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import Connection

from bot.commands import main
from services.people.person import join
from services.refusal import Refusal
from services.reports.execution import (
    compose_review,
    last_quarter,
    read_review,
    regions_for,
)
from services.reports.quarter import Quarter
from services.roadmap.indicator import State
from storage.people import grant_role
from tests.digests.conftest import (
    CITIZEN,
    DEPUTY,
    JOINED,
    OPERATOR,
    WATER,
    file_appeal,
    give_indicator,
)
from tests.digests.counted import ROAD_TOPIC, WATER_TOPIC, counted, said

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
THIRD = Quarter(2026, 3)
AUGUST = date(2026, 8, 12)


def appoint(connection: Connection, official: str) -> int:
    """Let somebody hold the account of an official, and return them."""
    join(connection, DEPUTY, "Сынақ Сынақов", JOINED)
    grant_role(connection, DEPUTY, "official", official, JOINED)
    return DEPUTY


def test_the_numbers_of_a_quarter(connection: Connection) -> None:
    """All sections of the country, or of a region alone."""
    counted(connection, AUGUST, "612000", WATER_TOPIC, registered=40, answered=30)
    counted(connection, AUGUST, "75", ROAD_TOPIC, registered=9)
    counted(connection, date(2026, 10, 1), "75", ROAD_TOPIC, registered=1000)
    country = compose_review(connection, THIRD, None, NOW)
    region = compose_review(connection, THIRD, "61", NOW)

    assert (49, 40) == (country.facts.new.now, region.facts.new.now)
    assert ["61"] == [each.region for each in region.facts.regions]
    assert 0 == country.facts.decisions


def test_indicators_behind_plan_with_those_who_answer(connection: Connection) -> None:
    """The council member of the indicator, and the member of the Bureau of its section."""
    give_indicator(connection, "pipes", "water", "61", "612000", "ulgibaev")
    review = compose_review(connection, THIRD, "61", NOW)
    behind = {each.code: each for each in review.facts.behind}

    assert ("ulgibaev", "mysalbaev") == (behind["pipes"].official, behind["pipes"].member)
    assert {State.BEHIND, State.OVERDUE} & {state for state, _count in review.states}
    assert "pipes" not in {
        each.code for each in compose_review(connection, THIRD, "75", NOW).facts.behind
    }


def test_words_of_citizens_are_those_of_the_quarter(connection: Connection) -> None:
    """The newest first, of the region where one is asked for."""
    appeals = [file_appeal(connection, n, WATER_TOPIC, "61", NOW) for n in range(3)]
    said(connection, appeals[0], "Ескі", date(2026, 7, 1))
    said(connection, appeals[1], "Жаңа", AUGUST)
    said(connection, appeals[2], "Кеш", date(2026, 10, 1))

    review = compose_review(connection, THIRD, "61", NOW)
    assert ["Жаңа", "Ескі"] == [quote.text for quote in review.quotes]
    assert () == compose_review(connection, THIRD, "75", NOW).quotes


def test_a_quarter_that_is_not_over(connection: Connection) -> None:
    """It has no review yet; the newest one that is over is offered."""
    assert THIRD == last_quarter(NOW)
    with pytest.raises(Refusal, match="not over"):
        compose_review(connection, Quarter(2026, 4), None, NOW)


def test_a_region_only_for_who_answers_for_it(connection: Connection) -> None:
    """Sections in the whole country, and the office, read all; the head of a region that one."""
    head = appoint(connection, "synamaev")

    assert 20 == len(regions_for(connection, WATER, NOW))
    assert 20 == len(regions_for(connection, OPERATOR, NOW))
    assert ("61",) == regions_for(connection, head, NOW)
    assert "61" == read_review(connection, head, THIRD, "61", NOW).region
    with pytest.raises(Refusal, match="not among"):
        read_review(connection, head, THIRD, "75", NOW)


def test_who_answers_for_a_district_reads_no_region(connection: Connection) -> None:
    """The country they may read, but not how single officials of other places answer."""
    head = appoint(connection, "ulgilenova")
    file_appeal(connection, 1, "water-supply", "10", NOW)
    whole = read_review(connection, OPERATOR, THIRD, None, NOW)
    assert whole.facts.officials

    assert () == regions_for(connection, head, NOW)
    read = read_review(connection, head, THIRD, None, NOW)
    assert replace(whole, facts=replace(whole.facts, officials=())) == read


def test_citizens_read_none(connection: Connection) -> None:
    """The use case itself says no."""
    with pytest.raises(Refusal):
        read_review(connection, CITIZEN, THIRD, None, NOW)


def test_an_account_of_nobody_reads_none(connection: Connection) -> None:
    """An official without a name in the directory answers for nothing."""
    join(connection, DEPUTY, "Сынақ Сынақов", JOINED)
    grant_role(connection, DEPUTY, "official", None, JOINED)
    with pytest.raises(Refusal, match="not tied"):
        read_review(connection, DEPUTY, THIRD, None, NOW)


def test_the_command_writes_files(
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A PDF and a spreadsheet of a region in one language; bad arguments say what is wrong."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    out = str(tmp_path / "out")

    asked = ["review", "--quarter", "2026-1", "--language", "ru", "--out", out]
    assert 0 == main([*asked, "--region", "61"])
    assert ["review-2026-1-61-ru.pdf", "review-2026-1-61-ru.xlsx"] == sorted(
        path.name for path in Path(out).iterdir()
    )
    text = PdfReader(Path(out) / "review-2026-1-61-ru.pdf").pages[0].extract_text()
    assert "Туркестанская область" in text
    assert 2 == main([*asked, "--region", "99"])
    assert "no region 99" in capsys.readouterr().err
