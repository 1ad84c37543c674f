"""What the audit keeps besides the deeds of the staff: acts of citizens, the clock, the shell."""

from enum import StrEnum


class Act(StrEnum):
    """One thing that is written down and that no role gives a right to."""

    # Citizens about their own data: services.audit.own.record_own names them by a keyed hash
    # only, so that the audit gives nobody away who has been forgotten
    GIVE_CONSENT = "consent.give"
    WITHDRAW_CONSENT = "consent.withdraw"
    TAKE_OWN_DATA = "own.take"
    ERASE_OWN_DATA = "own.erase"
    CONFIRM_PHONE = "own.confirm_phone"
    FORGET_PHONE = "own.forget_phone"
    # Staff about their own session: `who` is the member of staff
    JOIN_STAFF = "staff.join"
    CHOOSE_PIN = "session.choose_pin"
    OPEN_SESSION = "session.open"
    WRONG_PIN = "session.wrong_pin"
    # The command line and the clock: nobody's `who`
    INVITE_BY_SHELL = "shell.invite"
    IMPORT_BY_SHELL = "shell.import"
    IMPORT_ROADMAP_BY_SHELL = "shell.import_roadmap"
    EXPORT_ROADMAP_BY_SHELL = "shell.export_roadmap"
    IMPORT_TABLE_BY_SHELL = "shell.import_table"
    REVIEW_BY_SHELL = "shell.review"
    ROTATE_KEY = "shell.rotate_key"
    SHOW_AUDIT = "shell.show_audit"
    EXPORT_AUDIT = "shell.export_audit"
    PUBLISH_OPENNESS = "clock.publish_openness"
    RETAIN = "clock.retain"
    APPOINT = "clock.appoint"
