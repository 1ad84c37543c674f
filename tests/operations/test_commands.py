"""Every command has a natural key, and run twice it changes nothing the second time.

`RECORD=1 pytest tests/operations/test_commands.py` writes the table into docs/architecture.md.
"""

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals import (
    additions,
    asking,
    banning,
    changing,
    declining,
    departures,
    extending,
    files,
    handing_over,
    joining,
    ladder,
    merging,
    queue,
    reception,
    redirecting,
    reminding,
    returning,
    sorting,
    verdict,
    withdrawing,
)
from services.appeals import closing as appeals_closing
from services.appeals.alarm import raise_alarm
from services.appeals.answering import answer_appeal
from services.appeals.draft import Visitor
from services.appeals.filing import Filing, file_appeal
from services.appeals.model import AppealEvent, AppealType, CopyState
from services.appeals.reasons import keep_reason
from services.appeals.registration import register_appeal
from services.appeals.search import forget_words, index_text
from services.appeals.stages import Stage
from services.delivery import (
    claiming,
    letters,
    mailing,
    mailing_control,
    mailing_run,
    progress,
    recall,
    report,
    resend,
)
from services.delivery.outcome import Outcome, Result
from services.delivery.target import Rhythm
from services.digests.queueing import queue_digests
from services.digests.undistributed import queue_undistributed
from services.language import Language
from services.news import digest, posts, reaction, rhythm, subscription, trying
from services.news.model import Draft as PostDraft
from services.operations.heartbeat import beat
from services.organisation import importing
from services.people import person
from services.people.duty import set_duty
from services.people.model import Profile
from services.polls import answering, closing, launching, publishing
from services.polls.ballot_box import cast_ballot
from services.polls.counting import count
from services.polls.extending import extend_poll
from services.polls.reading import find_poll
from services.polls.tally import Tally
from services.polls.weights import official
from services.refusal import Refusal
from services.roadmap.responsibility import Routed
from storage import conversation, migrations, parked, quarantine
from storage import polls as poll_rows
from storage.appeals import find_appeal, find_by_draft
from storage.delivery import DeliveryStatus
from storage.engine.job import COUNTED
from storage.outbox import tell
from storage.schema import metadata
from tests.cluster import Cluster
from tests.operations import (
    approval_cases,
    audit_cases,
    campaign_cases,
    consent_cases,
    council_cases,
    data_key_cases,
    digest_cases,
    digest_delivery_cases,
    ending_cases,
    errand_cases,
    invitation_cases,
    openness_cases,
    programme_cases,
    proposal_cases,
    quote_cases,
    rating_cases,
    rights_cases,
    roadmap_cases,
    school_cases,
    second_person_cases,
    source_cases,
    staff_cases,
    story_cases,
    text_cases,
)
from tests.operations.catalogue import Code, Command
from tests.operations.seeded import (
    ADMINISTRATOR,
    ANSWER,
    CITIZEN,
    FILE,
    NEIGHBOUR,
    NOW,
    OFFICIAL,
    OFFICIALS_CODE,
    OPERATOR,
    ORGANISATION,
    TAG,
    Seeded,
    appeal_draft,
    poll_draft,
    seed,
)
from tests.operations.seeded import NEWS as TOPIC_OF_NEWS

LATER_DUE = date(2026, 12, 28)
RECORD = bool(os.environ.get("RECORD"))
ARCHITECTURE = Path(__file__).resolve().parents[2] / "docs/architecture.md"
TABLE = re.compile(
    r"(<!-- commands: checked by tests/operations -->\n)(.*?)(\n<!-- end -->)", re.DOTALL
)

# After an answer: when silence closes an appeal, and when a promise is checked.
SILENT, CHECKED = timedelta(days=7), timedelta(days=28)

Case = Callable[[Connection, Seeded, datetime], object]
BOTH = (CITIZEN, NEIGHBOUR)


@cache
def code() -> Code:
    """Return the code, read for the tests that ask and not wherever tests are collected."""
    return Code()


def found_mailing(connection: Connection, mailing_id: int) -> Any:
    """Return a mailing as the sender knows it."""
    return mailing.find_mailing(connection, mailing_id)


def appeal_row(connection: Connection, appeal_id: int) -> Any:
    """Return an appeal as the commands find it."""
    return find_appeal(connection, appeal_id)


def publish(connection: Connection, seeded: Seeded, now: datetime) -> None:
    """Publish a poll on which one person answered."""
    launched = find_poll(connection, seeded.closing_poll)
    assert launched is not None
    counted = count(launched, None, Tally.empty(1), official(connection))
    publishing.publish(connection, launched, counted, {}, [CITIZEN], now)


def import_changed(connection: Connection, _: Seeded, now: datetime) -> None:
    """Import the organisation without its last news topic, a day later."""
    file = importing.read_organisation(ORGANISATION)
    fewer = file.model_copy(update={"news_topics": file.news_topics[:-1]})
    importing.import_organisation(connection, fewer, now.date())


def import_into_empty(connection: Connection, _: Seeded, now: datetime) -> None:
    """Import where nothing is."""
    importing.import_if_empty(connection, ORGANISATION, now.date())


def ban(connection: Connection, seeded: Seeded, now: datetime) -> None:
    """Ban the citizen for a week."""
    until = NOW + timedelta(days=7)
    reason = "Бір мәтін қайта-қайта жіберілді."
    banning.ban_author(connection, seeded.open_appeal, OPERATOR, until, reason, now)


def merge(connection: Connection, seeded: Seeded, now: datetime) -> None:
    """Join the neighbour's appeal to the citizen's."""
    twin = find_by_draft(connection, "twin")
    assert twin is not None
    merging.merge_appeal(connection, twin["id"], 1, OPERATOR, seeded.open_appeal, now)


# One case a command: what is done, first now and then again a minute later.
CASES: dict[str, Case] = {
    "services.appeals.additions.add_to_appeal": lambda c, s, now: additions.add_to_appeal(
        c, s.open_appeal, CITIZEN, additions.Addition(9, "Құдық та құрғап қалды"), now
    ),
    "services.appeals.additions.revise_message": lambda c, _, now: additions.revise_message(
        c, CITIZEN, 1, "Ауылда төрт күннен бері су жоқ.", now
    ),
    "services.appeals.alarm.raise_alarm": lambda c, s, now: raise_alarm(
        c, appeal_row(c, s.open_appeal), "Үй өртеніп жатыр", now
    ),
    "services.appeals.filing.file_appeal": lambda c, _, now: file_appeal(
        c, appeal_draft("filed"), Filing(None, filed_by=OPERATOR), now
    ),
    "services.appeals.files.copy_missed": lambda c, s, now: files.copy_missed(
        c, (s.open_appeal, FILE), 1, now
    ),
    "services.appeals.files.keep_shown": lambda c, s, _: files.keep_shown(
        c, (s.open_appeal, FILE), "clean"
    ),
    "services.appeals.files.postpone_copy": lambda c, s, now: files.postpone_copy(
        c, (s.open_appeal, FILE), now
    ),
    "services.appeals.files.settle_copy": lambda c, s, _: files.settle_copy(
        c, (s.open_appeal, FILE), CopyState.STORED, "000000/1-3.jpg", "0" * 64
    ),
    "services.appeals.joining.join_appeal": lambda c, s, now: joining.join_appeal(
        c, s.open_appeal, NEIGHBOUR, appeal_draft("joining"), now
    ),
    "services.appeals.joining.leave_appeal": lambda c, s, _: joining.leave_appeal(
        c, s.open_appeal, NEIGHBOUR
    ),
    "services.appeals.answering.answer_appeal": lambda c, s, now: answer_appeal(
        c, s.open_appeal, 1, ADMINISTRATOR, ANSWER, now
    ),
    "services.appeals.asking.ask_citizen": lambda c, s, now: asking.ask_citizen(
        c, s.open_appeal, 1, OPERATOR, "Қай көшеде?", now
    ),
    "services.appeals.asking.note_appeal": lambda c, s, now: asking.note_appeal(
        c, s.open_appeal, OPERATOR, 7, "Қоңырау шалдым", now
    ),
    "services.appeals.asking.reply_to_question": lambda c, s, now: asking.reply_to_question(
        c, s.open_appeal, 2, CITIZEN, 7, "Абай көшесі", now
    ),
    "services.appeals.changing.change": lambda c, s, now: changing.change(
        c, appeal_row(c, s.open_appeal), 1, OPERATOR, changing.Change(AppealEvent.BEGUN), now
    ),
    "services.appeals.changing.tell_all": lambda c, s, now: changing.tell_all(
        c, appeal_row(c, s.open_appeal), AppealEvent.BEGUN, 2, {}, now
    ),
    "services.appeals.closing.ask_about_promises": lambda c, _, now: (
        appeals_closing.ask_about_promises(c, now + CHECKED)
    ),
    "services.appeals.closing.close_silent": lambda c, _, now: appeals_closing.close_silent(
        c, now + SILENT
    ),
    "services.appeals.closing.remind_of_silence": lambda c, _, now: (
        appeals_closing.remind_of_silence(c, now + timedelta(days=5))
    ),
    "services.appeals.departures.follow_departures": lambda c, _, now: (
        departures.follow_departures(c, now)
    ),
    "services.appeals.handing_over.hand_over": lambda c, _, now: handing_over.hand_over(
        c, OFFICIALS_CODE, "ulgibaev", now
    ),
    "services.appeals.handing_over.move_to_successors": lambda c, s, now: (
        handing_over.move_to_successors(c, OFFICIALS_CODE, [appeal_row(c, s.open_appeal)], now)
    ),
    "services.appeals.ladder.give_stage": lambda c, s, now: ladder.give_stage(
        c, appeal_row(c, s.open_appeal), Stage.THREE_AFTER, -3, now
    ),
    "services.appeals.reminding.hold_back": lambda c, _, now: reminding.hold_back(
        c, now.replace(hour=20)
    ),
    "services.appeals.reminding.remind": lambda c, _, now: reminding.remind(
        c, now + timedelta(days=21)
    ),
    "services.appeals.verdict.confirm_appeal": lambda c, s, now: verdict.confirm_appeal(
        c, s.answered_appeal, 2, CITIZEN, now
    ),
    "services.appeals.verdict.dispute_appeal": lambda c, s, now: verdict.dispute_appeal(
        c, s.answered_appeal, 2, CITIZEN, 7, "Су әлі жоқ", now
    ),
    "services.appeals.verdict.keep_promise": lambda c, s, now: verdict.keep_promise(
        c, s.answered_appeal, 2, CITIZEN, now + CHECKED
    ),
    "services.appeals.verdict.rate_appeal": lambda c, s, now: verdict.rate_appeal(
        c, s.answered_appeal, 2, CITIZEN, 5, now
    ),
    "services.appeals.banning.ban_author": ban,
    "services.appeals.banning.lift_ban": lambda c, s, now: banning.lift_ban(
        c, s.open_appeal, 1, ADMINISTRATOR, now
    ),
    "services.appeals.banning.object_to_ban": lambda c, _, now: banning.object_to_ban(
        c, CITIZEN, 1, "Мен емес едім.", now
    ),
    "services.appeals.declining.decline_appeal": lambda c, s, now: declining.decline_appeal(
        c, s.open_appeal, 1, OPERATOR, declining.DeclineReason.COURT, "", now
    ),
    "services.appeals.extending.extend_appeal": lambda c, s, now: extending.extend_appeal(
        c, s.open_appeal, 1, OPERATOR, LATER_DUE, "Сараптама жүруде.", now
    ),
    "services.appeals.merging.merge_appeal": merge,
    "services.appeals.reasons.keep_reason": lambda c, s, now: keep_reason(
        c, s.open_appeal, 2, OPERATOR, "Сараптама жүруде.", now
    ),
    "services.appeals.reception.file_for_visitor": lambda c, _, now: reception.file_for_visitor(
        c, replace(appeal_draft("visit"), visitor=Visitor("Келуші", "2026-11")), OPERATOR, now
    ),
    "services.appeals.redirecting.redirect_appeal": lambda c, s, now: redirecting.redirect_appeal(
        c, s.open_appeal, 1, OPERATOR, "Қала әкімдігі", "", now
    ),
    "services.appeals.sorting.sort_appeal": lambda c, s, now: sorting.sort_appeal(
        c, s.open_appeal, 1, OPERATOR, sorting.Sorting(type=AppealType.COMPLAINT), now
    ),
    "services.appeals.withdrawing.withdraw_appeal": lambda c, s, now: withdrawing.withdraw_appeal(
        c, s.open_appeal, 1, CITIZEN, now
    ),
    "services.appeals.queue.assign": lambda c, s, now: queue.assign(
        c, s.open_appeal, 1, OPERATOR, ADMINISTRATOR, now
    ),
    "services.appeals.queue.begin": lambda c, s, now: queue.begin(
        c, s.open_appeal, 1, OPERATOR, now
    ),
    "services.appeals.queue.keep_lent": lambda c, s, now: queue.keep_lent(
        c, s.open_appeal, OPERATOR, now
    ),
    "services.appeals.queue.release": lambda c, s, now: queue.release(
        c, s.open_appeal, 1, OPERATOR, now
    ),
    "services.appeals.queue.return_expired_leases": lambda c, _, now: queue.return_expired_leases(
        c, now
    ),
    "services.appeals.queue.take_next": lambda c, _, now: queue.take_next(c, OPERATOR, now),
    "services.appeals.registration.register_appeal": lambda c, _, now: register_appeal(
        c, appeal_draft("new"), CITIZEN, now
    ),
    "services.appeals.returning.tell_staff": lambda c, s, now: returning.tell_staff(
        c, appeal_row(c, s.open_appeal), 2, Routed(None, None), None, NOW.date(), now, NOW.date()
    ),
    "services.appeals.search.forget_words": lambda c, s, _: forget_words(c, s.open_appeal),
    "services.appeals.search.index_text": lambda c, s, _: index_text(
        c, s.open_appeal, "Мұнара құлады"
    ),
    "services.delivery.claiming.claim": lambda c, s, now: claiming.claim(
        c, found_mailing(c, s.running), 0, BOTH, claiming.Terms(now)
    ),
    "services.delivery.claiming.claim_again": lambda c, s, now: claiming.claim_again(
        c, found_mailing(c, s.again), BOTH, claiming.Terms(now)
    ),
    "services.delivery.claiming.claim_late": lambda c, s, now: claiming.claim_late(
        c, found_mailing(c, s.running), BOTH, claiming.Terms(now)
    ),
    "services.delivery.letters.claim_letters": lambda c, _, now: letters.claim_letters(c, now, 99),
    "services.delivery.letters.follow_clock": lambda c, _, now: letters.follow_clock(
        c, now - timedelta(days=1)
    ),
    "services.delivery.letters.record_letter": lambda c, s, now: letters.record_letter(
        c, s.sent_letter, Outcome(Result.BLOCKED), now
    ),
    "services.delivery.letters.recover_letters": lambda c, _, __: letters.recover_letters(c),
    "services.delivery.mailing.launch": lambda c, _, now: mailing.launch(
        c, key="news:9", kind="news", payload={}, created_by=OPERATOR, now=now, recipients=BOTH
    ),
    "services.delivery.mailing_control.call_off": lambda c, _, now: mailing_control.call_off(
        c, "running", now
    ),
    "services.delivery.mailing_control.control_mailing": lambda c, s, now: (
        mailing_control.control_mailing(
            c, OPERATOR, s.paused, mailing_control.Control.RESUME, 1, now
        )
    ),
    "services.delivery.mailing_control.pause": lambda c, s, _: mailing_control.pause(
        c, s.running, 0, mailing_control.PauseReason.STAFF
    ),
    "services.delivery.mailing_control.stop_for_refusals": lambda c, s, now: (
        mailing_control.stop_for_refusals(c, found_mailing(c, s.running), now)
    ),
    "services.delivery.mailing_run.finish": lambda c, s, now: mailing_run.finish(
        c, s.all_sent, now
    ),
    "services.delivery.mailing_run.keep_reachable": lambda c, s, _: mailing_run.keep_reachable(
        c, s.running, 2
    ),
    "services.delivery.mailing_run.record": lambda c, s, now: mailing_run.record(
        c, s.paused, dict.fromkeys(BOTH, Outcome(Result.BLOCKED)), now
    ),
    "services.delivery.mailing_run.recover": lambda c, s, _: mailing_run.recover(c, s.paused),
    "services.delivery.progress.end_progress": lambda c, s, _: progress.end_progress(
        c, s.all_sent
    ),
    "services.delivery.progress.keep_progress_message": lambda c, s, _: (
        progress.keep_progress_message(c, s.running, 77)
    ),
    "services.delivery.recall.end_recall": lambda c, s, now: recall.end_recall(c, s.all_sent, now),
    "services.delivery.recall.leave_waiting": lambda c, s, _: recall.leave_waiting(c, s.again),
    "services.delivery.recall.recall_mailing": lambda c, s, now: recall.recall_mailing(
        c, OPERATOR, s.running, 0, now
    ),
    "services.delivery.recall.record_recall": lambda c, s, _: recall.record_recall(
        c, s.all_sent, {CITIZEN: DeliveryStatus.RECALLED, NEIGHBOUR: DeliveryStatus.STAYED}
    ),
    "services.delivery.resend.resend": lambda c, s, now: resend.resend(
        c, OPERATOR, s.again, 0, now, uncertain=True
    ),
    "services.delivery.report.tell_author": lambda c, s, now: report.tell_author(
        c, found_mailing(c, s.paused), now
    ),
    "services.digests.queueing.queue_digests": lambda c, _, now: queue_digests(c, now),
    "services.digests.undistributed.queue_undistributed": lambda c, _, now: queue_undistributed(
        c, now
    ),
    "services.news.digest.launch_digest": lambda c, _, now: digest.launch_digest(
        c, digest.Due(Rhythm(18), NOW), now
    ),
    "services.news.digest.variants": lambda c, _, now: digest.variants(
        c, digest.digest_of((), *[NOW + timedelta(days=1)] * 2), BOTH, now
    ),
    "services.news.posts.publish_post": lambda c, _, now: posts.publish_post(
        c, OPERATOR, "post", PostDraft(TOPIC_OF_NEWS, "Хабар", "Новость"), now
    ),
    "services.news.posts.put_out": lambda c, _, now: posts.put_out(
        c, None, "put out", PostDraft(TOPIC_OF_NEWS, "Хабар", "Новость"), now
    ),
    "services.news.reaction.react": lambda c, _, now: reaction.react(
        c,
        posts.put_out(
            c, None, "useful", PostDraft(TOPIC_OF_NEWS, "Хабар", "Новость"), now
        ).post_id,
        CITIZEN,
        useful=True,
    ),
    "services.news.rhythm.get_each": lambda c, _, now: rhythm.get_each(c, NEIGHBOUR, now),
    "services.news.rhythm.get_together": lambda c, _, now: rhythm.get_together(
        c, CITIZEN, Rhythm(9), now
    ),
    "services.news.subscription.mute_all": lambda c, _, now: subscription.mute_all(
        c, CITIZEN, now, muted=True
    ),
    "services.news.subscription.mute_topic": lambda c, _, __: subscription.mute_topic(
        c, CITIZEN, TOPIC_OF_NEWS, muted=True
    ),
    "services.news.trying.send_test": lambda c, _, now: trying.send_test(
        c, OPERATOR, "test", "press", PostDraft(TOPIC_OF_NEWS, "Хабар", "Новость"), now
    ),
    "services.operations.heartbeat.beat": lambda c, _, __: beat(c, NOW),
    "services.organisation.importing.import_if_empty": import_into_empty,
    "services.organisation.importing.import_organisation": import_changed,
    "services.people.duty.set_duty": lambda c, _, now: set_duty(c, OPERATOR, now, on=True),
    "services.people.person.became_reachable": lambda c, _, __: person.became_reachable(
        c, NEIGHBOUR
    ),
    "services.people.person.became_unreachable": lambda c, _, now: person.became_unreachable(
        c, CITIZEN, now
    ),
    "services.people.person.choose_language": lambda c, _, __: person.choose_language(
        c, CITIZEN, Language.RUSSIAN
    ),
    "services.people.person.invite_to_polls": lambda c, _, now: person.invite_to_polls(
        c, CITIZEN, now, invited=False
    ),
    "services.people.person.join": lambda c, _, now: person.join(c, 999, "Жаңа адам", now),
    "services.people.person.tell_profile": lambda c, _, now: person.tell_profile(
        c, CITIZEN, Profile(region="10", asked=True), now
    ),
    "services.polls.answering.cast_draft": lambda c, s, now: answering.cast_draft(
        c, s.open_poll, TAG, lambda _box: b"sealed", now
    ),
    "services.polls.answering.change_draft": lambda c, s, now: answering.change_draft(
        c, s.open_poll, TAG, lambda _box: b"locked", now
    ),
    "services.polls.ballot_box.cast_ballot": lambda c, s, now: cast_ballot(
        c, s.open_poll, TAG, b"sealed", now
    ),
    "services.polls.closing.close_early": lambda c, s, now: closing.close_early(
        c, s.open_poll, OPERATOR, now
    ),
    "services.polls.closing.finish": lambda c, s, now: closing.finish(c, s.counted_poll, now),
    "services.polls.closing.freeze": lambda c, s, now: closing.freeze(
        c, s.open_poll, now + timedelta(days=8)
    ),
    "services.polls.extending.extend_poll": lambda c, s, now: extend_poll(
        c, s.open_poll, 3, OPERATOR, now
    ),
    "services.polls.launching.launch_poll": lambda c, _, now: launching.launch_poll(
        c, poll_draft("new"), created_by=OPERATOR, now=now, public_key=b"k" * 32
    ),
    "services.polls.publishing.publish": publish,
    "storage.conversation.change": lambda c, _, __: conversation.change(
        c, "k", conversation.Change("state", '{"a":1}', {"b": 2}), NOW
    ),
    "storage.conversation.forget_poll": lambda c, s, _: conversation.forget_poll(
        c, s.open_poll, ("answers",), ["held"]
    ),
    "storage.conversation.expire": lambda c, _, now: conversation.expire(
        c, now - timedelta(days=30)
    ),
    "storage.parked.park": lambda c, _, now: parked.park(c, {8: b"{}"}, now),
    "storage.parked.unpark": lambda c, _, __: parked.unpark(c, 7),
    "storage.polls.put_participation": lambda c, s, _: poll_rows.put_participation(
        c, s.open_poll, 10
    ),
    "storage.quarantine.expire": lambda c, _, now: quarantine.expire(c, now - timedelta(days=30)),
    "storage.quarantine.keep": lambda c, _, now: quarantine.keep(c, b"{}", "unreadable", now),
    **second_person_cases.CASES,
    **source_cases.CASES,
    **staff_cases.CASES,
    **approval_cases.CASES,
    **consent_cases.CASES,
    **council_cases.CASES,
    **text_cases.CASES,
    **invitation_cases.CASES,
    **ending_cases.CASES,
    **digest_cases.CASES,
    **digest_delivery_cases.CASES,
    **errand_cases.CASES,
    **rating_cases.CASES,
    **roadmap_cases.CASES,
    **programme_cases.CASES,
    **school_cases.CASES,
    **data_key_cases.CASES,
    **proposal_cases.CASES,
    **story_cases.CASES,
    **openness_cases.CASES,
    **quote_cases.CASES,
    **rights_cases.CASES,
    **audit_cases.CASES,
    **campaign_cases.CASES,
}


def test_every_command_has_a_key(capsys: Any) -> None:
    """Each function that writes names its natural key; the table of them is printed."""
    with capsys.disabled():
        print(f"\n{len(code().commands)} commands\n{table()}")
    assert [] == [command.name for command in code().commands if command.key is None]
    assert [] == code().nameless()


def test_every_command_is_run_twice() -> None:
    """No command is without a case, and no case without a command."""
    assert [command.name for command in code().commands] == sorted(CASES)


def test_the_table_in_the_documentation() -> None:
    """docs/architecture.md lists the commands as they are."""
    text = ARCHITECTURE.read_text("utf-8")
    if RECORD:
        text = TABLE.sub(lambda found: f"{found[1]}{table()}{found[3]}", text)
        ARCHITECTURE.write_text(text, "utf-8")
    written = TABLE.search(text)
    assert written is not None
    assert table() == written[2], "RECORD=1 pytest tests/operations/test_commands.py writes it"


def table() -> str:
    """Return the commands and their keys as Markdown."""
    lines = [f"| {shown(command)} | {command.key} |" for command in code().commands]
    return "\n".join(["| command | natural key |", "|---|---|", *lines])


def shown(command: Command) -> str:
    """Return the name of a command as the table shows it."""
    room, _, function = command.name.removeprefix("services.").rpartition(".")
    return f"`{function}` ({room})"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def town(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Iterator[tuple[Any, Seeded]]:
    """Seed a database of each kind in turn; tests take back what they change."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('town')}/town.db"
    else:
        server: Cluster = request.getfixturevalue("postgres_server")
        server.execute("CREATE DATABASE town")
        url = server.url("town")
    migrations.upgrade(url)
    address = url.replace("postgresql:", "postgresql+psycopg:")
    engine = sa.create_engine(address, execution_options=COUNTED)
    with engine.begin() as connection:
        seeded = seed(connection)
    yield engine, seeded
    engine.dispose()


def rows(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything in the database."""
    return {
        name: sorted((tuple(row) for row in connection.execute(sa.select(each))), key=repr)
        for name, each in metadata.tables.items()
    }


@pytest.mark.parametrize("name", sorted(CASES))
def test_twice_is_once(town: tuple[sa.Engine, Seeded], name: str) -> None:
    """The same command a minute later leaves the database as it is; a Refusal is fine."""
    engine, seeded = town
    with engine.connect() as connection:
        prepare(connection, name, seeded)
        before = rows(connection)
        CASES[name](connection, seeded, NOW)
        once = rows(connection)
        with contextlib.suppress(Refusal):
            CASES[name](connection, seeded, NOW + timedelta(minutes=1))
        twice = rows(connection)
        connection.rollback()
    assert before != once, "the case does nothing, so it shows nothing"
    assert {each: once[each] for each in once if once[each] != twice[each]} == {
        each: twice[each] for each in once if once[each] != twice[each]
    }


def prepare(connection: Connection, name: str, seeded: Seeded) -> None:  # noqa: C901, PLR0912  # a case each
    """Bring about what a few commands need, and no others."""
    match name:
        case "services.appeals.asking.reply_to_question":
            asking.ask_citizen(connection, seeded.open_appeal, 1, OPERATOR, "Қай көшеде?", NOW)
        case "services.appeals.closing.ask_about_promises":
            appeals_closing.close_silent(connection, NOW + SILENT)
        case "services.appeals.verdict.keep_promise":
            appeals_closing.close_silent(connection, NOW + SILENT)
            appeals_closing.ask_about_promises(connection, NOW + CHECKED)
        case "services.appeals.banning.lift_ban" | "services.appeals.banning.object_to_ban":
            ban(connection, seeded, NOW - timedelta(hours=1))
        case "services.appeals.merging.merge_appeal":
            register_appeal(connection, appeal_draft("twin"), NEIGHBOUR, NOW)
        case "services.delivery.recall.end_recall":
            recall.recall_mailing(connection, OPERATOR, seeded.all_sent, 0, NOW)
            taken = dict.fromkeys(BOTH, DeliveryStatus.RECALLED)
            recall.record_recall(connection, seeded.all_sent, taken)
        case "services.delivery.resend.resend":
            recall.leave_waiting(connection, seeded.again)
            mailing_run.finish(connection, seeded.again, NOW)
        case "services.digests.undistributed.queue_undistributed":
            connection.execute(sa.update(metadata.tables["appeals"]).values(official=None))
        case "services.appeals.reminding.hold_back":
            tell(connection, OFFICIAL, reminding.NOTICE, "reminder", {}, NOW)
        case "storage.quarantine.expire":
            quarantine.keep(connection, b"old", "unreadable", NOW - timedelta(days=31))
        case "services.appeals.joining.leave_appeal":
            draft = appeal_draft("joining")
            joining.join_appeal(connection, seeded.open_appeal, NEIGHBOUR, draft, NOW)
        case "services.appeals.queue.return_expired_leases":
            queue.take_next(connection, OPERATOR, NOW - timedelta(hours=1))
        case "services.appeals.queue.keep_lent":
            queue.take_next(connection, OPERATOR, NOW - timedelta(minutes=20))
        case "services.appeals.queue.release":
            queue.take_next(connection, OPERATOR, NOW)
        case "services.people.person.became_reachable":
            person.became_unreachable(connection, NEIGHBOUR, NOW)
        case "services.polls.two_keys.call_off" | "services.polls.two_keys.opened":
            ending_cases.confirm(connection, NOW)
        case "services.stories.publishing.withdraw_draft":
            story_cases.ask_to_publish(connection)
        case _ if name.startswith("services.ratings."):
            rating_cases.prepare(connection, name)
        case "services.organisation.importing.import_if_empty":
            for each in reversed(metadata.sorted_tables):
                if each.name not in {"audit", "audit_ends"}:  # nothing goes from there
                    connection.execute(sa.delete(each))
