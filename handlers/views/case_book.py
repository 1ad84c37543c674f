"""Open cases in words, for a spreadsheet: no names and no words of citizens."""

from datetime import date, datetime

from handlers.text import _, current_language
from handlers.views.calendar_days import moment
from services.clock import local, local_date
from services.digests.case_book import CaseBook, CaseRow
from services.digests.composing import SOON
from services.digests.facts import Case
from services.organisation.directory import Organisation
from services.places.atlas import atlas
from services.roadmap.desk import CasePage


def case_book(page: CasePage, organisation: Organisation, now: datetime) -> CaseBook:
    """Return the cases in the current language as of now; the overdue ones come first."""
    today = local_date(now)
    shown = _("As of {moment}. Appeals: {count}. Times are those of Astana.")
    left_out = _("Only the earliest due ones are here; there are more.") if page.more else ""
    return CaseBook(
        title=_("Appeals under consideration"),
        notes=(shown.format(moment=moment(now), count=len(page.cases)), left_out),
        sheet=_("Appeals"),
        heads=(
            _("Number"),
            _("Topic"),
            _("Region"),
            _("District"),
            _("Due date"),
            _("Days overdue"),
            _("State"),
        ),
        rows=tuple(_row(case, organisation, today) for case in page.cases),
        made_at=local(now),
    )


def _row(case: Case, organisation: Organisation, today: date) -> CaseRow:
    found = atlas().find(case.region, case.district)
    language = current_language()
    district = found.district.name(language) if found and found.district else ""
    standing, words = _standing(case, today)
    return CaseRow(
        number=case.number,
        topic=organisation.topics[case.topic].name(language),
        region=found.region.name(language) if found else case.region,
        district=district,
        due_on=case.due_on,
        days=(today - case.due_on).days if case.due_on < today else None,
        state=words,
        standing=standing,
    )


def _standing(case: Case, today: date) -> tuple[str, str]:
    if case.due_on < today:
        return "late", _("overdue")
    if case.due_on <= today + SOON:
        return "soon", _("due soon")
    return "open", _("in time")
