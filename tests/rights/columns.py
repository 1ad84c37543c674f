"""What every column of every table holds, as somebody has looked at it.

"person": a person's number, or what is made of it; "words": what people wrote, their names, how
to reach them, and other facts about one person; "staff": who did something at work; "neutral":
nothing of anybody. A new column stands here before the tests pass: think of services.rights.
"""

PERSON = {
    "people": "id",
    "consents": "person_id",
    "roles": "person_id",
    "staff_sessions": "person_id",
    "confirmed_phones": "person_id phone_blind",
    "duties": "person_id",
    "bans": "person_id",
    "kept_bans": "person_blind",
    "appeals": "draft_id person_id contact_phone_blind",
    "appeal_entries": "key author",
    "appeal_events": "actor",
    "appeal_followers": "person_id",
    # Of a follower's file the number is made of the follower's own.
    "attachments": "message_id",
    "outbox": "key person_id",
    "mailings": "cursor",
    "mailing_recipients": "person_id",
    "deliveries": "person_id",
    "post_reactions": "person_id",
    "muted_topics": "person_id",
    "topic_listeners": "person_id",
    "story_mutes": "person_id",
    "stories": "listed_to",
    "news_rhythms": "person_id",
    "digest_readers": "person_id",
    "poll_named": "person_id",
    "poll_invitations": "person_id",
    "poll_drafts": "tag",
    "ballots": "tag",
    "conversations": "key",
    "council_applications": "draft_id person_id",
    "signups": "person_id",
    "proposals": "draft_id person_id",
    "proposal_supports": "person_id",
}
WORDS = {
    "people": "name language joined_at unreachable_since muted_since region district born_from "
    "born_to sex settlement profile_asked_at poll_invited_on leaving_since uninvited_since",
    "consents": "kind version language given_at withdrawn_at",
    "confirmed_phones": "confirmed_at",
    "bans": "reason objection",
    "kept_bans": "reason",
    "appeals": "contact_name contact_phone particulars latitude longitude text answer",
    "attachments": "file_id file_unique_id file_name mime_type size path sha256 shown_file_id",
    "appeal_entries": "text",
    "appeal_revisions": "text",
    "appeal_events": "details",
    "appeal_words": "tokens",
    "appeal_openings": "reason",
    "quotes": "text",
    "outbox": "payload error",
    "deliveries": "status message_id other_ids variant error",
    "news_rhythms": "hour weekday chosen_at since pending",
    "muted_topics": "topic",
    "topic_listeners": "topic",
    "story_mutes": "since",
    "digest_readers": "email minute days_off channel",
    "poll_named": "answers",
    "poll_drafts": "box",
    "ballots": "sealed",
    "poll_texts": "text",
    "conversations": "state data updated_at",
    "quarantine": "raw",
    "parked": "raw",
    "council_applications": "name phone about reply",
    "signups": "name answers",
    "certificates": "name",
    "proposals": "text title shown title_other",
    "attendance": "present",
    "proposal_supports": "day",
}
# What somebody did at work stays with the cases, under a number without a name; see the screen
# of /forget. By its age it goes as services.people.retention says.
STAFF = {
    "roles": "role area section official since until",
    "invitations": "created_by revoked_by used_by",
    "staff_sessions": "pin locked used_at tries wait_until heard",
    "duties": "since",
    "bans": "by lifted_by",
    "kept_bans": "by",
    "appeals": "filed_by assignee barred answered_by",
    "appeal_openings": "actor message_id",
    "approvals": "asked_by decided_by content reason",
    "audit": "who on details key",
    "campaigns": "key created_by called_off_by",
    "silence_overrides": "by reason",
    "digests": "person_id",
    "errands": "key by person_id text done_by reply",
    "indicator_facts": "key by returned_by replied_by comment question reply",
    "indicator_evidence": "file_id file_unique_id file_name",
    "locked_drafts": "created_by",
    "mailings": "created_by progress_message_id",
    "news_sources": "added_by",
    "poll_key_holders": "person_id",
    "poll_margins": "uploaded_by",
    "poll_texts": "taken_by",
    "polls": "created_by approved_by",
    "posts": "created_by",
    "quotes": "by",
    "source_items": "decided_by",
    "rating_rounds": "brought_by approved_by",
    "rating_corrections": "key by decided_by",
    "council_applications": "decided_by",
    "programmes": "created_by",
    "attendance": "by",
    "certificates": "issued_by revoked_by",
    "proposals": "moderated_by",
    "proposal_states": "by",
    "proposal_evidence": "file_id file_unique_id message_id",
    "stories": "created_by",
    "openness_corrections": "key asked_by decided_by",
    "openness_months": "brought_by",
}
# Tables without anything of anybody.
NEUTRAL_TABLES = frozenset(
    [
        "absences",
        "answer_spans",
        "answer_templates",
        "appeal_days",
        "appeal_numbers",
        "appeal_reminders",
        "appeal_types",
        "audit_ends",
        "calendar_overrides",
        "channel_copies",
        "channel_messages",
        "facts",
        "indicator_assignments",
        "indicator_polls",
        "indicator_topics",
        "indicators",
        "news_topics",
        "official_days",
        "officials",
        "offices",
        "open_appeals",
        "party_texts",
        "poll_openings",
        "poll_options",
        "poll_patterns",
        "poll_questions",
        "poll_results",
        "poll_themes",
        "routes",
        "section_assignments",
        "sections",
        "stop_messages",
        "topic_questions",
        "topics",
        "voting_days",
        "council_fields",
        "council_field_topics",
        "councils",
        "council_terms",
        "council_members",
        "council_meetings",
        "council_attendance",
        "openness_figures",
        "programme_fields",
        "programme_sessions",
        "proposal_days",
        "proposal_stems",
        "maslikhats",
        "deputies",
        "rating_indicators",
        "rating_lines",
        "rating_values",
        "story_links",
    ]
)
# The other columns of the other tables: moments, states, counters, codes.
NEUTRAL = {
    "appeal_entries": "appeal_id at id kind revised_at",
    "appeal_events": "appeal_id at kind version",
    "appeal_followers": "appeal_id joined_at",
    "appeal_openings": "appeal_id at",
    "appeal_revisions": "entry_id number until",
    "appeal_words": "appeal_id",
    "appeals": "anonymised_at answered_at campaign channel council deputy closer closes_on "
    "confidential "
    "counted_from district due_on ended_at extensions id in_time joined_to joins "
    "language leased_until level number office official outcome post_id rated_at "
    "rating recheck_on region registered_at section solved status topic type urgent "
    "version",
    "approvals": "asked_at decided_at fingerprint id people status subject used_at version",
    "attachments": "appeal_id copy_after copy_state copy_tries erased_at kind",
    "audit": "at link number what",
    "ballots": "poll_id",
    "bans": "appeal_id lifted_at number objected_at since until",
    "campaigns": "area begins_on called_off_at created_at id title_kk title_ru version votes_on",
    "deliveries": "attempts mailing_id",
    "digests": "alarmed_at channel composed_at day delivered_at facts id official period read_at "
    "reminded_at tries trouble try_after",
    "errands": "accepted_at appeal_id called_off_at created_at digest_id done_at due_on id kind "
    "official",
    "indicator_evidence": "fact_id kind message_id",
    "indicator_facts": "at id indicator official replied_at returned_at value",
    "invitations": "area asked_in created_at expires_at official revoked_at role section "
    "token_hash used_at",
    "kept_bans": "appeal_id objected_at since until",
    "locked_drafts": "asked_at draft draft_id",
    "mailing_recipients": "mailing_id",
    "mailings": "at_night audience blocked counts_weekly delivered failed finished_at "
    "forget_recipients held id key kind late_joiners listed paid pause_reason payload "
    "progress_done reachable recalled repeat_uncertain stars started_at starts_at "
    "status trusted version",
    "news_sources": "added_at address automatic broken_since checked_at etag failures id kind "
    "language last_modified retired_at title topic version",
    "outbox": "attempts ended_at id kind message_id not_before queued_at status",
    "parked": "at update_id",
    "poll_drafts": "poll_id",
    "poll_invitations": "poll_id",
    "poll_key_holders": "asked asked_at confirmed draft_id half heard lock place tries wait_until",
    "poll_margins": "as_of id table uploaded_at",
    "poll_named": "poll_id",
    "poll_texts": "code number poll_id question taken_until",
    "polls": "archived_at base channel_status closed_at closes_at done_at done_kk done_ru "
    "draft_id extended_from frozen_at id invited kind launched_at legal participation "
    "photo public_key quotas sample status target title_kk title_ru topic_class "
    "two_keys verified wording_hash",
    "post_reactions": "post_id",
    "posts": "audience draft_id id links media published_at responses status text_kk text_ru "
    "topic useful words",
    "quarantine": "digest reason received_at",
    "quotes": "appeal_id at day district language region section topic withdrawn_at",
    "silence_overrides": "at campaign_id subject",
    "source_items": "content found_at id item post_id ready_at source_id status version",
    "council_applications": "id council language consent at status version decided_at",
    "openness_corrections": "id month figures changes reason_kk reason_ru status asked_at "
    "decided_at",
    "openness_months": "month since source published_at corrected_at",
    "programmes": "id draft_id kind status version title_kk title_ru text_kk text_ru "
    "terms_kk terms_ru "
    "place_kk place_ru region district photo begins_on ends_on sign_up_until capacity "
    "waiting consent_kk consent_ru consent_version news_topic certificate certificate_from "
    "taken queued created_at opened_at",
    "signups": "id programme_id status version language consent queued_at at offered_until "
    "erased_at",
    "attendance": "programme_id number signup_id at",
    "certificates": "number signup_id serial sessions attended signed_by issued_at revoked_at "
    "reason",
    "proposals": "id number language topic section region district status version at refused_for "
    "published_at official answer_kk answer_ru answered_at supports merged_into erased_at",
    "proposal_supports": "proposal_id",
    "proposal_states": "proposal_id version status at note_kk note_ru",
    "proposal_evidence": "proposal_id kind",
    "rating_rounds": "code title_kk title_ru begins_on ends_on as_of method_kk method_ru "
    "status version "
    "brought_at published_at reason",
    "rating_corrections": "id round deputy reason_kk reason_ru before after status at decided_at",
    "stories": "id draft_id status version said_kk said_ru did_kk did_ru photo region district "
    "created_at published_at withdrawn_at mailing_id listed_at",
}
