"""Polls of several questions."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Rows = Sequence[sa.Row[Any]]


_polls = sa.table(
    "polls",
    sa.column("id", sa.Integer),
    sa.column("question_kk", sa.Text),
    sa.column("question_ru", sa.Text),
    sa.column("title_kk", sa.Text),
    sa.column("title_ru", sa.Text),
    sa.column("region", sa.String),
    sa.column("target", sa.JSON),
    sa.column("base", sa.Integer),
)
_mailings = sa.table(
    "mailings",
    sa.column("id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("payload", sa.JSON),
)
_SETTINGS: dict[str, Any] = {
    "least": 1,
    "most": 1,
    "scale": None,
    "random": False,
    "required": True,
    "skips": [],
    "photo": None,
}
_PASSPORT = {
    "topic_class": "social",
    "kind": "secret",
    "author": 0,
    "approver": None,
    "wording_hash": "",
    "legal": None,
    "extended_from": None,
    "sample": None,
    "quotas": None,
}


def upgrade() -> None:
    connection = op.get_bind()
    asked = connection.execute(
        sa.text("SELECT id, question_kk, question_ru, region, base FROM polls ORDER BY id")
    ).all()
    chosen = connection.execute(
        sa.text(
            "SELECT poll_id, position, text_kk, text_ru, difficult, votes FROM poll_options "
            "ORDER BY poll_id, position"
        )
    ).all()
    op.add_column("people", sa.Column("poll_invited_on", sa.Date(), nullable=True))
    _create_tables()
    _create_key_tables()
    op.drop_table("poll_options")
    _create_options(sa.Column("question", sa.SmallInteger(), nullable=False), _role())
    _change_polls()
    connection.execute(sa.text("UPDATE polls SET title_kk = question_kk, title_ru = question_ru"))
    for poll in asked:
        target = {"regions": [poll.region]} if poll.region else {}
        connection.execute(sa.update(_polls).where(_polls.c.id == poll.id).values(target=target))
    with op.batch_alter_table("polls", schema=None) as batch_op:
        for name in ("question_kk", "question_ru", "region"):
            batch_op.drop_column(name)
        for name in ("title_kk", "title_ru"):
            batch_op.alter_column(name, existing_type=sa.Text(), server_default=None)
        batch_op.alter_column("target", existing_type=sa.JSON(), server_default=None)
        batch_op.alter_column("kind", existing_type=sa.String(8), server_default=None)
        batch_op.alter_column("topic_class", existing_type=sa.String(32), server_default=None)
        batch_op.alter_column("wording_hash", existing_type=sa.String(64), server_default=None)
    _carry(connection, asked, chosen)
    _carry_payloads(connection)


def _carry(connection: sa.Connection, asked: Rows, chosen: Rows) -> None:
    questions, options, results = (
        sa.table(
            "poll_questions",
            *(sa.column(name) for name in ("poll_id", "position", "code", "type")),
            *(sa.column(name) for name in ("text_kk", "text_ru")),
            sa.column("settings", sa.JSON),
        ),
        sa.table(
            "poll_options",
            *(sa.column(name) for name in ("poll_id", "question", "position")),
            *(sa.column(name) for name in ("text_kk", "text_ru", "role")),
        ),
        sa.table(
            "poll_results",
            sa.column("poll_id"),
            sa.column("key"),
            sa.column("value", sa.JSON),
        ),
    )
    for poll in asked:
        connection.execute(
            sa.insert(questions).values(
                poll_id=poll.id,
                position=0,
                code="q1",
                type="single",
                text_kk=poll.question_kk,
                text_ru=poll.question_ru,
                settings=_SETTINGS,
            )
        )
        mine = [row for row in chosen if row.poll_id == poll.id]
        for row in mine:
            connection.execute(
                sa.insert(options).values(
                    poll_id=poll.id,
                    question=0,
                    position=row.position,
                    text_kk=row.text_kk,
                    text_ru=row.text_ru,
                    role="difficult" if row.difficult else "plain",
                )
            )
        if poll.base is not None:
            for key, value in _result(poll.base, [row.votes for row in mine]).items():
                connection.execute(
                    sa.insert(results).values(poll_id=poll.id, key=key, value=value)
                )


def _result(base: int, votes: Sequence[int | None]) -> dict[str, Any]:
    """Return the rows of a result as services/polls/results.py wrote them on this day."""
    about = {
        "base": base,
        "streams": {"invited": base},
        "invited": None,
        "weighing": {
            "weighted": False,
            "why": None,
            "design_effect": None,
            "effective": None,
            "margins": "",
        },
    }
    if not votes or None in votes or not base:
        return {"about": about}
    nothing: dict[str, Any] = {"weighted": None, "low": None, "high": None, "differs": None}
    table = {
        "question": 0,
        "cut": "",
        "group": "",
        "answered": base,
        "skipped": 0,
        "not_asked": 0,
        "figures": [
            nothing | {"votes": number, "share": (number or 0) / base} for number in votes
        ],
        "mean": None,
        "mean_low": None,
        "mean_high": None,
        "ranks": [],
        "borda": [],
    }
    return {"about": about, "q00::": table}


def _carry_payloads(connection: sa.Connection) -> None:
    told = sa.select(_mailings).where(_mailings.c.kind.in_(["poll", "poll_result"]))
    for row in connection.execute(told).all():
        payload = row.payload if isinstance(row.payload, dict) else json.loads(row.payload)
        if "options" not in payload:
            continue
        options = [
            {
                "position": position,
                "text_kk": kk,
                "text_ru": ru,
                "role": "difficult" if difficult else "plain",
            }
            for position, (kk, ru, difficult) in enumerate(payload.pop("options"))
        ]
        region = payload.pop("region")
        question = {
            "position": 0,
            "code": "q1",
            "type": "single",
            "text_kk": payload["title_kk"],
            "text_ru": payload["title_ru"],
            "options": options,
        }
        payload |= {
            "questions": [question | _SETTINGS],
            "target": {"regions": [region]} if region else {},
            "passport": _PASSPORT,
            "photo": None,
        }
        if "base" in payload:
            payload["result"] = _result(payload.pop("base"), payload.pop("votes") or [])
        connection.execute(
            sa.update(_mailings).where(_mailings.c.id == row.id).values(payload=payload)
        )


def _role() -> sa.Column[str]:
    return sa.Column("role", sa.String(length=16), nullable=False)


def _create_options(*more: sa.Column[Any]) -> None:
    new = any(column.name == "question" for column in more)
    keys = [name for name in ("poll_id", "question", "position") if name != "question" or new]
    op.create_table(
        "poll_options",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        *(column for column in more if column.name == "question"),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("text_kk", sa.String(length=200), nullable=False),
        sa.Column("text_ru", sa.String(length=200), nullable=False),
        *(column for column in more if column.name != "question"),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_poll_options_poll_id")),
        sa.PrimaryKeyConstraint(*keys, name=op.f("pk_poll_options")),
    )


def _create_tables() -> None:
    def of_poll(table: str) -> tuple[sa.ForeignKeyConstraint]:
        return (
            sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f(f"fk_{table}_poll_id")),
        )

    op.create_table(
        "poll_drafts",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        *of_poll("poll_drafts"),
        sa.PrimaryKeyConstraint("poll_id", "tag", name=op.f("pk_poll_drafts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "poll_invitations",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        *of_poll("poll_invitations"),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name=op.f("pk_poll_invitations")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "poll_questions",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("text_kk", sa.Text(), nullable=False),
        sa.Column("text_ru", sa.Text(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        *of_poll("poll_questions"),
        sa.PrimaryKeyConstraint("poll_id", "position", name=op.f("pk_poll_questions")),
    )
    op.create_table(
        "poll_results",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        *of_poll("poll_results"),
        sa.PrimaryKeyConstraint("poll_id", "key", name=op.f("pk_poll_results")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "poll_texts",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.Column("taken_until", UTCDateTime(), nullable=True),
        *of_poll("poll_texts"),
        sa.PrimaryKeyConstraint("poll_id", "question", "number", name=op.f("pk_poll_texts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "poll_themes",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("text_kk", sa.String(length=100), nullable=False),
        sa.Column("text_ru", sa.String(length=100), nullable=False),
        *of_poll("poll_themes"),
        sa.PrimaryKeyConstraint("poll_id", "question", "number", name=op.f("pk_poll_themes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "poll_named",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        *of_poll("poll_named"),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name=op.f("pk_poll_named")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "poll_margins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table", sa.Text(), nullable=False),
        sa.Column("as_of", sa.String(length=32), nullable=False),
        sa.Column("uploaded_by", sa.BigInteger(), nullable=False),
        sa.Column("uploaded_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_margins")),
    )
    op.create_table(
        "voting_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("title_kk", sa.String(length=200), nullable=False),
        sa.Column("title_ru", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_voting_days")),
    )


def _create_key_tables() -> None:
    op.create_table(
        "locked_drafts",
        sa.Column("draft_id", sa.String(length=32), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_locked_drafts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "poll_key_holders",
        sa.Column("draft_id", sa.String(length=32), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("lock", sa.LargeBinary(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("heard", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("half", sa.LargeBinary(), nullable=True),
        sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("wait_until", UTCDateTime(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=True),
        sa.Column("asked", sa.SmallInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("draft_id", "place", name=op.f("pk_poll_key_holders")),
        sa.UniqueConstraint(
            "draft_id", "person_id", name=op.f("uq_poll_key_holders_draft_id_person_id")
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("poll_key_holders", schema=None) as batch_op:
        batch_op.create_index("ix_poll_key_holders_person_id", ["person_id"], unique=False)
    op.create_table(
        "poll_openings",
        sa.Column("draft_id", sa.String(length=32), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_poll_openings")),
        sqlite_with_rowid=False,
    )


def _change_polls() -> None:
    with op.batch_alter_table("polls", schema=None) as batch_op:
        for column in (
            sa.Column("title_kk", sa.Text(), nullable=False, server_default=""),
            sa.Column("title_ru", sa.Text(), nullable=False, server_default=""),
            sa.Column("photo", sa.String(length=200), nullable=True),
            sa.Column("target", sa.JSON(), nullable=False, server_default="{}"),
            sa.Column("kind", sa.String(length=8), nullable=False, server_default="secret"),
            sa.Column("topic_class", sa.String(32), nullable=False, server_default="social"),
            sa.Column("wording_hash", sa.String(length=64), nullable=False, server_default=""),
            sa.Column("legal", sa.JSON(), nullable=True),
            sa.Column("sample", sa.JSON(), nullable=True),
            sa.Column("quotas", sa.JSON(), nullable=True),
            sa.Column("approved_by", sa.BigInteger(), nullable=True),
            sa.Column("extended_from", UTCDateTime(), nullable=True),
            sa.Column("invited", sa.Integer(), nullable=True),
            sa.Column("two_keys", sa.Boolean(), server_default=sa.false(), nullable=False),
            sa.Column("done_kk", sa.Text(), nullable=True),
            sa.Column("done_ru", sa.Text(), nullable=True),
            sa.Column("done_at", UTCDateTime(), nullable=True),
            sa.Column("archived_at", UTCDateTime(), nullable=True),
            sa.Column("channel_status", sa.String(length=12), nullable=True),
        ):
            batch_op.add_column(column)
        batch_op.create_index("ix_polls_wording_hash", ["wording_hash"])


def downgrade() -> None:
    """Go back; what has more than one question keeps its first."""
    connection = op.get_bind()
    first = connection.execute(
        sa.text("SELECT poll_id, text_kk, text_ru FROM poll_questions WHERE position = 0")
    ).all()
    options = connection.execute(
        sa.text(
            "SELECT poll_id, position, text_kk, text_ru, role FROM poll_options WHERE question = 0"
        )
    ).all()
    op.drop_column("people", "poll_invited_on")
    for table in ("poll_openings", "poll_key_holders", "locked_drafts"):
        op.drop_table(table)
    op.drop_table("poll_options")
    difficult: sa.Column[bool] = sa.Column(
        "difficult", sa.Boolean(), server_default=sa.false(), nullable=False
    )
    votes = sa.Column("votes", sa.Integer(), nullable=True)
    _create_options(difficult, votes)
    with op.batch_alter_table("polls", schema=None) as batch_op:
        for name in ("question_kk", "question_ru"):
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("region", sa.String(length=2), nullable=True))
    for row in first:
        connection.execute(
            sa.update(_polls)
            .where(_polls.c.id == row.poll_id)
            .values(question_kk=row.text_kk, question_ru=row.text_ru)
        )
    for row in options:
        connection.execute(
            sa.text(
                "INSERT INTO poll_options (poll_id, position, text_kk, text_ru, difficult) "
                "VALUES (:poll, :position, :kk, :ru, :difficult)"
            ),
            {
                "poll": row.poll_id,
                "position": row.position,
                "kk": row.text_kk,
                "ru": row.text_ru,
                "difficult": row.role == "difficult",
            },
        )
    with op.batch_alter_table("polls", schema=None) as batch_op:
        batch_op.drop_index("ix_polls_wording_hash")
        for name in ("question_kk", "question_ru"):
            batch_op.alter_column(name, existing_type=sa.Text(), server_default=None)
        for name in (
            "title_kk",
            "title_ru",
            "photo",
            "target",
            "kind",
            "topic_class",
            "wording_hash",
            "legal",
            "sample",
            "quotas",
            "approved_by",
            "extended_from",
            "invited",
            "two_keys",
            "done_kk",
            "done_ru",
            "done_at",
            "archived_at",
            "channel_status",
        ):
            batch_op.drop_column(name)
    for name in (
        "voting_days",
        "poll_margins",
        "poll_named",
        "poll_themes",
        "poll_texts",
        "poll_results",
        "poll_questions",
        "poll_invitations",
        "poll_drafts",
    ):
        op.drop_table(name)
