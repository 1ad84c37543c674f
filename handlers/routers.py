"""All conversations, in the order in which they are asked."""

from aiogram import Router

from handlers import channel, evidence, menu, staff_session
from handlers.auditor import audit
from handlers.citizen import (
    appeal,
    certificates,
    consent_needed,
    consents,
    council_applying,
    councils,
    deputies,
    followed,
    forget,
    membership,
    my_appeals,
    mydata,
    news,
    objection,
    openness,
    party_life,
    phone,
    poll_results,
    polls,
    privacy,
    profile,
    programme_form,
    programme_news,
    programmes,
    proposals,
    replying,
    settings,
    unknown,
    verdict,
    voting,
    welcome,
    withdrawal,
)
from handlers.citizen import help as help_screen
from handlers.citizen import roadmap as public_roadmap
from handlers.citizen import stories as public_stories
from handlers.citizen.survey import pressed as survey_pressed
from handlers.citizen.survey import said as survey_said
from handlers.official import answer as official_answer
from handlers.official import asking as official_asking
from handlers.official import case as official_case
from handlers.official import delegating as digest_delegating
from handlers.official import desk as official_desk
from handlers.official import (
    digest_reading,
    digest_settings,
    errands,
    execution_review,
    poll_report,
    workload,
)
from handlers.official import poll_keys as official_poll_keys
from handlers.official import proposals as official_proposals
from handlers.official.roadmap import board as roadmap_board
from handlers.official.roadmap import reporting as roadmap_reporting
from handlers.official.roadmap import returning as roadmap_returning
from handlers.operator import (
    approvals,
    council_applications,
    desk,
    exports,
    mailings,
    party_desk,
    planned,
    poll_done,
    poll_extending,
    poll_facts,
    poll_sharing,
    poll_themes,
    reception,
    school,
    source_adding,
    source_items,
    sources,
    staff,
    staff_inviting,
)
from handlers.operator import councils as council_desk
from handlers.operator import openness as openness_desk
from handlers.operator import proposals as moderated_proposals
from handlers.operator.appeals import card as appeal_card
from handlers.operator.appeals import deciding, to_council
from handlers.operator.appeals import desk as appeals_desk
from handlers.operator.appeals import lists as appeal_lists
from handlers.operator.appeals import quoting as appeal_quoting
from handlers.operator.appeals import search as appeal_search
from handlers.operator.campaigns import keeping as campaigns
from handlers.operator.campaigns import silence
from handlers.operator.news_composer import pressed as news_pressed
from handlers.operator.news_composer import said as news_said
from handlers.operator.poll_composer import conversation as poll_conversation
from handlers.operator.poll_composer import launching as poll_launching
from handlers.operator.poll_composer import political as poll_political
from handlers.operator.poll_composer import sampling as poll_sampling
from handlers.operator.poll_composer import two_keys as poll_two_keys
from handlers.operator.programme_editing import cards as programme_cards
from handlers.operator.programme_editing import lists as programme_lists
from handlers.operator.programme_editing import parts as programme_parts
from handlers.operator.programme_editing import tables as programme_tables
from handlers.operator.ratings import bringing as rating_bringing
from handlers.operator.ratings import correcting as rating_correcting
from handlers.operator.ratings import rounds as rating_rounds
from handlers.operator.roadmap_editing import assigning as roadmap_assigning
from handlers.operator.roadmap_editing import cards as roadmap_cards
from handlers.operator.roadmap_editing import fields as roadmap_fields
from handlers.operator.roadmap_editing import polls as roadmap_polls
from handlers.operator.roadmap_editing import tables as roadmap_tables
from handlers.operator.stories import composing as story_composing
from handlers.operator.stories import lists as story_lists
from handlers.operator.stories import said as story_said


def root() -> Router:
    """Return the router of the whole bot.

    Answers to polls come by thousands a second and stand first, then first contact; the menu
    and commands before conversations that wait for words; the router that answers whatever
    nobody understood comes last.
    """
    root = Router(name="root")
    root.message.middleware(staff_session.AsksPin())
    root.callback_query.middleware(staff_session.AsksPin())
    root.message.middleware(consent_needed.AsksConsent())
    root.callback_query.middleware(consent_needed.AsksConsent())
    root.message.middleware(phone.AsksForPhone())
    root.callback_query.middleware(phone.AsksForPhone())
    root.include_routers(
        voting.router(),
        welcome.router(),
        menu.router(),
        staff_session.router(),
        appeal.router(),
        my_appeals.router(),
        followed.router(),
        withdrawal.router(),
        verdict.router(),
        objection.router(),
        replying.router(),
        profile.router(),
        settings.router(),
        mydata.router(),
        forget.router(),
        phone.router(),
        consents.router(),
        help_screen.router(),
        privacy.router(),
        membership.router(),
        party_life.router(),
        proposals.router(),
        openness.router(),
        certificates.router(),
        programmes.router(),
        programme_form.router(),
        programme_cards.router(),
        programme_parts.router(),
        programme_lists.router(),
        programme_tables.router(),
        programme_news.router(),
        channel.router(),
        news.router(),
        polls.router(),
        poll_results.router(),
        poll_done.router(),
        poll_report.router(),
        execution_review.router(),
        poll_themes.router(),
        desk.router(),
        poll_extending.router(),
        poll_sharing.router(),
        poll_facts.router(),
        appeals_desk.router(),
        appeal_card.router(),
        appeal_lists.router(),
        appeal_search.router(),
        appeal_quoting.router(),
        evidence.router(),
        deciding.router(),
        reception.router(),
        poll_conversation.router(),
        poll_launching.router(),
        poll_sampling.router(),
        poll_political.router(),
        survey_pressed.router(),
        poll_two_keys.router(),
        official_poll_keys.router(),
        news_pressed.router(),
        mailings.router(),
        campaigns.router(),
        silence.router(),
        approvals.router(),
        staff.router(),
        staff_inviting.router(),
        exports.router(),
        audit.router(),
        planned.router(),
        party_desk.router(),
        school.router(),
        moderated_proposals.router(),
        official_proposals.router(),
        openness_desk.router(),
        sources.router(),
        source_adding.router(),
        source_items.router(),
        councils.router(),
        council_applying.router(),
        council_desk.router(),
        council_applications.router(),
        to_council.router(),
        public_roadmap.router(),
        public_stories.router(),
        story_lists.router(),
        story_composing.router(),
        roadmap_board.router(),
        roadmap_reporting.router(),
        roadmap_returning.router(),
        roadmap_cards.router(),
        roadmap_fields.router(),
        roadmap_assigning.router(),
        roadmap_polls.router(),
        roadmap_tables.router(),
        deputies.router(),
        rating_rounds.router(),
        rating_bringing.router(),
        rating_correcting.router(),
        official_desk.router(),
        workload.router(),
        digest_reading.router(),
        digest_delegating.router(),
        digest_settings.router(),
        errands.router(),
        official_case.router(),
        official_answer.router(),
        official_asking.router(),
        staff_session.words(),
        official_poll_keys.words(),
        digest_delegating.words(),
        digest_settings.words(),
        errands.words(),
        council_applying.words(),
        council_desk.words(),
        council_applications.words(),
        roadmap_reporting.words(),
        roadmap_returning.words(),
        roadmap_fields.words(),
        roadmap_assigning.words(),
        roadmap_tables.words(),
        programme_parts.words(),
        programme_tables.words(),
        deputies.words(),
        rating_rounds.words(),
        rating_bringing.words(),
        rating_correcting.words(),
        verdict.words(),
        replying.words(),
        appeal.replies(),
        appeal_search.words(),
        appeal_quoting.words(),
        deciding.words(),
        reception.words(),
        approvals.words(),
        exports.words(),
        openness_desk.words(),
        school.words(),
        source_adding.words(),
        objection.words(),
        campaigns.words(),
        silence.words(),
        certificates.words(),
        news.words(),
        news_said.router(),
        story_said.router(),
        poll_done.words(),
        poll_themes.words(),
        poll_facts.words(),
        poll_political.words(),
        survey_said.words(),
        programme_form.words(),
        phone.words(),
        poll_conversation.words(),
        appeal.words(),
        proposals.words(),
        moderated_proposals.words(),
        official_proposals.words(),
        profile.words(),
        unknown.router(),
    )
    return root
