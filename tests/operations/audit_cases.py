"""Readings of personal data and what else writes the audit, each in a case run twice."""

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals import (
    banning,
    dossier,
    evidence,
    files,
    history,
    lookup,
    merging,
    quoting,
)
from services.appeals.registration import register_appeal
from services.audit import chain_keys, own, recording, retention, shell, showing
from services.audit.acts import Act
from services.exports import plain
from services.exports.kinds import Export
from services.people.deeds import Deed
from services.people.model import Role
from storage import vault
from storage.audit_reading import Wanted
from storage.people import grant_role
from tests.operations.seeded import (
    CITIZEN,
    NEIGHBOUR,
    NOW,
    OPERATOR,
    Seeded,
    appeal_draft,
)

_ANYTHING = Wanted()


def _auditor(connection: Connection) -> int:
    if not connection.execute(sa.text("SELECT 1 FROM roles WHERE role = 'auditor'")).first():
        grant_role(connection, NEIGHBOUR, Role.AUDITOR.value, None, NOW)
    return NEIGHBOUR


def _ban_and_look(connection: Connection, seeded: Seeded, now: datetime) -> None:
    if now == NOW:
        until = now + timedelta(days=7)
        banning.ban_author(connection, seeded.open_appeal, OPERATOR, until, "Балағат сөз.", now)
    banning.author_ban(connection, seeded.open_appeal, OPERATOR, now)


def _merge(connection: Connection, seeded: Seeded, now: datetime) -> None:
    register_appeal(connection, appeal_draft("same"), NEIGHBOUR, NOW)
    merging.mergeable(connection, seeded.open_appeal, OPERATOR, now)


def _rotate(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    before = vault._Vault.ring  # noqa: SLF001 - put back as it was
    try:
        vault.use(vault.keyring(f"{'A' * 43}=,{'B' * 43}="))
        chain_keys.keep_secrets(connection, now)
    finally:
        vault.use(before)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.appeals.banning.author_ban": _ban_and_look,
    "services.appeals.banning.bans_in_force": lambda c, _, now: banning.bans_in_force(
        c, OPERATOR, now, 9
    ),
    "services.appeals.dossier.open_dossier": lambda c, s, now: dossier.open_dossier(
        c, s.open_appeal, OPERATOR, now
    ),
    "services.appeals.evidence.take_evidence": lambda c, s, now: evidence.take_evidence(
        c, s.open_appeal, OPERATOR, now
    ),
    "services.appeals.files.open_files": lambda c, s, now: files.open_files(
        c, s.open_appeal, OPERATOR, now
    ),
    "services.appeals.history.open_history": lambda c, s, now: history.open_history(
        c, s.open_appeal, OPERATOR, now
    ),
    "services.appeals.lookup.search_desk": lambda c, _, now: lookup.search_desk(
        c, OPERATOR, "су жоқ", now, before=None, limit=9
    ),
    "services.appeals.merging.mergeable": _merge,
    "services.appeals.quoting.open_proposal": lambda c, s, now: quoting.open_proposal(
        c, s.open_appeal, OPERATOR, now
    ),
    "services.exports.plain.note_file": lambda c, s, now: plain.note_file(
        c, Export.REPORT, s.counted_poll, OPERATOR, now
    ),
    "services.audit.chain_keys.keep_secrets": _rotate,
    "services.audit.own.record_own": lambda c, _, now: own.record_own(
        c, CITIZEN, Act.TAKE_OWN_DATA, now, key="of the test"
    ),
    "services.audit.recording.record": lambda c, _, now: recording.record(
        c, who=OPERATOR, what=Deed.BAN, on="", now=now, key="of the test"
    ),
    "services.audit.recording.record_reading": lambda c, _, now: recording.record_reading(
        c, who=OPERATOR, what=Deed.READ_APPEAL, on="appeal:1", now=now
    ),
    "services.audit.retention.forget_old": lambda c, _, __: retention.forget_old(
        c, NOW + timedelta(seconds=1), 999
    ),
    "services.audit.shell.record_shell": lambda c, _, __: shell.record_shell(
        c, Act.IMPORT_BY_SHELL, "organisation", NOW
    ),
    "services.audit.showing.read_audit": lambda c, _, now: showing.read_audit(
        c, _auditor(c), _ANYTHING, now, before=None, limit=9
    ),
    "services.audit.showing.show_audit": lambda c, _, __: showing.show_audit(
        c, _ANYTHING, NOW, limit=9, exported=False
    ),
}
