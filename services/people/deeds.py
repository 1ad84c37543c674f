"""What staff may do, and who: the one table of rights. Whatever stands in no row is denied.

docs/roles.md is written from it: `python -m bot roles`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from services.people.model import Role


class Deed(StrEnum):
    """One thing that only staff do; its value is what the audit calls it."""

    # The queue of appeals
    READ_QUEUE = "queue.read"
    TAKE_NEXT = "queue.take"
    SEARCH = "appeal.search"
    SET_DUTY = "duty.set"
    # One appeal
    READ_APPEAL = "appeal.read"
    READ_HISTORY = "appeal.history"
    READ_FILES = "appeal.files"
    BEGIN = "appeal.begin"
    RELEASE = "appeal.release"
    ASSIGN = "appeal.assign"
    SORT = "appeal.sort"
    ASK_CITIZEN = "appeal.ask"
    NOTE = "appeal.note"
    ANSWER = "appeal.answer"
    DECLINE = "appeal.decline"
    REDIRECT = "appeal.redirect"
    MERGE = "appeal.merge"
    EXTEND = "appeal.extend"
    EXTEND_AGAIN = "appeal.extend_again"
    OPEN_NAME = "appeal.open_name"
    RECEIVE = "appeal.receive"
    # Bans
    BAN = "ban.give"
    LIFT_BAN = "ban.lift"
    DECIDE_OBJECTION = "ban.decide_objection"
    READ_BANS = "ban.read"
    # Citizens’ words for all to read
    APPROVE_QUOTE = "quote.approve"
    TAKE_BACK_QUOTE = "quote.take_back"
    READ_ANSWERS = "answers.read"
    GIVE_THEME = "answers.theme"
    # Polls
    LAUNCH_POLL = "poll.launch"
    LAUNCH_POLITICAL = "poll.launch_political"
    SHARE_KEY = "poll.share_key"
    HOLD_KEY = "poll.hold_key"
    CLOSE_POLL = "poll.close"
    EXTEND_POLL = "poll.extend"
    READ_REPORT = "poll.report"
    READ_RESPONDENTS = "poll.respondents"
    TELL_DONE = "poll.tell_done"
    ARCHIVE_POLL = "poll.archive"
    KEEP_MARGINS = "poll.margins"
    SET_VOTING_DAYS = "poll.voting_days"
    # Election campaigns
    SET_CAMPAIGNS = "campaign.set"
    OVERRIDE_SILENCE = "campaign.override_silence"
    # News and mailings
    PUBLISH_NEWS = "news.publish"
    TEST_NEWS = "news.test"
    CALL_OFF_NEWS = "news.call_off"
    CHANGE_SOURCES = "source.change"
    AUTOMATE_SOURCE = "source.automate"
    DECIDE_ITEM = "source.decide_item"
    READ_MAILINGS = "mailing.read"
    CONTROL_MAILING = "mailing.control"
    RECALL_MAILING = "mailing.recall"
    RESEND_MAILING = "mailing.resend"
    # A second person
    ASK_SEND = "approval.ask_send"
    LET_SEND = "approval.let_send"
    ASK_NAME = "approval.ask_name"
    LET_NAME = "approval.let_name"
    ASK_EXPORT = "approval.ask_export"
    LET_EXPORT = "approval.let_export"
    # A file was made; those that hold persons or their words have a deed of their own besides.
    EXPORT = "export.take"
    EXPORT_UNREACHED = "export.unreached"
    EXPORT_AUDIT = "export.audit"
    # The Road Map
    READ_BOARD = "roadmap.read"
    REPORT_FACT = "roadmap.report"
    RETURN_FACT = "roadmap.return"
    REPLY_TO_RETURN = "roadmap.reply"
    EDIT_INDICATOR = "roadmap.edit"
    ASSIGN_ROADMAP = "roadmap.assign"
    TIE_POLL = "roadmap.tie_poll"
    IMPORT_ROADMAP = "roadmap.import"
    EXPORT_ROADMAP = "roadmap.export"
    # The rating of deputies
    READ_RATINGS = "rating.read"
    BRING_RATING = "rating.bring"
    DECIDE_RATING = "rating.decide"
    CORRECT_RATING = "rating.correct"
    # The figures of months that everybody reads
    CORRECT_OPENNESS = "openness.correct"
    LET_OPENNESS = "openness.let"
    # Public councils
    READ_COUNCILS = "council.read"
    IMPORT_COUNCILS = "council.import"
    HAND_TO_COUNCIL = "appeal.to_council"
    READ_APPLICATIONS = "council.read_applications"
    DECIDE_APPLICATION = "council.decide_application"
    # The board of proposals
    MODERATE_PROPOSAL = "proposal.moderate"
    MERGE_PROPOSAL = "proposal.merge"
    ANSWER_PROPOSAL = "proposal.answer"
    IMPORT_PROPOSALS = "proposal.import"
    # Stories of what was done
    WRITE_STORY = "story.write"
    WITHDRAW_STORY = "story.withdraw"
    IMPORT_STORIES = "story.import"
    # Digests, errands and numbers
    READ_DIGEST = "digest.read"
    SET_DIGEST = "digest.set"
    GIVE_ERRAND = "errand.give"
    HAVE_ERRAND = "errand.have"
    ANSWER_QUESTION = "errand.answer"
    READ_WORKLOAD = "workload.read"
    READ_EXECUTION = "execution.read"
    # Programmes that citizens sign up for
    RUN_PROGRAMMES = "programme.run"
    READ_PARTICIPANTS = "programme.participants"
    IMPORT_PROGRAMMES = "programme.import"
    # Who came to a programme, and its certificates
    READ_ATTENDANCE = "attendance.read"
    MARK_ATTENDANCE = "attendance.mark"
    IMPORT_ATTENDANCE = "attendance.import"
    READ_CERTIFICATES = "certificate.read"
    ISSUE_CERTIFICATES = "certificate.issue"
    REVOKE_CERTIFICATE = "certificate.revoke"
    CORRECT_CERTIFICATE = "certificate.correct"
    CHOOSE_PROGRAMME_TOPIC = "topic.choose"
    # Staff
    READ_COLLEAGUES = "colleague.read"
    INVITE = "staff.invite"
    REVOKE_INVITATION = "staff.revoke"
    DISMISS = "staff.dismiss"
    RESET_PIN = "staff.reset_pin"
    READ_STAFF = "staff.read"
    # The audit
    READ_AUDIT = "audit.read"


class Reach(Enum):
    """How far a right goes."""

    # Only within the place and section to which the role was given.
    SCOPE = "scope"
    # It touches everybody: only who holds the role everywhere and for every section has it.
    EVERYWHERE = "everywhere"
    # It is about nobody's case (own settings, public numbers): any place will do.
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Right:
    """Who may do a deed, and how far."""

    roles: frozenset[Role]
    reach: Reach


_OPERATOR, _MODERATOR, _ANALYST = Role.OPERATOR, Role.MODERATOR, Role.ANALYST
_EDITOR, _OFFICIAL, _AUDITOR = Role.EDITOR, Role.OFFICIAL, Role.AUDITOR
_ADMINISTRATOR = Role.ADMINISTRATOR


def _within(*roles: Role) -> Right:
    return Right(frozenset(roles), Reach.SCOPE)


def _everywhere(*roles: Role) -> Right:
    return Right(frozenset(roles), Reach.EVERYWHERE)


def _anywhere(*roles: Role) -> Right:
    return Right(frozenset(roles), Reach.ANYWHERE)


RIGHTS: Mapping[Deed, Right] = {
    # The queue of appeals
    Deed.READ_QUEUE: _within(_OPERATOR, _ADMINISTRATOR),
    Deed.TAKE_NEXT: _within(_OPERATOR, _ADMINISTRATOR),
    Deed.SEARCH: _within(_OPERATOR, _ADMINISTRATOR),
    Deed.SET_DUTY: _anywhere(_OPERATOR, _ADMINISTRATOR),
    # One appeal
    Deed.READ_APPEAL: _within(_OPERATOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.READ_HISTORY: _within(_OPERATOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.READ_FILES: _within(_OPERATOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.BEGIN: _within(_OPERATOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.RELEASE: _within(_OPERATOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.ASSIGN: _within(_OPERATOR, _ADMINISTRATOR),
    Deed.SORT: _within(_OPERATOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.ASK_CITIZEN: _within(_OPERATOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.NOTE: _within(_OPERATOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.ANSWER: _within(_OPERATOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.DECLINE: _within(_OPERATOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.REDIRECT: _within(_OPERATOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.MERGE: _within(_OPERATOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.EXTEND: _within(_OPERATOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.EXTEND_AGAIN: _within(_ADMINISTRATOR),
    Deed.OPEN_NAME: _within(_ADMINISTRATOR),
    Deed.RECEIVE: _within(_OPERATOR, _ADMINISTRATOR),
    # Bans
    Deed.BAN: _within(_OPERATOR, _ADMINISTRATOR),
    Deed.LIFT_BAN: _within(_OPERATOR, _ADMINISTRATOR),
    Deed.DECIDE_OBJECTION: _within(_ADMINISTRATOR),
    Deed.READ_BANS: _within(_OPERATOR, _ADMINISTRATOR),
    # Citizens’ words for all to read
    Deed.APPROVE_QUOTE: _within(_OPERATOR, _MODERATOR, _ADMINISTRATOR),
    Deed.TAKE_BACK_QUOTE: _within(_OPERATOR, _MODERATOR, _ADMINISTRATOR),
    Deed.READ_ANSWERS: _within(_OPERATOR, _MODERATOR, _ADMINISTRATOR),
    Deed.GIVE_THEME: _within(_OPERATOR, _MODERATOR, _ADMINISTRATOR),
    # Polls
    Deed.LAUNCH_POLL: _within(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    Deed.LAUNCH_POLITICAL: _everywhere(_ADMINISTRATOR),
    Deed.SHARE_KEY: _within(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    Deed.HOLD_KEY: _anywhere(_OPERATOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.CLOSE_POLL: _within(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    Deed.EXTEND_POLL: _within(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    Deed.READ_REPORT: _anywhere(
        _OPERATOR, _MODERATOR, _ANALYST, _EDITOR, _OFFICIAL, _ADMINISTRATOR
    ),
    Deed.READ_RESPONDENTS: _within(_OPERATOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.TELL_DONE: _within(_OPERATOR, _EDITOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.ARCHIVE_POLL: _within(_OPERATOR, _EDITOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.KEEP_MARGINS: _everywhere(_ADMINISTRATOR),
    Deed.SET_VOTING_DAYS: _everywhere(_ADMINISTRATOR),
    # Election campaigns
    Deed.SET_CAMPAIGNS: _everywhere(_ADMINISTRATOR),
    Deed.OVERRIDE_SILENCE: _everywhere(_ADMINISTRATOR),
    # News and mailings
    Deed.PUBLISH_NEWS: _within(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    Deed.TEST_NEWS: _anywhere(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    Deed.CALL_OFF_NEWS: _within(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    Deed.CHANGE_SOURCES: _everywhere(_OPERATOR, _ADMINISTRATOR),
    Deed.AUTOMATE_SOURCE: _everywhere(_ADMINISTRATOR),
    Deed.DECIDE_ITEM: _everywhere(_OPERATOR, _MODERATOR, _ADMINISTRATOR),
    Deed.READ_MAILINGS: _within(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    Deed.CONTROL_MAILING: _within(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    Deed.RECALL_MAILING: _within(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    Deed.RESEND_MAILING: _within(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    # A second person
    Deed.ASK_SEND: _anywhere(_OPERATOR, _MODERATOR, _EDITOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.LET_SEND: _everywhere(_OPERATOR, _ADMINISTRATOR),
    Deed.ASK_NAME: _within(_ADMINISTRATOR),
    Deed.LET_NAME: _everywhere(_ADMINISTRATOR, _AUDITOR),
    Deed.ASK_EXPORT: _anywhere(
        _OPERATOR, _MODERATOR, _EDITOR, _OFFICIAL, _ADMINISTRATOR, _AUDITOR
    ),
    Deed.LET_EXPORT: _everywhere(_ADMINISTRATOR, _AUDITOR),
    Deed.EXPORT: _anywhere(*Role),
    Deed.EXPORT_UNREACHED: _everywhere(_OPERATOR, _ADMINISTRATOR),
    Deed.EXPORT_AUDIT: _everywhere(_AUDITOR),
    # The Road Map
    Deed.READ_BOARD: _anywhere(_EDITOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.REPORT_FACT: _within(_OFFICIAL),
    Deed.RETURN_FACT: _within(_OFFICIAL),
    Deed.REPLY_TO_RETURN: _within(_OFFICIAL),
    Deed.EDIT_INDICATOR: _within(_EDITOR, _ADMINISTRATOR),
    Deed.ASSIGN_ROADMAP: _everywhere(_ADMINISTRATOR),
    Deed.TIE_POLL: _everywhere(_ADMINISTRATOR),
    Deed.IMPORT_ROADMAP: _everywhere(_ADMINISTRATOR),
    Deed.EXPORT_ROADMAP: _everywhere(_ADMINISTRATOR),
    # The rating of deputies
    Deed.READ_RATINGS: _everywhere(_EDITOR, _ADMINISTRATOR),
    Deed.BRING_RATING: _everywhere(_EDITOR, _ADMINISTRATOR),
    Deed.DECIDE_RATING: _everywhere(_EDITOR, _ADMINISTRATOR),
    Deed.CORRECT_RATING: _everywhere(_EDITOR, _ADMINISTRATOR),
    # The figures of months that everybody reads
    Deed.CORRECT_OPENNESS: _everywhere(_ADMINISTRATOR),
    Deed.LET_OPENNESS: _everywhere(_ADMINISTRATOR, _AUDITOR),
    # Public councils
    Deed.READ_COUNCILS: _within(_ANALYST, _EDITOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.IMPORT_COUNCILS: _everywhere(_EDITOR, _ADMINISTRATOR),
    Deed.HAND_TO_COUNCIL: _within(_OPERATOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.READ_APPLICATIONS: _within(_OFFICIAL, _ADMINISTRATOR),
    Deed.DECIDE_APPLICATION: _within(_OFFICIAL, _ADMINISTRATOR),
    # The board of proposals
    Deed.MODERATE_PROPOSAL: _within(_OPERATOR, _MODERATOR, _ADMINISTRATOR),
    Deed.MERGE_PROPOSAL: _within(_OPERATOR, _MODERATOR, _ADMINISTRATOR),
    Deed.ANSWER_PROPOSAL: _within(_OFFICIAL, _ADMINISTRATOR),
    Deed.IMPORT_PROPOSALS: _everywhere(_ADMINISTRATOR),
    # Stories of what was done
    Deed.WRITE_STORY: _within(_OPERATOR, _EDITOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.WITHDRAW_STORY: _within(_OPERATOR, _EDITOR, _OFFICIAL, _ADMINISTRATOR),
    Deed.IMPORT_STORIES: _everywhere(_EDITOR, _ADMINISTRATOR),
    # Digests, errands and numbers
    Deed.READ_DIGEST: _within(_OFFICIAL),
    Deed.SET_DIGEST: _anywhere(_OFFICIAL),
    Deed.GIVE_ERRAND: _within(_OFFICIAL),
    Deed.HAVE_ERRAND: _anywhere(*Role),
    Deed.ANSWER_QUESTION: _anywhere(_OPERATOR, _ADMINISTRATOR),
    Deed.READ_WORKLOAD: _within(_ANALYST, _OFFICIAL, _ADMINISTRATOR),
    Deed.READ_EXECUTION: _within(_OPERATOR, _ANALYST, _OFFICIAL, _ADMINISTRATOR),
    # Programmes that citizens sign up for
    Deed.RUN_PROGRAMMES: _within(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    Deed.READ_PARTICIPANTS: _within(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    Deed.IMPORT_PROGRAMMES: _everywhere(_EDITOR, _ADMINISTRATOR),
    # Who came to a programme, and its certificates
    Deed.READ_ATTENDANCE: _within(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    Deed.MARK_ATTENDANCE: _within(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    Deed.IMPORT_ATTENDANCE: _within(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    Deed.READ_CERTIFICATES: _within(_OPERATOR, _EDITOR, _ADMINISTRATOR),
    Deed.ISSUE_CERTIFICATES: _within(_EDITOR, _ADMINISTRATOR),
    Deed.REVOKE_CERTIFICATE: _within(_EDITOR, _ADMINISTRATOR),
    Deed.CORRECT_CERTIFICATE: _within(_EDITOR, _ADMINISTRATOR),
    Deed.CHOOSE_PROGRAMME_TOPIC: _within(_EDITOR, _ADMINISTRATOR),
    # Staff
    Deed.READ_COLLEAGUES: _anywhere(*Role),
    Deed.INVITE: _everywhere(_ADMINISTRATOR),
    Deed.REVOKE_INVITATION: _everywhere(_ADMINISTRATOR),
    Deed.DISMISS: _everywhere(_ADMINISTRATOR),
    Deed.RESET_PIN: _everywhere(_ADMINISTRATOR),
    Deed.READ_STAFF: _everywhere(_ADMINISTRATOR, _AUDITOR),
    # The audit
    Deed.READ_AUDIT: _everywhere(_AUDITOR),
}

# Whoever does these is shown personal data of citizens, or a file that holds it: the use case
# writes each down with `services.audit.recording.record_reading`, and so runs as a command.
PERSONAL: frozenset[Deed] = frozenset(
    {
        Deed.SEARCH,
        Deed.READ_APPEAL,
        Deed.READ_HISTORY,
        Deed.READ_FILES,
        Deed.OPEN_NAME,
        Deed.READ_BANS,
        Deed.APPROVE_QUOTE,
        Deed.MODERATE_PROPOSAL,
        Deed.READ_ANSWERS,
        Deed.READ_RESPONDENTS,
        Deed.READ_APPLICATIONS,
        Deed.EXPORT_UNREACHED,
        Deed.READ_PARTICIPANTS,
        Deed.READ_ATTENDANCE,
        Deed.READ_CERTIFICATES,
    }
)


def may_somewhere(roles: Collection[Role], *deeds: Deed) -> bool:
    """Tell whether somebody of these roles may do one of the deeds, wherever that is."""
    return any(not RIGHTS[deed].roles.isdisjoint(roles) for deed in deeds)
