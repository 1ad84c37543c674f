"""Screens of an official: lists of open cases, a case."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.official.callbacks import (
    CaseOpened,
    CasesListed,
    DeskOpened,
)
from handlers.official.digest_callbacks import ErrandsListed
from handlers.official.workload_callbacks import WorkloadShown
from handlers.screen import Screen
from handlers.text import N_, _, current_language, pick
from handlers.views.appeal_names import MANDATE
from handlers.views.calendar_days import short
from handlers.views.digest_buttons import desk_keyboard
from handlers.views.digest_notices import digest_plain, digest_text
from handlers.views.operator_appeal import card_screen
from handlers.views.poll_report_callbacks import ReportsListed
from handlers.views.roadmap_callbacks import BoardShown
from services.appeals.dossier import Dossier
from services.digests.facts import Case, DigestFacts
from services.organisation.directory import Organisation
from services.places.atlas import atlas
from services.roadmap.desk import CaseList, CasePage

_LISTS = {
    CaseList.OVERDUE: N_("🔴 Overdue appeals"),
    CaseList.DUE_SOON: N_("🟡 Appeals due soon"),
    CaseList.OPEN: N_("📂 Appeals under consideration"),
    CaseList.NEW: N_("🆕 New appeals"),
    CaseList.RETURNED: N_("🔁 Appeals returned as not solved"),
    CaseList.NAMED: N_("⬆️ Appeals passed on to you"),
}


def desk_screen(
    facts: DigestFacts,
    organisation: Organisation,
    digest: int = 0,
    read_at: datetime | None = None,
) -> Screen:
    """Return the official's digest of this moment; digest is the id of this morning's one."""
    reports = [button(_("📑 Reports of polls"), ReportsListed())]
    board = [button(_("🗺 Road Map"), BoardShown())]
    if facts.empty:
        text = _("No section of the Road Map is assigned to you today.")
        errands = [button(_("📋 Errands"), ErrandsListed())]
        return Screen(text, keyboard(errands, board, reports))
    return Screen(
        digest_text(facts, organisation),
        desk_keyboard(facts, digest, read_at, [board, _workload(facts), reports]),
        plain=digest_plain(facts, organisation),
    )


def _workload(facts: DigestFacts) -> list[InlineKeyboardButton]:
    """Return the way to the workload, for whoever answers for all sections of a place."""
    if not any(area.sections is None for area in facts.areas):
        return []
    return [button(_("👥 Workload"), WorkloadShown())]


def cases_screen(
    kind: CaseList, page: CasePage, organisation: Organisation, *, first: bool
) -> Screen:
    """Return a page of a list; `first` where nothing stands before it."""
    title = f"<b>{_(_LISTS[kind])}</b>"
    desk = [back(DeskOpened())]
    if not page.cases:
        words = _("There is nothing in this list now.")
        start = [] if first else [_to_beginning(kind)]
        return Screen(f"{title}\n\n{words}", keyboard(start, desk))
    words = _("The nearest due date stands first. Choose an appeal to open it.")
    rows = [[_case_button(case, kind, organisation)] for case in page.cases]
    turning = [] if first else [_to_beginning(kind)]
    if page.more:
        last = page.cases[-1]
        onward = CasesListed(kind=kind, due=last.due_on.toordinal(), after=last.id)
        turning.append(button(_("More ›"), onward))
    return Screen(f"{title}\n\n{words}", keyboard(*rows, turning, desk))


def case_screen(case: Dossier, kind: CaseList, organisation: Organisation) -> Screen:
    """Return one appeal as its official needs it."""
    return card_screen(case, organisation, CasesListed(kind=kind))


def _to_beginning(kind: CaseList) -> InlineKeyboardButton:
    return button(_("« To the beginning"), CasesListed(kind=kind))


def _case_button(case: Case, kind: CaseList, organisation: Organisation) -> InlineKeyboardButton:
    topic = organisation.topics[case.topic]
    mandate = MANDATE if case.campaign is not None else ""
    label = f"{mandate}{short(case.due_on)} {topic.emoji} {_narrow_place(case)} · {case.number}"
    return button(label, CaseOpened(appeal=case.id, kind=kind))


def _narrow_place(case: Case) -> str:
    found = atlas().find(case.region, case.district)
    if found is None:
        return case.region
    if found.district is not None:
        return found.district.name(current_language())
    return pick(found.region.short_kk, found.region.short_ru)
