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
    """Yield the headings, then a row for each person: name, standing, since when, answers."""
    language = current_language()
    labels = (field.label(language) for field in found.fields)
    yield _("Surname and given name"), _("Standing"), _("Signed up"), *labels
    for each in found.people:
        answers = (
            field.said(each.answers.get(field.code, ""), language) for field in found.fields
        )
        yield each.name or "", _(_STANDINGS[each.status]), moment(each.queued_at), *answers
