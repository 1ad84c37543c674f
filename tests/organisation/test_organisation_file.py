"""The organisation's file: what is right is read, what is wrong is named by its place."""

from pathlib import Path

import pytest
import yaml

from services.appeals.model import AppealType
from services.organisation import rows_of_file
from services.organisation.importing import (
    BadOrganisationFile,
    parse_organisation,
    read_organisation,
)
from tests.organisation.conftest import FILE

TERM = "types[2].term: “soon” is not a whole number."


def mistakes(text: str) -> tuple[str, ...]:
    """Return what is said about a file that cannot be imported."""
    with pytest.raises(BadOrganisationFile) as refusal:
        parse_organisation(text)
    return refusal.value.lines


def line_of(text: str, part: str) -> int:
    """Return the number of the first line with this part."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def test_the_demonstration_is_right() -> None:
    """Eight sections and one for the rest, nineteen topics, an office for each region."""
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
            "body: public_council",
            "body: public_council",
            "officials[9].body: “public_council” is not among the bodies.",
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
        (
            "  - code: complaint\n",
            "  - code: complain\n",
            "types:",
            "types: “complaint” is missing.",
        ),
        ("    term: 20\n", "    term: soon\n", "term: soon", TERM),
        ("    term: 20\n", "    term: 0\n", "term: 0", "types[2].term: “0” is less than 1."),
        (
            "unit: calendar",
            "unit: lunar",
            "unit: lunar",
            "types[6].unit: “lunar” is not one of 'working' or 'calendar'.",
        ),
        (
            '{code: since, text: {kk: "Су қашаннан',
            '{code: address, text: {kk: "Су қашаннан',
            'code: address, text: {kk: "Су',
            "topics[1].questions[2].code: repeats an entry above.",
        ),
        (
            "topics: [gas]",
            "topics: [gaz]",
            "topics: [gaz]",
            "stops[3].topics[1]: “gaz” is not among the topics.",
        ),
        (
            "        - суицид\n",
            "        - яд.\n",
            "- яд.",
            "stops[6].words.ru[17]: “яд.” has fewer than 4 letters.",
        ),
        (
            'phone: "104"',
            "phone: gas",
            "phone: gas",
            "stops[3].phone: “gas” is not a telephone number.",
        ),
        (
            "topic: water-supply\n",
            "topic: water\n",
            "topic: water",
            "templates[8].topic: “water” is not among the topics.",
        ),
        (
            "code: central, head: qiyalbaev",
            "code: central, parent: region-19, head: qiyalbaev",
            "code: central,",
            "offices[1].parent: leads in a circle back to “central”.",
        ),
        (
            "parent: region-19",
            "parent: region-99",
            "parent: region-99",
            "offices[22].parent: “region-99” is not among the offices.",
        ),
        (
            "head: ulgilenova",
            "head: nobody",
            "head: nobody",
            "offices[23].head: “nobody” is not among the officials.",
        ),
        (
            'code: district-194000, region: "19"',
            'code: district-194000, region: "10"',
            "code: district-194000",
            "offices[22].district: “194000” does not lie in the region “10”.",
        ),
        (
            "office: region-10, since",
            "office: region-10, official: nobody, since",
            "official: nobody",
            "routes[2].official: “nobody” is not among the officials.",
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


@pytest.mark.parametrize(
    ("absences", "sentence"),
    [
        (
            ["{official: nobody, deputy: ulgibaev, since: 2027-07-01, until: 2027-07-22}"],
            "absences[1].official: “nobody” is not among the officials.",
        ),
        (
            ["{official: ulgibaev, deputy: ulgibaev, since: 2027-07-01, until: 2027-07-22}"],
            "absences[1].deputy: “ulgibaev” cannot stand in for themselves.",
        ),
        (
            ["{official: ulgibaev, deputy: nobaeva, since: 2027-07-01, until: 2027-07-01}"],
            "absences[1].until: must be the first day back, later than since.",
        ),
        (
            [
                "{official: ulgibaev, deputy: nobaeva, since: 2027-07-01, until: 2027-07-22}",
                "{official: ulgibaev, deputy: synaqova, since: 2027-07-21, until: 2027-07-23}",
            ],
            "absences[2]: overlaps another absence of “ulgibaev”.",
        ),
        (
            [
                "{official: ulgibaev, deputy: nobaeva, since: 2027-07-01, until: 2027-07-22}",
                "{official: nobaeva, deputy: ulgibaev, since: 2027-07-20, until: 2027-07-30}",
            ],
            "absences[2].deputy: on 2027-07-20 the deputies lead in a circle.",
        ),
    ],
)
def test_an_absence_that_cannot_be_is_named(text: str, absences: list[str], sentence: str) -> None:
    """Somebody acts on every day, and it is never oneself."""
    listed = "".join(f"\n  - {absence}" for absence in absences)

    assert [sentence] == [
        line.partition(", ")[2]
        for line in mistakes(text.replace("absences: []", f"absences:{listed}", 1))
    ]


def test_absences_that_follow_each_other_are_right(text: str) -> None:
    """The first day back of one is the first day away of the next."""
    listed = (
        "\n  - {official: ulgibaev, deputy: nobaeva, since: 2027-07-01, until: 2027-07-22}"
        "\n  - {official: ulgibaev, deputy: synaqova, since: 2027-07-22, until: 2027-07-30}"
        "\n  - {official: nobaeva, deputy: ulgibaev, since: 2027-07-30, until: 2027-08-30}"
    )

    file = parse_organisation(text.replace("absences: []", f"absences:{listed}", 1))

    assert 3 == len(file.absences)


def test_a_fourth_question_is_too_many(text: str) -> None:
    """A citizen is not sent a questionnaire."""
    more = "".join(f"      {{code: q{n}, text: {{kk: Сұрақ, ru: Вопрос}}}},\n" for n in range(3))
    first = "      {code: school, "
    wrong = text.replace(first, more + first, 1)

    assert ["topics[11].questions: has more than 3 entries."] == [
        line.partition(", ")[2] for line in mistakes(wrong)
    ]


def test_an_older_file_takes_the_shipped_types(text: str) -> None:
    """The new parts may be left out; the demonstration names the same types."""
    content = yaml.safe_load(text)
    demonstrated = rows_of_file.types(parse_organisation(text))
    for part in ("types", "stops", "templates", "absences"):
        del content[part]

    older = parse_organisation(yaml.safe_dump(content, allow_unicode=True))

    assert demonstrated == rows_of_file.types(older)
    assert [kind.value for kind in AppealType] == [row["code"] for row in demonstrated]
    assert ((), (), ()) == (older.stops, older.templates, older.absences)


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
