"""Staff who compose programmes, and who may read who takes part."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.i18n import Catalogues
from handlers.views.programme_file import participant_rows
from services.clock import local_date
from services.delivery.letting_out import approve
from services.exports.asking import ask_export, take_export
from services.exports.kinds import Export
from services.language import Language
from services.programmes import composing, form_building
from services.programmes.catalogue import open_programmes, read_card
from services.programmes.desk import all_programmes, read_participants
from services.programmes.model import FieldKind, Option, ProgrammeStatus
from services.programmes.signing_up import Wanted, sign_up
from services.refusal import Refusal
from services.rights.programmes import find_due, forget_due, own_signups
from storage import signups as people
from storage.schema.audit import audit
from tests.programmes.conftest import (
    ADMINISTRATOR,
    EDITOR,
    ELSEWHERE,
    NOW,
    OTHER_ADMINISTRATOR,
    PEOPLE,
    TEXTS,
    ask,
    come,
    draft,
    opened,
    plan,
)

A, B = PEOPLE[:2]


def test_a_draft_is_not_seen(connection: Connection) -> None:
    """Citizens see a programme once signing up was opened."""
    programme, today = draft(connection), local_date(NOW)
    with pytest.raises(Refusal):
        read_card(connection, programme.id, A)
    assert () == open_programmes(connection, None, today).programmes
    composing.open_programme(connection, ADMINISTRATOR, programme.id, programme.version, NOW)
    assert 1 == len(open_programmes(connection, None, today).programmes)


def test_for_ones_own_place(connection: Connection) -> None:
    """The catalogue of a place holds what is for it, for its region and for everybody."""
    opened(connection, region="61", district="615200")
    today = local_date(NOW)
    for place, seen in (
        (("61", "615200"), 1),
        (("61", None), 1),
        (("61", "611600"), 0),
        (("10", None), 0),
    ):
        assert seen == len(open_programmes(connection, place, today).programmes), place


def test_two_editors_at_once(connection: Connection) -> None:
    """Who saw an older version is told so; the same change twice is one."""
    programme = draft(connection)
    seen, changes = programme.version, {"capacity": 5}
    first = composing.change_programme(connection, ADMINISTRATOR, programme.id, seen, changes, NOW)
    again = composing.change_programme(connection, ADMINISTRATOR, programme.id, seen, changes, NOW)
    assert first == again
    with pytest.raises(Refusal, match="This has changed meanwhile"):
        composing.change_programme(
            connection, ADMINISTRATOR, programme.id, seen, {"capacity": 7}, NOW
        )


def test_both_languages(connection: Connection) -> None:
    """A text in one language only is refused."""
    programme = draft(connection)
    with pytest.raises(Refusal, match="Both texts are needed"):
        composing.change_programme(
            connection, ADMINISTRATOR, programme.id, programme.version, {"terms_kk": "18+"}, NOW
        )


def test_only_within_ones_place(connection: Connection) -> None:
    """An editor of a region looks after its programmes, and after no others."""
    programme = opened(connection, region="61")
    assert [1, 0] == [len(all_programmes(connection, who)[0]) for who in (EDITOR, ELSEWHERE)]
    composing.close_programme(connection, EDITOR, programme.id, programme.version, NOW)
    for command in (read_participants,):
        with pytest.raises(Refusal):
            command(connection, ELSEWHERE, programme.id, 0, NOW)


def test_begun_for_ones_own_place(connection: Connection) -> None:
    """What an editor of a region begins is for it, so that they can go on with it."""
    programme = composing.begin_programme(connection, EDITOR, "own", TEXTS, NOW)
    assert ("61", None) == (programme.region, programme.district)
    changed = composing.change_programme(
        connection, EDITOR, programme.id, programme.version, {"capacity": 5}, NOW
    )
    assert 5 == changed.capacity
    with pytest.raises(Refusal):
        composing.change_programme(
            connection, EDITOR, programme.id, changed.version, {"region": None}, NOW
        )


def test_a_question_that_was_answered(connection: Connection) -> None:
    """Its kind stays; taken away it is kept for who has answered it."""
    options = (Option("o1", "Иә", "Да"), Option("o2", "Жоқ", "Нет"))
    programme = ask(connection, opened(connection), FieldKind.CHOICE, options=options)
    code = read_card(connection, programme.id, A).fields[0].code
    wanted = Wanted("Аманов Айдар", {code: "o1"}, 1)
    sign_up(connection, A, programme.id, wanted, 0, Language.RUSSIAN, NOW)
    form_building.drop_field(connection, ADMINISTRATOR, programme.id, programme.version, code, NOW)
    found = read_participants(connection, ADMINISTRATOR, programme.id, 0, NOW)
    assert [(True, "o1")] == [
        (field.retired, found.people[0].answers[field.code]) for field in found.fields
    ]
    assert [{"question": "Вопрос?", "answer": "Да"}] == own_signups(connection, A, "ru")[0][
        "answers"
    ]


def test_reading_is_written_down(connection: Connection) -> None:
    """Who read the list of participants stands in the audit."""
    programme = opened(connection)
    come(connection, programme, A)
    read_participants(connection, ADMINISTRATOR, programme.id, 0, NOW)
    found = connection.execute(
        sa.select(audit.c.who, audit.c["on"]).where(audit.c.what == "programme.participants")
    ).all()
    assert [(ADMINISTRATOR, f"programme:{programme.id}")] == [tuple(row) for row in found]


def test_the_file_needs_a_second_person(connection: Connection) -> None:
    """The list leaves as a file only when another person has let it out, once."""
    programme = opened(connection)
    come(connection, programme, A)
    kind, of, reason = Export.PARTICIPANTS, programme.id, "Сабаққа тізім керек."
    approval = ask_export(connection, kind, of, ADMINISTRATOR, 7, reason, NOW)
    with pytest.raises(Refusal):
        take_export(connection, approval.id, ADMINISTRATOR, NOW)
    approve(connection, approval.id, approval.seen, OTHER_ADMINISTRATOR, NOW)
    taken = take_export(connection, approval.id, ADMINISTRATOR, NOW)
    assert ["Аманов Айдар"] == [each.name for each in taken.data.people]
    catalogues = Catalogues()
    for language, head in (("kk", "Қатысушы нөмірі"), ("ru", "Номер участника")):
        with catalogues.context(), catalogues.use_locale(language):
            heads, row = participant_rows(taken.data)
        # The number by which a table of who came names them.
        assert (head, taken.data.people[0].id, "Аманов Айдар") == (heads[0], *row[:2])


def test_kept_for_a_year(connection: Connection) -> None:
    """A year after the end of the programme nothing personal is left of a sign-up."""
    programme = opened(connection)
    come(connection, programme, A)
    ended = NOW + timedelta(days=18)
    assert [] == list(find_due(connection, NOW, 10))
    assert 1 == forget_due(connection, ended + timedelta(days=1), ended, 10)
    row = people.signups_of(connection, programme.id, ["confirmed"])[0]
    assert (None, None, None) == (row["person_id"], row["name"], row["answers"])


def test_the_days_of_sessions(connection: Connection) -> None:
    """A session lies within the days of its programme, whichever of them is changed."""
    programme = plan(connection, draft(connection))
    with pytest.raises(Refusal, match="A session lies outside"):
        composing.change_programme(
            connection,
            ADMINISTRATOR,
            programme.id,
            programme.version,
            {"begins_on": programme.ends_on},
            NOW,
        )
    assert ProgrammeStatus.DRAFT is programme.status
