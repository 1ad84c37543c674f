"""The board of proposals: moderated words of citizens, their supporters, what became of them."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import SealedText, UTCDateTime

# status: services.proposals.model.ProposalStatus.
proposals = sa.Table(
    "proposals",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key: one draft becomes at most one proposal; "table:<row's key>" of an import.
    sa.Column("draft_id", sa.String(48), nullable=False, unique=True),
    # Given when it is published.
    sa.Column("number", sa.String(16), unique=True),
    # NULL where it came by a table, or once everything personal is erased.
    sa.Column("person_id", sa.ForeignKey("people.id")),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("topic", sa.ForeignKey("topics.code"), nullable=False),
    sa.Column("section", sa.ForeignKey("sections.code"), nullable=False),
    # No region: the whole country.
    sa.Column("region", sa.String(2)),
    sa.Column("district", sa.String(6)),
    # As the citizen wrote it; only staff who moderate read this.
    sa.Column("text", SealedText),
    # As it stands on the board, without personal data; NULL until a moderator lets it out.
    sa.Column("title", sa.String(120)),
    sa.Column("shown", sa.String(1500)),
    # The title in the other language, where a moderator has given one.
    sa.Column("title_other", sa.String(120)),
    sa.Column("status", sa.String(12), nullable=False),
    # Raised by every change; a change names the version that it saw (compare and set).
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("published_at", UTCDateTime),
    sa.Column("moderated_by", sa.BigInteger),
    # services.proposals.model.RefusedFor: why it was not let out; only the author is told.
    sa.Column("refused_for", sa.String(16)),
    # Who answers for it: the section's official on the day of publication.
    sa.Column("official", sa.ForeignKey("officials.code")),
    # The newest official answer in both languages, plain text; what is shown beside the state.
    sa.Column("answer_kk", sa.String(1500)),
    sa.Column("answer_ru", sa.String(1500)),
    sa.Column("answered_at", UTCDateTime),
    # Counted in the transaction of the support.
    sa.Column("supports", sa.Integer, nullable=False, server_default="0"),
    # A proposal that says the same and took over its supporters.
    sa.Column("merged_into", sa.ForeignKey("proposals.id", name="fk_proposals_merged_into")),
    sa.Column("erased_at", UTCDateTime),
    sa.Index("ix_proposals_status_supports_id", "status", "supports", "id"),
    sa.Index("ix_proposals_status_published_at_id", "status", "published_at", "id"),
    sa.Index("ix_proposals_section_status", "section", "status"),
    sa.Index("ix_proposals_person_id", "person_id"),
)

# One support a person; taking it back deletes the row.
proposal_supports = sa.Table(
    "proposal_supports",
    metadata,
    sa.Column("proposal_id", sa.ForeignKey("proposals.id"), primary_key=True),
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Index("ix_proposal_supports_person_id", "person_id"),
    sqlite_with_rowid=False,
)

# Supports that came (less those taken back) on a day of Asia/Almaty: the top of a week.
proposal_days = sa.Table(
    "proposal_days",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("proposal_id", sa.ForeignKey("proposals.id"), primary_key=True),
    sa.Column("supports", sa.Integer, nullable=False, server_default="0"),
)

# Its public history: every state it has been in since it was published, and what was said.
proposal_states = sa.Table(
    "proposal_states",
    metadata,
    sa.Column("proposal_id", sa.ForeignKey("proposals.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("status", sa.String(12), nullable=False),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("by", sa.BigInteger),
    sa.Column("note_kk", sa.String(1500), nullable=False, server_default=""),
    sa.Column("note_ru", sa.String(1500), nullable=False, server_default=""),
)

# A photo or document that shows that it is done, on Telegram's servers.
proposal_evidence = sa.Table(
    "proposal_evidence",
    metadata,
    sa.Column("proposal_id", sa.ForeignKey("proposals.id"), primary_key=True),
    # The message of the member of staff that brought it: its natural key in a private chat.
    sa.Column("message_id", sa.BigInteger, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("file_id", sa.String(200), nullable=False),
    sa.Column("file_unique_id", sa.String(64), nullable=False),
)

# Stems of the words of published proposals, each a row: similar ones share the most of them.
proposal_stems = sa.Table(
    "proposal_stems",
    metadata,
    sa.Column("stem", sa.String(40), primary_key=True),
    sa.Column("proposal_id", sa.ForeignKey("proposals.id"), primary_key=True),
    sa.Index("ix_proposal_stems_proposal_id", "proposal_id"),
    sqlite_with_rowid=False,
)
