"""Appeals of citizens, their files, their history, and the counters that digests read."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import SealedJSON, SealedText, UTCDateTime

# Somebody still owes an answer; said in these very words by every statement that is to use the
# indexes which hold such appeals only.
OPEN = "status IN ('registered', 'in_work', 'disputed')"
OPEN_STATES = ("registered", "in_work", "disputed")
WAITING = f"assignee IS NULL AND {OPEN}"
UNROUTED = f"office IS NULL AND {OPEN}"
TO_ANONYMISE = "ended_at IS NOT NULL AND anonymised_at IS NULL"
# The file is to go, and its copy still lies on the disk.
TO_UNLINK = "erased_at IS NOT NULL AND path IS NOT NULL"

appeals = sa.Table(
    "appeals",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key of registration: one draft becomes at most one appeal.
    sa.Column("draft_id", sa.String(32), nullable=False, unique=True),
    sa.Column("number", sa.String(16), nullable=False, unique=True),
    # NULL where a reception desk filed it for a visitor: nobody to write to, only followers.
    sa.Column("person_id", sa.ForeignKey("people.id")),
    sa.Column("language", sa.String(2), nullable=False),
    # One of services.appeals.model.AppealType; NULL while the citizen leaves it to the operator.
    sa.Column("type", sa.String(16)),
    # "bot", or "desk" where a reception desk filed it for a visitor.
    sa.Column("channel", sa.String(8), nullable=False, server_default="bot"),
    sa.Column("filed_by", sa.BigInteger),
    # Left by the citizen on purpose, or by the visitor of a reception desk; E.164.
    sa.Column("contact_name", SealedText),
    sa.Column("contact_phone", SealedText),
    # storage.vault.blind of the phone, by which it is found.
    sa.Column("contact_phone_blind", sa.String(32), info={"blind_of": "contact_phone"}),
    # True: name and phone are sealed from everyone (appeal_openings holds who opened them).
    sa.Column("confidential", sa.Boolean, nullable=False, server_default=sa.false()),
    # True: a stop message of an urgent kind was triggered.
    sa.Column("urgent", sa.Boolean, nullable=False, server_default=sa.false()),
    # Answers to the topic's extra questions: {code of the question: words}.
    sa.Column("particulars", SealedJSON),
    # The news post that it responds to.
    sa.Column("post_id", sa.Integer),
    sa.Column("topic", sa.ForeignKey("topics.code"), nullable=False),
    sa.Column("section", sa.ForeignKey("sections.code"), nullable=False),
    # Who answered for the section on the day of registration.
    sa.Column("official", sa.ForeignKey("officials.code")),
    sa.Column("office", sa.ForeignKey("offices.code")),
    sa.Column("region", sa.String(2), nullable=False),
    sa.Column("district", sa.String(6)),
    sa.Column("latitude", sa.Float),
    sa.Column("longitude", sa.Float),
    sa.Column("text", SealedText, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    # Raised by every change; a change names the version that it saw (compare and set).
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("registered_at", UTCDateTime, nullable=False),
    # Registration after 18:00 or on a day off counts as the next working day.
    sa.Column("counted_from", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("extensions", sa.SmallInteger, nullable=False, server_default="0"),
    # The member of staff who works on it; until `leased_until` only lent, NULL once touched.
    sa.Column("assignee", sa.BigInteger),
    sa.Column("leased_until", UTCDateTime),
    # Raised by a dispute or an escalation: 0 is the office of the route.
    sa.Column("level", sa.SmallInteger, nullable=False, server_default="0"),
    # Whose answer the citizen disputed; they do not answer it again.
    sa.Column("barred", sa.BigInteger),
    # How many others have joined, and the appeal that this one was joined to.
    sa.Column("joins", sa.Integer, nullable=False, server_default="0"),
    sa.Column("joined_to", sa.ForeignKey("appeals.id", name="fk_appeals_joined_to")),
    # The day on which silence closes it, and the day on which a promise is checked again.
    sa.Column("closes_on", sa.Date),
    sa.Column("recheck_on", sa.Date),
    sa.Column("outcome", sa.String(16)),
    sa.Column("ended_at", UTCDateTime),
    sa.Column("answer", SealedText),
    sa.Column("answered_at", UTCDateTime),
    sa.Column("answered_by", sa.BigInteger),
    # Who was responsible when it was answered or declined, and whether an answer was by the due
    # date: what becomes of it later counts for them, whoever has the appeal then.
    sa.Column("closer", sa.String(32)),
    sa.Column("in_time", sa.Boolean),
    sa.Column("rating", sa.SmallInteger),
    sa.Column("solved", sa.Boolean),
    sa.Column("rated_at", UTCDateTime),
    # The election campaign during which it came: an «аманат/наказ».
    sa.Column("campaign", sa.ForeignKey("campaigns.id", name="fk_appeals_campaign")),
    # The deputy to whom it was written, and the public council that has it.
    sa.Column("deputy", sa.ForeignKey("deputies.code", name="fk_appeals_deputy")),
    sa.Column("council", sa.ForeignKey("councils.code", name="fk_appeals_council")),
    # Since when nothing personal is left of it: services.rights.
    sa.Column("anonymised_at", UTCDateTime),
    sa.Index("ix_appeals_person_id", "person_id", "id"),
    sa.Index("ix_appeals_section_status_due_on_id", "section", "status", "due_on", "id"),
    sa.Index("ix_appeals_status_due_on_id", "status", "due_on", "id"),
    sa.Index("ix_appeals_topic_region_district_id", "topic", "region", "district", "id"),
    sa.Index("ix_appeals_region_status_due_on_id", "region", "status", "due_on", "id"),
    sa.Index("ix_appeals_contact_phone_blind", "contact_phone_blind"),
    *(
        sa.Index(name, *columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
        for name, columns, where in (
            (
                "ix_appeals_next",
                ("urgent", "due_on", "id"),
                WAITING,
            ),
            (
                "ix_appeals_assignee_due_on_id",
                ("assignee", "due_on", "id"),
                f"assignee IS NOT NULL AND {OPEN}",
            ),
            ("ix_appeals_official_due_on_id", ("official", "due_on", "id"), OPEN),
            ("ix_appeals_topic_due_on_id", ("topic", "due_on", "id"), OPEN),
            ("ix_appeals_leased_until", ("leased_until",), "leased_until IS NOT NULL"),
            ("ix_appeals_closes_on", ("closes_on",), "closes_on IS NOT NULL"),
            ("ix_appeals_recheck_on", ("recheck_on",), "recheck_on IS NOT NULL"),
            ("ix_appeals_ended_at_id", ("ended_at", "id"), TO_ANONYMISE),
            ("ix_appeals_campaign", ("campaign", "region"), "campaign IS NOT NULL"),
            ("ix_appeals_deputy", ("deputy", "id"), "deputy IS NOT NULL"),
            ("ix_appeals_council", ("council", "due_on", "id"), "council IS NOT NULL"),
            (
                "ix_appeals_unrouted",
                ("office", "due_on", "id"),
                UNROUTED,
            ),
        )
    ),
)

attachments = sa.Table(
    "attachments",
    metadata,
    sa.Column("appeal_id", sa.ForeignKey("appeals.id"), primary_key=True),
    # The citizen's own message that brought the file: its natural key in a private chat.
    sa.Column("message_id", sa.BigInteger, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("file_id", sa.String(200), nullable=False),
    sa.Column("file_unique_id", sa.String(64), nullable=False),
    sa.Column("file_name", SealedText),
    sa.Column("mime_type", sa.String(127)),
    sa.Column("size", sa.BigInteger),
    # The copy under ATTACHMENTS_DIR, relative; NULL until downloaded, or where it was refused.
    sa.Column("path", sa.String(200)),
    sa.Column("sha256", sa.String(64)),
    # NULL where no copy is made yet; else services.appeals.model.CopyState.
    sa.Column("copy_state", sa.String(16)),
    # How often a copy was tried in vain, and before which moment it is not tried again.
    sa.Column("copy_tries", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("copy_after", UTCDateTime),
    # What others than its sender are shown of a document: the file itself once its content was
    # looked at, or a copy without the place where a picture was taken; NULL until then.
    sa.Column("shown_file_id", sa.String(200)),
    # When the file was deleted because its time was over; the row stays as a number only.
    sa.Column("erased_at", UTCDateTime),
    sa.Index(
        "ix_attachments_to_copy",
        "appeal_id",
        "message_id",
        sqlite_where=sa.text("copy_state IS NULL"),
        postgresql_where=sa.text("copy_state IS NULL"),
    ),
    sa.Index(
        "ix_attachments_kept",
        "appeal_id",
        "message_id",
        sqlite_where=sa.text("erased_at IS NULL"),
        postgresql_where=sa.text("erased_at IS NULL"),
    ),
    sa.Index(
        "ix_attachments_to_unlink",
        "appeal_id",
        "message_id",
        sqlite_where=sa.text(TO_UNLINK),
        postgresql_where=sa.text(TO_UNLINK),
    ),
)

# Everything said in words about an appeal: the citizen's messages and additions, what was asked
# and replied, answers, notes of the staff (services.appeals.model.EntryKind).
appeal_entries = sa.Table(
    "appeal_entries",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("appeal_id", sa.ForeignKey("appeals.id"), nullable=False),
    # The natural key: "<author>:<message id>" of the message, or "v<version>" of the change.
    sa.Column("key", sa.String(48), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    # NULL where the clock speaks.
    sa.Column("author", sa.BigInteger),
    # The newest wording; the earlier ones are revisions.
    sa.Column("text", SealedText, nullable=False),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("revised_at", UTCDateTime),
    sa.UniqueConstraint("appeal_id", "key", name="uq_appeal_entries_appeal_id_key"),
    # A message that its author edits later is found by its own key.
    sa.Index("ix_appeal_entries_key", "key"),
    # What somebody said about the appeals of others.
    sa.Index(
        "ix_appeal_entries_joined",
        "author",
        sqlite_where=sa.text("kind = 'join'"),
        postgresql_where=sa.text("kind = 'join'"),
    ),
)

appeal_revisions = sa.Table(
    "appeal_revisions",
    metadata,
    sa.Column("entry_id", sa.ForeignKey("appeal_entries.id"), primary_key=True),
    sa.Column("number", sa.SmallInteger, primary_key=True),
    # The wording until that moment.
    sa.Column("text", SealedText, nullable=False),
    sa.Column("until", UTCDateTime, nullable=False),
)

# Those who joined somebody else's appeal: they get the same news of it.
appeal_followers = sa.Table(
    "appeal_followers",
    metadata,
    sa.Column("appeal_id", sa.ForeignKey("appeals.id"), primary_key=True),
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("joined_at", UTCDateTime, nullable=False),
    sa.Index("ix_appeal_followers_person_id", "person_id", "appeal_id"),
)

# Who opened the sealed name of a confidential appeal, and why.
appeal_openings = sa.Table(
    "appeal_openings",
    metadata,
    sa.Column("appeal_id", sa.ForeignKey("appeals.id"), primary_key=True),
    sa.Column("actor", sa.BigInteger, primary_key=True),
    # The actor's message that gave the reason: its natural key in a private chat.
    sa.Column("message_id", sa.BigInteger, primary_key=True),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("reason", SealedText, nullable=False),
)

# Reminders given: one row for each stage of each due date.
appeal_reminders = sa.Table(
    "appeal_reminders",
    metadata,
    sa.Column("appeal_id", sa.ForeignKey("appeals.id"), primary_key=True),
    sa.Column("due_on", sa.Date, primary_key=True),
    # Working days from the due date: services.appeals.stages.
    sa.Column("stage", sa.SmallInteger, primary_key=True),
    sa.Column("at", UTCDateTime, nullable=False),
    # Who of the next level was told; NULL before the due date, and where nobody is there.
    sa.Column("official", sa.ForeignKey("officials.code")),
)

appeal_events = sa.Table(
    "appeal_events",
    metadata,
    sa.Column("appeal_id", sa.ForeignKey("appeals.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("at", UTCDateTime, nullable=False),
    # NULL where the clock acted; 0 for a citizen of whom everything personal is erased.
    sa.Column("actor", sa.BigInteger),
    sa.Column("details", SealedJSON, nullable=False),
)

# One row a year: the next number. Kept in the transaction of the registration.
appeal_numbers = sa.Table(
    "appeal_numbers",
    metadata,
    sa.Column("year", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("last", sa.Integer, nullable=False),
)

# What happened on a day of Asia/Almaty; digests read these instead of scanning appeals.
appeal_days = sa.Table(
    "appeal_days",
    metadata,
    sa.Column("section", sa.ForeignKey("sections.code"), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("topic", sa.ForeignKey("topics.code"), primary_key=True),
    sa.Column("region", sa.String(2), primary_key=True),
    # "" where the citizen named no district.
    sa.Column("district", sa.String(6), primary_key=True),
    sa.Column("registered", sa.Integer, nullable=False, server_default="0"),
    sa.Column("answered", sa.Integer, nullable=False, server_default="0"),
    *(
        sa.Column(name, sa.Integer, nullable=False, server_default="0")
        for name in (
            "joined",
            "confirmed",
            "disputed",
            "unconfirmed",
            "extended",
            "redirected",
            "declined",
            "withdrawn",
            "escalated",
            # Of the answers of this day: how many were given by the due date. Of the disputes of
            # this day: those of an answer that had been counted as in time.
            "in_time",
            "disputed_in_time",
            # Ratings given on this day: how many, their sum, how many of 1 or 2.
            "rated",
            "rating_sum",
            "badly_rated",
        )
    ),
    sa.Index("ix_appeal_days_region_day", "region", "day"),
)

# How many working days the answers of a day took, counted as due dates are: medians and
# percentiles of any stretch are sums of a few rows.
answer_spans = sa.Table(
    "answer_spans",
    metadata,
    sa.Column("section", sa.ForeignKey("sections.code"), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("region", sa.String(2), primary_key=True),
    # "" where the citizen named no district.
    sa.Column("district", sa.String(6), primary_key=True),
    # "" for the answers of before topics were told apart.
    sa.Column("topic", sa.String(32), primary_key=True),
    sa.Column("working_days", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("count", sa.Integer, nullable=False, server_default="0"),
    sa.Index("ix_answer_spans_region_day", "region", "day"),
)

# What an official's answers came to, by the day on which it happened. A dispute, a rating and a
# closing count for whoever was responsible when the answer was given.
official_days = sa.Table(
    "official_days",
    metadata,
    sa.Column("official", sa.ForeignKey("officials.code"), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    *(
        sa.Column(name, sa.Integer, nullable=False, server_default="0")
        for name in (
            "answered",
            "in_time",
            "confirmed",
            "disputed",
            # Of the disputed ones: those whose answer had been counted as in time.
            "disputed_in_time",
            "unconfirmed",
            "rated",
            "rating_sum",
            # Passed on to the next level because the official was late.
            "escalated",
        )
    ),
    sa.Index("ix_official_days_day", "day"),
)

# Open appeals by section, due date and place: open, overdue and "due soon" are sums of some rows.
open_appeals = sa.Table(
    "open_appeals",
    metadata,
    sa.Column("section", sa.ForeignKey("sections.code"), primary_key=True),
    sa.Column("due_on", sa.Date, primary_key=True),
    sa.Column("region", sa.String(2), primary_key=True),
    # "" where the citizen named no district.
    sa.Column("district", sa.String(6), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Index("ix_open_appeals_region_due_on", "region", "due_on"),
)

# Words of citizens that a moderator has let others read: without names, places and dates.
quotes = sa.Table(
    "quotes",
    metadata,
    sa.Column("appeal_id", sa.ForeignKey("appeals.id"), primary_key=True),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("text", SealedText, nullable=False),
    sa.Column("section", sa.ForeignKey("sections.code"), nullable=False),
    sa.Column("topic", sa.ForeignKey("topics.code"), nullable=False),
    sa.Column("region", sa.String(2), nullable=False),
    sa.Column("district", sa.String(6), nullable=False),
    # The day of the appeal in Asia/Almaty.
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("by", sa.BigInteger, nullable=False),
    sa.Column("at", UTCDateTime, nullable=False),
    # Taken back by a moderator, or because its author took the appeal back.
    sa.Column("withdrawn_at", UTCDateTime),
    sa.Index("ix_quotes_day", "day"),
)
