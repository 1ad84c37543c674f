"""What people are told by themselves: renderers of the outbox and of mailings, by kind.

A renderer turns the payload of a row into a notice in the current language; the sender calls it
at the moment of sending, with the locale of the reader set. Views take `Notice` from
handlers/notice.py, for this module imports them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from handlers.notice import Notice
from handlers.views.appeal_answer_notices import (
    replied_notice,
    returned_notice,
    silence_reminder,
)
from handlers.views.appeal_change_notices import change_notice
from handlers.views.appeal_followed import joined_notice
from handlers.views.appeal_notices import receipt_notice
from handlers.views.appeal_reminders import reminder_notice
from handlers.views.approval_notices import asked_notice, called_off_notice, decided_notice
from handlers.views.assigned_notice import assigned_notice
from handlers.views.campaign_silence import waits_notice
from handlers.views.certificate_notices import certificate_notice, certificate_revoked_notice
from handlers.views.council_notices import (
    application_decided_notice,
    application_notice,
    council_case_notice,
)
from handlers.views.decision_notices import (
    banned_notice,
    lifted_notice,
    objection_notice,
    surge_notice,
    upheld_notice,
)
from handlers.views.digest_delivery_notices import stuck_notice, unread_notice
from handlers.views.digest_notices import digest_notice, mailed_notice
from handlers.views.errand_notices import (
    accepted_notice,
    answered_notice,
    given_notice,
)
from handlers.views.errand_notices import asked_notice as question_notice
from handlers.views.errand_notices import called_off_notice as errand_called_off_notice
from handlers.views.errand_notices import done_notice as errand_done_notice
from handlers.views.errand_notices import returned_notice as errand_returned_notice
from handlers.views.handover_notice import handover_notice
from handlers.views.mailing_notices import mailing_report
from handlers.views.name_opening import opened_notice
from handlers.views.news_digest import news_digest_notice
from handlers.views.news_notices import news_notice
from handlers.views.news_test import news_test_notice
from handlers.views.openness_correcting import asked_notice as openness_asked_notice
from handlers.views.openness_correcting import decided_notice as openness_decided_notice
from handlers.views.period_digest import period_notice
from handlers.views.poll_channel_notice import not_posted_notice
from handlers.views.poll_key_notices import (
    key_asked_notice,
    key_called_off_notice,
    key_needed_notice,
    key_opened_notice,
    key_refused_notice,
)
from handlers.views.poll_notices import done_notice, poll_notice, result_notice
from handlers.views.poll_reminder import reminder_notice as poll_reminder_notice
from handlers.views.programme_notices import (
    missed_notice,
    moved_notice,
    off_notice,
    offer_notice,
)
from handlers.views.programme_notices import reminder_notice as session_notice
from handlers.views.proposal_notices import changed_notice as proposal_changed_notice
from handlers.views.proposal_notices import moved_notice as proposal_moved_notice
from handlers.views.rating_notices import (
    correction_decided_notice,
    correction_waits_notice,
    round_decided_notice,
    round_waits_notice,
)
from handlers.views.roadmap_notices import (
    replied_notice as fact_replied_notice,
)
from handlers.views.roadmap_notices import (
    reported_notice as fact_reported_notice,
)
from handlers.views.roadmap_notices import (
    returned_notice as fact_returned_notice,
)
from handlers.views.roadmap_notices import (
    stale_notice as indicator_stale_notice,
)
from handlers.views.source_notices import (
    broken_notice,
    copy_notice,
    item_notice,
    mended_notice,
    offered_notice,
)
from handlers.views.staff_notices import ended_notice, left_notice, reset_notice
from handlers.views.staff_notices import joined_notice as joined_staff_notice
from handlers.views.story_notices import story_notice
from handlers.views.undistributed_notice import undistributed_notice
from handlers.views.urgent_notices import added_notice, urgent_notice
from services.organisation.directory import Organisation

__all__ = ["Notice", "Renderer", "renderers"]

Renderer = Callable[[Mapping[str, Any], Organisation], Notice]


def renderers() -> dict[str, Renderer]:
    """Return the renderer of every kind of notice; a kind without one fails the sender's test."""
    return {
        "receipt": receipt_notice,
        "appeal_changed": change_notice,
        "appeal_replied": replied_notice,
        "appeal_returned": returned_notice,
        "silence_reminder": silence_reminder,
        "appeal_assigned": assigned_notice,
        "appeal_added": added_notice,
        "appeal_joined": joined_notice,
        "urgent_appeal": urgent_notice,
        "name_opened": opened_notice,
        "banned": banned_notice,
        "ban_lifted": lifted_notice,
        "ban_objection": objection_notice,
        "ban_upheld": upheld_notice,
        "surge": surge_notice,
        "reminder": reminder_notice,
        "handed_over": handover_notice,
        "council_case": council_case_notice,
        "council_application": application_notice,
        "council_decided": application_decided_notice,
        "digest": digest_notice,
        "digest_period": period_notice,
        "digest_mailed": mailed_notice,
        "digest_stuck": stuck_notice,
        "digest_unread": unread_notice,
        "indicator_stale": indicator_stale_notice,
        "fact_reported": fact_reported_notice,
        "fact_returned": fact_returned_notice,
        "fact_replied": fact_replied_notice,
        "rating_waits": round_waits_notice,
        "rating_decided": round_decided_notice,
        "rating_correction_waits": correction_waits_notice,
        "rating_correction_decided": correction_decided_notice,
        "errand_given": given_notice,
        "errand_accepted": accepted_notice,
        "errand_done": errand_done_notice,
        "errand_called_off": errand_called_off_notice,
        "errand_returned": errand_returned_notice,
        "errand_asked": question_notice,
        "errand_answered": answered_notice,
        "staff_joined": joined_staff_notice,
        "staff_ended": ended_notice,
        "staff_left": left_notice,
        "pin_reset": reset_notice,
        "undistributed": undistributed_notice,
        "openness_asked": openness_asked_notice,
        "openness_decided": openness_decided_notice,
        "mailing_report": mailing_report,
        "silence_waits": waits_notice,
        "approval_asked": asked_notice,
        "approval_decided": decided_notice,
        "post_called_off": called_off_notice,
        "news": news_notice,
        "news_test": news_test_notice,
        "news_digest": news_digest_notice,
        "source_item": item_notice,
        "source_broken": broken_notice,
        "source_mended": mended_notice,
        "channel_offered": offered_notice,
        "channel_copy": copy_notice,
        "certificate": certificate_notice,
        "certificate_revoked": certificate_revoked_notice,
        "programme_offer": offer_notice,
        "programme_missed": missed_notice,
        "programme_reminder": session_notice,
        "programme_moved": moved_notice,
        "programme_off": off_notice,
        "poll": poll_notice,
        "poll_reminder": poll_reminder_notice,
        "poll_result": result_notice,
        "poll_done": done_notice,
        "story": story_notice,
        "result_not_posted": not_posted_notice,
        "proposal_changed": proposal_changed_notice,
        "proposal_moved": proposal_moved_notice,
        "poll_key_asked": key_asked_notice,
        "poll_key_called_off": key_called_off_notice,
        "poll_key_needed": key_needed_notice,
        "poll_key_opened": key_opened_notice,
        "poll_key_refused": key_refused_notice,
    }
