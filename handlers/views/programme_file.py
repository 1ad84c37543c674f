"""Who takes part in a programme, as rows of a file."""

from collections.abc import Iterable

from handlers.text import N_, _, current_language
from handlers.views.calendar_days import moment
from services.delivery.workbook import Cell
from services.programmes.desk import Participants
from services.programmes.model import SignUpStatus

_STANDINGS = {
    SignUpStatus.CONFIRMED: N_("takes part"),
    SignUpStatus.OFFERED: N_("was offered a place"),
    SignUpStatus.WAITING: N_("waits"),
}


def participant_rows(found: Participants) -> Iterable[tuple[Cell, ...]]:
    """Yield the headings, then a row for each person: number, name, standing, since when, answers.

    The number is that of a row in a table of who came.
    """
    language = current_language()
    labels = (field.label(language) for field in found.fields)
    heads = (_("Participant number"), _("Surname and given name"), _("Standing"), _("Signed up"))
    yield *heads, *labels
    for each in found.people:
        answers = (
            field.said(each.answers.get(field.code, ""), language) for field in found.fields
        )
        standing = _(_STANDINGS[each.status])
        yield each.id, each.name or "", standing, moment(each.queued_at), *answers
