"""Which columns hold something about people: reviewed by hand, held against the tables by a test.

A new column belongs into one of the two lists. The first is also the table at the end of
docs/privacy.md; whatever is sealed is told there from the column's own type.
"""

from collections.abc import Mapping

# Words of people, who they are, what they did or were sent; staff are people too.
PERSONAL: Mapping[str, str] = {
    "appeal_entries": "key author text at revised_at",
    "appeal_events": "at actor details",
    "appeal_followers": "person_id joined_at",
    "appeal_openings": "actor message_id at reason",
    "appeal_revisions": "text until",
    "appeal_words": "tokens",
    "appeals": (
        "person_id language channel filed_by contact_name contact_phone "
        "contact_phone_blind confidential particulars region district latitude longitude "
        "text registered_at assignee barred ended_at answer answered_by closer rating "
        "solved rated_at"
    ),
    "approvals": "content asked_by decided_by reason",
    "attachments": "message_id file_id file_unique_id file_name path sha256 shown_file_id",
    "attendance": "signup_id present by",
    "audit": "who on details",
    "ballots": "tag sealed",
    "bans": (
        "person_id number since until reason by appeal_id objection objected_at lifted_at "
        "lifted_by"
    ),
    "campaigns": "created_by called_off_by",
    "certificates": "name attended issued_by revoked_by",
    "confirmed_phones": "person_id phone_blind confirmed_at",
    "consents": "person_id kind version language given_at withdrawn_at",
    "conversations": "key state data updated_at",
    "council_applications": (
        "draft_id person_id language name phone about consent at decided_by reply"
    ),
    "deliveries": "person_id status attempts message_id other_ids variant error",
    "digest_readers": "person_id minute days_off channel email",
    "digests": "person_id delivered_at read_at",
    "duties": "person_id since",
    "errands": "by person_id text done_by reply",
    "indicator_evidence": "file_id file_name",
    "indicator_facts": "comment by returned_by question replied_by reply",
    "invitations": "created_by revoked_by used_by used_at",
    "kept_bans": "person_blind since until reason by appeal_id objected_at",
    "locked_drafts": "created_by",
    "mailing_recipients": "mailing_id person_id",
    "mailings": "created_by",
    "muted_topics": "person_id topic",
    "news_rhythms": "person_id hour weekday chosen_at since pending",
    "news_sources": "added_by",
    "openness_corrections": "asked_by decided_by",
    "openness_months": "brought_by",
    "outbox": "person_id kind payload status not_before message_id queued_at ended_at",
    "parked": "raw",
    "people": (
        "id name language joined_at unreachable_since muted_since uninvited_since region "
        "district born_from born_to sex settlement profile_asked_at poll_invited_on "
        "leaving_since"
    ),
    "poll_drafts": "tag box",
    "poll_invitations": "poll_id person_id",
    "poll_key_holders": "person_id confirmed",
    "poll_margins": "uploaded_by",
    "poll_named": "poll_id person_id answers",
    "poll_texts": "text taken_by",
    "polls": "approved_by created_by",
    "post_reactions": "post_id person_id",
    "posts": "created_by",
    "programmes": "created_by",
    "proposal_evidence": "file_id",
    "proposal_states": "by",
    "proposal_supports": "person_id day",
    "proposals": "draft_id person_id language text title shown title_other moderated_by",
    "quarantine": "raw",
    "quotes": "text by",
    "rating_corrections": "by decided_by",
    "rating_rounds": "brought_by approved_by",
    "roles": "person_id role area section official since until",
    "signups": "person_id language name answers consent queued_at at offered_until",
    "silence_overrides": "by reason",
    "source_items": "decided_by",
    "staff_sessions": "person_id pin locked used_at tries wait_until heard",
    "stories": "created_by listed_to",
    "story_mutes": "person_id since",
    "topic_listeners": "person_id topic",
}
# Everything else: numbers of cases, states, days, counters, what the party itself publishes.
OTHER: Mapping[str, str] = {
    "absences": "official since deputy until",
    "answer_spans": "section day region district topic working_days count",
    "answer_templates": "code position topic title_kk title_ru text_kk text_ru retired",
    "appeal_days": (
        "section day topic region district registered answered joined confirmed disputed "
        "unconfirmed extended redirected declined withdrawn escalated in_time "
        "disputed_in_time rated rating_sum badly_rated"
    ),
    "appeal_entries": "id appeal_id kind",
    "appeal_events": "appeal_id version kind",
    "appeal_followers": "appeal_id",
    "appeal_numbers": "year last",
    "appeal_openings": "appeal_id",
    "appeal_reminders": "appeal_id due_on stage at official",
    "appeal_revisions": "entry_id number",
    "appeal_types": (
        "code position emoji name_kk name_ru hint_kk hint_ru question_kk question_ru term unit"
    ),
    "appeal_words": "appeal_id",
    "appeals": (
        "id draft_id number type urgent post_id topic section official office status "
        "version counted_from due_on extensions leased_until level joins joined_to "
        "closes_on recheck_on outcome answered_at in_time campaign anonymised_at deputy "
        "council"
    ),
    "approvals": "id subject version fingerprint people status asked_at decided_at used_at",
    "attachments": "appeal_id kind mime_type size copy_state copy_tries copy_after erased_at",
    "attendance": "programme_id number at",
    "audit": "number at what key link",
    "audit_ends": "id last last_link before before_link",
    "ballots": "poll_id",
    "calendar_overrides": "day working reason_kk reason_ru",
    "campaigns": (
        "id key title_kk title_ru begins_on votes_on area created_at called_off_at version"
    ),
    "certificates": "number signup_id serial sessions signed_by issued_at revoked_at reason",
    "channel_copies": "post_id language status not_before attempts error",
    "channel_messages": "chat_id message_id post_id",
    "council_applications": "id council status version decided_at",
    "council_attendance": "council held_on official presence",
    "council_field_topics": "field topic",
    "council_fields": ("code position emoji name_kk name_ru in_regions in_districts retired"),
    "council_meetings": "council held_on title_kk title_ru",
    "council_members": "council official since until role",
    "council_terms": "council since until field region district takes_appeals",
    "councils": "code name_kk name_ru",
    "deliveries": "mailing_id",
    "deputies": "code maslikhat constituency_kk constituency_ru words since until",
    "digests": (
        "id period official day channel composed_at facts tries try_after trouble "
        "reminded_at alarmed_at"
    ),
    "errands": (
        "id key kind digest_id appeal_id official due_on created_at accepted_at done_at "
        "called_off_at"
    ),
    "facts": "name value updated_at",
    "indicator_assignments": "indicator since official until",
    "indicator_evidence": "fact_id message_id kind file_unique_id",
    "indicator_facts": "id key indicator value at official returned_at replied_at",
    "indicator_polls": "indicator poll_id",
    "indicator_topics": "indicator topic",
    "indicators": (
        "code section position name_kk name_ru unit_kk unit_ru start plan begins_on "
        "due_on level region district retired version"
    ),
    "invitations": (
        "token_hash role area section official asked_in created_at expires_at revoked_at"
    ),
    "locked_drafts": "draft_id draft asked_at",
    "mailings": (
        "id key kind payload status audience late_joiners listed at_night cursor "
        "starts_at started_at finished_at counts_weekly stars reachable delivered blocked "
        "failed held paid recalled version pause_reason trusted repeat_uncertain "
        "forget_recipients progress_message_id progress_done"
    ),
    "maslikhats": "code region district name_kk name_ru",
    "news_sources": (
        "id kind address title topic language automatic added_at retired_at version etag "
        "last_modified checked_at broken_since failures"
    ),
    "news_topics": "code position emoji name_kk name_ru retired responses",
    "offices": "code region district parent head name_kk name_ru",
    "official_days": (
        "official day answered in_time confirmed disputed disputed_in_time unconfirmed "
        "rated rating_sum escalated"
    ),
    "officials": "code body name_kk name_ru position_kk position_ru",
    "open_appeals": "section due_on region district count",
    "openness_corrections": (
        "id key month figures changes reason_kk reason_ru status asked_at decided_at"
    ),
    "openness_figures": (
        "month region topic registered answered in_time judged confirmed rated "
        "rating_sum median_days p90_days told"
    ),
    "openness_months": "month since source published_at corrected_at",
    "outbox": "id key attempts error",
    "parked": "update_id at",
    "party_texts": "key kk ru",
    "poll_drafts": "poll_id",
    "poll_key_holders": "draft_id place lock heard half tries wait_until asked_at asked",
    "poll_margins": "id table as_of uploaded_at",
    "poll_openings": "draft_id public_key",
    "poll_options": "poll_id question position text_kk text_ru role",
    "poll_patterns": "poll_id kind at process count",
    "poll_questions": "poll_id position code type text_kk text_ru settings",
    "poll_results": "poll_id key value",
    "poll_texts": "poll_id question number code taken_until",
    "poll_themes": "poll_id question number text_kk text_ru",
    "polls": (
        "id draft_id title_kk title_ru photo target kind topic_class wording_hash legal "
        "sample quotas extended_from invited two_keys verified done_kk done_ru done_at "
        "archived_at channel_status status launched_at closes_at frozen_at closed_at "
        "public_key participation base"
    ),
    "posts": (
        "id draft_id topic status text_kk text_ru media links audience words published_at "
        "useful responses"
    ),
    "programme_fields": (
        "programme_id code position kind label_kk label_ru options required retired"
    ),
    "programme_sessions": (
        "programme_id number starts_at title_kk title_ru place_kk place_ru reminded"
    ),
    "programmes": (
        "id draft_id kind status version title_kk title_ru text_kk text_ru terms_kk "
        "terms_ru place_kk place_ru region district photo begins_on ends_on sign_up_until "
        "capacity waiting consent_kk consent_ru consent_version news_topic certificate "
        "certificate_from taken queued created_at opened_at"
    ),
    "proposal_days": "day proposal_id supports",
    "proposal_evidence": "proposal_id message_id kind file_unique_id",
    "proposal_states": "proposal_id version status at note_kk note_ru",
    "proposal_stems": "stem proposal_id",
    "proposal_supports": "proposal_id",
    "proposals": (
        "id number topic section region district status version at published_at official "
        "answer_kk answer_ru answered_at supports merged_into refused_for erased_at"
    ),
    "quarantine": "digest reason received_at",
    "quotes": "appeal_id language section topic region district day at withdrawn_at",
    "rating_corrections": (
        "id key round deputy reason_kk reason_ru before after status at decided_at"
    ),
    "rating_indicators": "round code position name_kk name_ru unit_kk unit_ru weight",
    "rating_lines": "round deputy maslikhat score place",
    "rating_rounds": (
        "code title_kk title_ru begins_on ends_on as_of method_kk method_ru status "
        "version brought_at published_at reason"
    ),
    "rating_values": "round deputy indicator value",
    "routes": "id topic region district office official since until",
    "section_assignments": "section since official until",
    "sections": "code position emoji name_kk name_ru",
    "signups": "id programme_id status version erased_at",
    "silence_overrides": "subject campaign_id at",
    "source_items": "id source_id item status content found_at ready_at version post_id",
    "stop_messages": "code position urgent phone topics words text_kk text_ru retired",
    "stories": (
        "id draft_id status version said_kk said_ru did_kk did_ru photo region district "
        "created_at published_at withdrawn_at mailing_id listed_at"
    ),
    "story_links": "story_id kind ref",
    "topic_questions": "topic code position kk ru retired",
    "topics": "code section position emoji name_kk name_ru retired",
    "voting_days": "day title_kk title_ru",
}
