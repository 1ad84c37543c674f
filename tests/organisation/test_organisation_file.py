"""The organisation's file: what is right is read, what is wrong is named by its place."""

from pathlib import Path

import pytest

from services.organisation.importing import (
    BadOrganisationFile,
    parse_organisation,
    read_organisation,
)
from tests.organisation.conftest import FILE


def mistakes(text: str) -> tuple[str, ...]:
    """Return what is said about a file that cannot be imported."""
    with pytest.raises(BadOrganisationFile) as refusal:
        parse_organisation(text)
    return refusal.value.lines


def line_of(text: str, part: str) -> int:
    """Return the number of the first line with this part."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def test_the_demonstration_is_right() -> None:
    """Eight socially sensitive sections and one for the rest, nineteen topics, an office for each region."""
    file = read_organisation(FILE)

    assert 9 == len(file.sections)
    assert "other" == file.topics[-1].code
    assert 19 == len(file.topics)
    assert 23 == len(file.offices) == len(file.routes)
    assert {section.code for section in file.sections} == {
        entry.section for entry in file.assignments
    }


@pytest.mark.parametrize(
    ("old", "new", "where", "sentence"),
    [
        ("  ru: Партия «Үлгі»\n", "", "party:", "party.ru: is missing."),
        ("  ru: Партия «Үлгі»\n", "  ru: ''\n", "  ru: ''", "party.ru: is empty."),
        (
            "section: water, official: mysalbaev, since: 2026-01-01",
            "section: water, official: nobody, since: 2026-01-01",
            "official: nobody",
            "assignments[1].official: “nobody” is not among the officials.",
        ),
        (
            "section: water, official: mysalbaev, since: 2026-01-01",
            "section: water, official: mysalbaev, since: soon",
            "since: soon",
            "assignments[1].since: “soon” is not a date such as 2026-01-31.",
        ),
        (
            'code: region-10, region: "10"',
            'code: region-10, region: "98"',
            'region: "98"',
            "offices[2].region: there is no region “98”.",
        ),
        (
            'code: region-10, region: "10"',
            "code: region-10, region: Abai",
            "region: Abai",
            "offices[2].region: “Abai” is not a region: two digits, the beginning of a KATO code.",
        ),
        (
            "code: water, emoji",
            "code: Water, emoji",
            "code: Water",
            (
                "sections[1].code: “Water” is not a code: a small Latin letter, then letters, "
                "digits, “.”, “_”, “-”."
            ),
        ),
        (
            "body: secretariat",
            "body: council",
            "body: council",
            "officials[9].body: “council” is not among the bodies.",
        ),
        (
            "- {office: central, since: 2026-01-01}",
            "- {office: central, topic: roads, since: 2026-01-01}",
            "routes:",
            "routes: has no entry for any topic in any region: an appeal could get lost.",
        ),
        (
            "news_topics:",
            "newstopics:",
            "newstopics:",
            "newstopics: is not known here; check the spelling.",
        ),
        ("calendar: []", "calendar: []\ncalendar: []", "", "calendar: is written twice."),
        (
            "code: roads, section: roads",
            "code: gas, section: roads",
            "code: gas, section: util",
            "topics[8].code: repeats an entry above.",
        ),
    ],
)
def test_a_mistake_is_named_by_its_place(
    text: str, old: str, new: str, where: str, sentence: str
) -> None:
    """The line and the entry stand before one clear sentence."""
    assert old in text
    wrong = text.replace(old, new, 1)

    found = mistakes(wrong)

    assert sentence in {line.partition(", ")[2] for line in found}
    named = next(line for line in found if line.endswith(sentence))
    if where:
        assert named.startswith(f"Line {line_of(wrong, where)}, ")


def test_all_mistakes_are_named_at_once(text: str) -> None:
    """Nobody has to import five times to learn of five mistakes."""
    wrong = (
        text.replace("  ru: Партия «Үлгі»\n", "", 1)
        .replace("section: water, official: mysalbaev", "section: water, official: nobody", 1)
        .replace("working: true", "working: maybe", 1)
        .replace("calendar: []", "calendar:\n  - {day: 2027-03-20, working: maybe}", 1)
    )

    assert [
        "party.ru: is missing.",
        "assignments[1].official: “nobody” is not among the officials.",
        "calendar[1].reason: is missing.",
        "calendar[1].working: “maybe” must be true or false.",
    ] == [line.partition(", ")[2] for line in mistakes(wrong)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Line 1: the file must begin with entries such as `party:`."),
        ("- 1\n- 2\n", "Line 1: the file must begin with entries such as `party:`."),
        (
            "party: {kk: [\n",
            "Line 2: is not YAML (expected the node content, but found '<stream end>').",
        ),
    ],
)
def test_what_is_no_organisation_is_told_so(text: str, sentence: str) -> None:
    """An empty file, a list and broken YAML each get a sentence."""
    assert (sentence,) == mistakes(text)


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    """The path and the system's reason are named."""
    with pytest.raises(BadOrganisationFile) as refusal:
        read_organisation(tmp_path / "none.yaml")

    assert (f"{tmp_path}/none.yaml: cannot be read (No such file or directory).",) == (
        refusal.value.lines
    )
