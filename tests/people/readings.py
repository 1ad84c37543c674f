"""Use cases of the staff, each as somebody tries it who has had nothing to do with the case.

Those that write nothing, and those whose case in tests/operations is about the actor's own.
"""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals import (
    answering,
    asking,
    extending,
    lists,
    merging,
    opening,
    quoting,
    redirecting,
    to_council,
)
from services.audit import checking, showing
from services.campaigns import keeping, silence
from services.clock import local_date
from services.councils import deciding, members
from services.councils import desk as council_desk
from services.councils.exporting import export_councils
from services.delivery import (
    letting_out,
    mailing_control,
    mailing_run,
    overview,
    recall,
    requests,
    resend,
)
from services.digests import delegates, errand_lists, errands, readers, reading_proof
from services.exports.asking import describe_export
from services.exports.kinds import Export
from services.news.planned import call_off, planned_posts
from services.openness import correcting
from services.people import colleagues, invitations, staff
from services.performance import workload
from services.polls import reporting, themes, two_keys
from services.polls.launching import check_launch
from services.programmes import attendance
from services.programmes import desk as programme_desk
from services.programmes.schools import read_schools
from services.proposals import board as proposals_board
from services.proposals import moderating
from services.ratings import desk as rating_desk
from services.reports import execution
from services.reports.quarter import Quarter
from services.roadmap import board, desk, exporting, returning
from services.stories.model import StoryStatus
from services.stories.noted import list_wanted
from services.stories.reading import list_for_staff
from storage import poll_keys
from storage.appeal_lists import lines_of
from storage.audit_reading import Wanted
from storage.errands import add_errand
from storage.schema.roadmap import indicator_facts
from tests.operations import (
    approval_cases,
    council_cases,
    ending_cases,
    openness_cases,
    programme_cases,
    proposal_cases,
    rating_cases,
    roadmap_cases,
    school_cases,
)
from tests.operations.seeded import (
    ANSWER,
    NOW,
    OFFICIAL,
    OFFICIALS_CODE,
    OPERATOR,
    Seeded,
    poll_draft,
)

TODAY = local_date(NOW)
REGION = "10"

Reading = Callable[[Connection, int, Seeded], object]


def _merge_target(connection: Connection, actor: int, seeded: Seeded) -> object:
    number = lines_of(connection, [seeded.answered_appeal])[0]["number"]
    return merging.merge_target(connection, seeded.open_appeal, actor, number, NOW)


def _errand(connection: Connection, actor: int, _seeded: Seeded) -> object:
    values = {
        "key": "given",
        "kind": "delegated",
        "by": OFFICIAL,
        "official": OFFICIALS_CODE,
        "person_id": actor,
        "text": "Тексеріңіз.",
        "due_on": TODAY + timedelta(days=3),
        "created_at": NOW,
    }
    given = add_errand(connection, values)
    return errands.accept_errand(connection, actor, given["id"], NOW)


def _approve(connection: Connection, actor: int, _seeded: Seeded) -> object:
    asked = approval_cases.ask(connection, NOW)
    return letting_out.approve(connection, asked.id, asked.seen, actor, NOW)


def _decline(connection: Connection, actor: int, _seeded: Seeded) -> object:
    asked = approval_cases.ask(connection, NOW)
    return letting_out.decline(connection, asked.id, asked.seen, actor, "Қате бар", NOW)


def _resend(connection: Connection, actor: int, seeded: Seeded) -> object:
    recall.leave_waiting(connection, seeded.again)
    mailing_run.finish(connection, seeded.again, NOW)
    return resend.resend(connection, actor, seeded.again, 0, NOW, uncertain=True)


def _reported(connection: Connection, seeded: Seeded) -> int:
    """Report on an indicator, and return the report."""
    roadmap_cases.CASES["services.roadmap.reporting.report_fact"](connection, seeded, NOW)
    found: int = connection.execute(sa.select(indicator_facts.c.id)).scalar_one()
    return found


def _round(connection: Connection, actor: int, _seeded: Seeded) -> object:
    rating_cases.prepare(connection, "services.ratings.desk.read_round")
    return rating_desk.read_round(connection, actor, rating_cases.ROUND)


def _correction(connection: Connection, actor: int, _seeded: Seeded) -> object:
    rating_cases.prepare(connection, "services.ratings.correcting.make_correction")
    return rating_desk.read_correction(connection, actor, rating_cases.asked(connection))


def _own_place(connection: Connection, actor: int, _seeded: Seeded) -> object:
    draft = ending_cases.name(connection, NOW)
    poll_keys.forget_holders(connection, draft)
    poll_keys.add_holder(connection, draft, 0, actor)
    return two_keys.own_place(connection, draft, actor)


def _proposal_target(connection: Connection, actor: int, _seeded: Seeded) -> object:
    target = proposal_cases.published(connection, NOW, "target")
    waiting = proposal_cases.waiting(connection, NOW)
    return moderating.merge_target(connection, actor, waiting, str(target))


def _indicator(connection: Connection, actor: int, seeded: Seeded) -> object:
    _reported(connection, seeded)
    return board.read_indicator(connection, "water", TODAY, actor=actor)


def _history(connection: Connection, actor: int, seeded: Seeded) -> object:
    _reported(connection, seeded)
    return board.read_history(connection, actor, "water", TODAY)


def _return(connection: Connection, actor: int, seeded: Seeded) -> object:
    fact = _reported(connection, seeded)
    return returning.return_fact(connection, actor, fact, "Қай ауылда?", NOW)


READINGS: dict[str, Reading] = {
    "services.appeals.answering.answer_sheet": lambda c, a, s: answering.answer_sheet(
        c, s.open_appeal, a, NOW
    ),
    "services.appeals.answering.review_answer": lambda c, a, s: answering.review_answer(
        c, s.open_appeal, a, ANSWER, NOW
    ),
    "services.appeals.asking.number_to_note": lambda c, a, s: asking.number_to_note(
        c, s.open_appeal, a, NOW
    ),
    "services.appeals.extending.possible_extension": lambda c, a, s: extending.possible_extension(
        c, s.open_appeal, 1, a, NOW
    ),
    "services.appeals.extending.proposed_date": lambda c, a, s: extending.proposed_date(
        c, s.open_appeal, 1, a, TODAY + timedelta(days=35), NOW
    ),
    "services.appeals.lists.desk_facts": lambda c, a, _: lists.desk_facts(c, a, NOW),
    "services.appeals.lists.list_appeals": lambda c, a, _: lists.list_appeals(
        c, a, lists.Listed.NEW, "", TODAY, after=None, limit=5
    ),
    "services.appeals.merging.merge_target": _merge_target,
    "services.appeals.opening.require_sealed": lambda c, a, s: opening.require_sealed(
        c, s.answered_appeal, a
    ),
    "services.appeals.redirecting.require_redirectable": lambda c, a, s: (
        redirecting.require_redirectable(c, s.open_appeal, a, NOW)
    ),
    "services.appeals.quoting.list_unquoted": lambda c, a, _: quoting.list_unquoted(
        c, a, before=None, limit=5
    ),
    "services.audit.checking.check_audit": lambda c, a, _: checking.check_audit(c, a),
    "services.audit.showing.appeal_of": lambda c, a, _: showing.appeal_of(c, a, "26-000001-1"),
    "services.audit.showing.names_of": lambda c, a, s: showing.names_of(c, a, a, s.open_appeal),
    "services.audit.showing.staff_of": lambda c, a, _: showing.staff_of(c, a, 0, 5),
    "services.audit.showing.read_audit": lambda c, a, _: showing.read_audit(
        c, a, Wanted(), NOW, before=None, limit=5
    ),
    "services.campaigns.keeping.kept_campaign": lambda c, a, _: keeping.kept_campaign(
        c, 1, a, NOW
    ),
    "services.campaigns.keeping.kept_campaigns": lambda c, a, _: keeping.kept_campaigns(c, a, NOW),
    "services.campaigns.silence.require_held": lambda c, a, s: silence.require_held(
        c, s.running, a, NOW
    ),
    "services.delivery.letting_out.approve": _approve,
    "services.delivery.letting_out.decline": _decline,
    "services.delivery.mailing_control.control_mailing": lambda c, a, s: (
        mailing_control.control_mailing(c, a, s.paused, mailing_control.Control.RESUME, 1, NOW)
    ),
    "services.delivery.overview.account": lambda c, a, s: overview.account(c, a, s.running),
    "services.delivery.overview.mailings_page": lambda c, a, _: overview.mailings_page(c, a, NOW),
    "services.delivery.overview.read_card": lambda c, a, s: overview.read_card(
        c, a, s.running, NOW
    ),
    "services.delivery.recall.ask_recall": lambda c, a, s: recall.ask_recall(c, a, s.running, NOW),
    "services.delivery.recall.recall_mailing": lambda c, a, s: recall.recall_mailing(
        c, a, s.running, 0, NOW
    ),
    "services.delivery.resend.resend": _resend,
    "services.delivery.requests.find_request": lambda c, a, _: requests.find_request(
        c, approval_cases.ask(c, NOW).id, a
    ),
    "services.delivery.requests.pending_requests": lambda c, a, _: requests.pending_requests(
        c, a, 0, 5
    ),
    "services.digests.delegates.delegates": lambda c, a, _: delegates.delegates(c, a, NOW),
    "services.digests.delegates.find_delegate": lambda c, a, _: delegates.find_delegate(
        c, a, OPERATOR, NOW
    ),
    "services.digests.errand_lists.errands_given": lambda c, a, _: errand_lists.errands_given(
        c, a, before=0, limit=5
    ),
    "services.digests.errand_lists.errands_of_mine": lambda c, a, _: errand_lists.errands_of_mine(
        c, a, before=0, limit=5
    ),
    "services.digests.errand_lists.read_errand": lambda c, a, _: errand_lists.read_errand(c, a, 1),
    "services.digests.errands.accept_errand": _errand,
    "services.digests.readers.preferences_of": lambda c, a, _: readers.preferences_of(c, a),
    "services.digests.reading_proof.digest_of_today": lambda c, a, _: (
        reading_proof.digest_of_today(c, a, NOW)
    ),
    "services.exports.asking.describe_export": lambda c, a, s: describe_export(
        c, Export.UNREACHED, s.all_sent, a, NOW
    ),
    "services.news.planned.call_off": lambda c, a, _: call_off(c, a, approval_cases.plan(c), NOW),
    "services.news.planned.planned_posts": lambda c, a, _: planned_posts(c, a, None, 5),
    "services.openness.correcting.decide_correction": lambda c, a, _: correcting.decide_correction(
        c, a, openness_cases.ask(c, NOW).id, NOW, through=True
    ),
    "services.openness.correcting.find_correction": lambda c, a, _: correcting.find_correction(
        c, a, openness_cases.ask(c, NOW).id
    ),
    "services.openness.correcting.recount": lambda c, a, _: correcting.recount(
        c, a, openness_cases.counted_month(c)
    ),
    "services.openness.correcting.waiting_corrections": lambda c, a, _: (
        correcting.waiting_corrections(c, a, 5)
    ),
    "services.appeals.to_council.councils_for": lambda c, a, s: to_council.councils_for(
        c, s.open_appeal, a, NOW
    ),
    "services.appeals.to_council.who_would_answer": lambda c, a, s: to_council.who_would_answer(
        c, s.open_appeal, a, council_cases.brought(c), NOW
    ),
    "services.councils.deciding.list_waiting": lambda c, a, _: deciding.list_waiting(c, a, 0, NOW),
    "services.councils.desk.read_desk": lambda c, a, _: council_desk.read_desk(c, a, NOW),
    "services.councils.desk.read_place": lambda c, a, _: council_desk.read_place(
        c, a, REGION, None, NOW
    ),
    "services.councils.exporting.export_councils": lambda c, a, _: export_councils(c, a, "kk"),
    "services.councils.members.activity_of": lambda c, a, _: members.activity_of(
        c, a, council_cases.brought(c), TODAY
    ),
    "services.councils.members.inactive_seen": lambda c, a, _: members.inactive_seen(c, a, TODAY),
    "services.people.colleagues.list_colleagues": lambda c, a, _: colleagues.list_colleagues(
        c, a, after=0, limit=5
    ),
    "services.people.invitations.find_invitation": lambda c, a, _: invitations.find_invitation(
        c, a, "none", NOW
    ),
    "services.people.invitations.list_invitations": lambda c, a, _: invitations.list_invitations(
        c, a, NOW
    ),
    "services.people.staff.find_member": lambda c, a, _: staff.find_member(c, a, OFFICIAL),
    "services.people.staff.list_staff": lambda c, a, _: staff.list_staff(c, a),
    "services.performance.workload.read_workload": lambda c, a, _: workload.read_workload(
        c, a, workload.Stretch.MONTH, TODAY, after=None, limit=5
    ),
    "services.polls.approving.send_poll": lambda c, a, _: check_launch(
        c, poll_draft("checked"), a, NOW
    ),
    "services.polls.reporting.closed_polls": lambda c, a, _: reporting.closed_polls(c, a, 0, 5),
    "services.polls.reporting.read_report": lambda c, a, s: reporting.read_report(
        c, a, s.closing_poll, NOW
    ),
    "services.polls.themes.questions_to_read": lambda c, a, _: themes.questions_to_read(c, a),
    "services.programmes.attendance.read_meetings": lambda c, a, _: attendance.read_meetings(
        c, a, school_cases.school(c)[0]
    ),
    "services.programmes.desk.all_programmes": lambda c, a, _: programme_desk.all_programmes(c, a),
    "services.programmes.desk.desk_card": lambda c, a, _: programme_desk.desk_card(
        c, a, programme_cases.begun(c).id
    ),
    "services.programmes.schools.read_schools": lambda c, a, _: read_schools(c, a, None),
    "services.proposals.board.list_to_answer": lambda c, a, _: proposals_board.list_to_answer(
        c, a, NOW
    ),
    "services.proposals.moderating.list_waiting": lambda c, a, _: moderating.list_waiting(c, a),
    "services.proposals.moderating.merge_target": _proposal_target,
    "services.reports.execution.read_review": lambda c, a, _: execution.read_review(
        c, a, Quarter.of(TODAY).previous, REGION, NOW
    ),
    "services.reports.execution.regions_for": lambda c, a, _: execution.regions_for(c, a, NOW),
    "services.ratings.desk.find_in_round": lambda c, a, _: rating_desk.find_in_round(
        c, a, rating_cases.ROUND, "Айша"
    ),
    "services.ratings.desk.read_correction": _correction,
    "services.ratings.desk.read_round": _round,
    "services.stories.noted.list_wanted": lambda c, a, _: list_wanted(c, a, NOW),
    "services.stories.reading.list_for_staff": lambda c, a, _: list_for_staff(
        c, a, StoryStatus.PREPARED
    ),
    "services.ratings.desk.read_rounds": lambda c, a, _: rating_desk.read_rounds(c, a),
    "services.roadmap.board.board_of": lambda c, a, _: board.board_of(c, a, TODAY),
    "services.roadmap.exporting.export_table": lambda c, a, _: exporting.export_table(c, a, "ru"),
    "services.roadmap.board.read_fact": lambda c, a, s: board.read_fact(
        c, a, _reported(c, s), TODAY
    ),
    "services.roadmap.board.read_history": _history,
    "services.roadmap.board.read_indicator": _indicator,
    "services.roadmap.desk.first_overdue": lambda c, a, _: desk.first_overdue(c, a, NOW),
    "services.roadmap.desk.list_cases": lambda c, a, _: desk.list_cases(
        c, a, desk.CaseList.OPEN, TODAY, after=None, limit=5
    ),
    "services.roadmap.desk.my_digest": lambda c, a, _: desk.my_digest(c, a, NOW),
    "services.roadmap.returning.return_fact": _return,
    "services.polls.two_keys.own_place": _own_place,
    "services.polls.two_keys.eligible": lambda c, a, _: two_keys.eligible(c, a),
}
