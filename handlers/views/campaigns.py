"""Screens of election campaigns, for administrators."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.buttons import back, button, in_rows, keyboard
from handlers.operator.desk_callbacks import DeskShown
from handlers.screen import Screen
from handlers.text import N_, _, current_language, pick
from handlers.views.calendar_days import full
from handlers.views.campaign_callbacks import (
    CampaignAsked,
    CampaignCalledOff,
    CampaignCallOffAsked,
    CampaignKept,
    CampaignOpened,
    CampaignPlaced,
    CampaignsListed,
    PlacesListed,
)
from handlers.views.emphasis import bold
from services.campaigns.keeping import Kept, Plan
from services.campaigns.model import SILENCE, Campaign, Phase
from services.places.atlas import atlas
from services.text.length import shortened

_EXAMPLE = Campaign(
    id=0,
    title_kk="Мәслихат депутаттарын сайлау",
    title_ru="Выборы депутатов маслихата",
    begins_on=date(2026, 11, 20),
    votes_on=date(2026, 12, 13),
)
EVERYWHERE = "0"  # the whole country, in a button
_LABEL = 40
_TITLE = 100
_COLUMNS = 2
_PHASES = {
    Phase.BEFORE: N_("🕒 has not begun"),
    Phase.RUNNING: N_("🗳 is under way"),
    Phase.SILENCE: N_("⚖️ silence before the vote"),
    Phase.VOTING: N_("🗳 voting day"),
    Phase.OVER: N_("✅ is over"),
    Phase.CALLED_OFF: N_("✖️ was called off"),
}
_OPEN = frozenset({Phase.BEFORE, Phase.RUNNING, Phase.SILENCE, Phase.VOTING})


def list_screen(kept: Sequence[Kept], note: str = "") -> Screen:
    """Return all campaigns with how they stand."""
    about = _(
        "While a campaign runs, appeals are taken as mandates. In the {days} days before the "
        "voting day and on it no news, no results and no polls about elections are sent; they "
        "wait for the day after."
    ).format(days=SILENCE.days)
    items = [
        f"<b>{escape(shortened(_title(one.campaign), _TITLE))}</b>\n{_days(one.campaign)}\n"
        f"{place_words(one.campaign.area)}\n{_(_PHASES[one.phase])}"
        for one in kept
    ]
    if not items:
        items = [_("No campaign is entered.")]
    opening = [
        [
            button(
                shortened(_title(one.campaign), _LABEL),
                CampaignOpened(campaign=one.campaign.id),
            )
        ]
        for one in kept
    ]
    blocks = [note, bold(_("🗳 Election campaigns")), *items, about]
    rows = [*opening, [button(_("➕ A campaign"), CampaignAsked())], [back(DeskShown())]]
    return Screen("\n\n".join(block for block in blocks if block), keyboard(*rows))


def card_screen(kept: Kept, note: str = "") -> Screen:
    """Return one campaign, and what can be done about it."""
    campaign = kept.campaign
    lines = [
        f"<b>{escape(campaign.title_kk)}</b>",
        escape(campaign.title_ru),
        _days(campaign),
        place_words(campaign.area),
        _("Silence: from {first} to {last}").format(
            first=full(campaign.silent_from), last=full(campaign.votes_on)
        ),
        _(_PHASES[kept.phase]),
        _("Mandates received: {count}").format(count=kept.mandates),
    ]
    rows = []
    if kept.phase in _OPEN:
        seen = {"campaign": campaign.id, "version": kept.version}
        rows = [
            [button(_("✏️ Change"), CampaignAsked(**seen))],
            [button(_("✖️ Call the campaign off"), CampaignCallOffAsked(**seen))],
        ]
    text = "\n".join(lines)
    return Screen(
        f"{note}\n\n{text}" if note else text, keyboard(*rows, [back(CampaignsListed())])
    )


def question(problem: str = "", present: Campaign | None = None) -> Screen:
    """Ask for a campaign; of one that is there, show how it is written now."""
    text = _(
        "Write four lines: what is voted on in Kazakh, the same in Russian, the first day of the "
        "campaign, the voting day. For example:"
    )
    shown = present or _EXAMPLE
    lines = (shown.title_kk, shown.title_ru, full(shown.begins_on), full(shown.votes_on))
    example = f"<code>{escape(chr(10).join(lines))}</code>"
    blocks = [f"⚠️ {problem}" if problem else "", text, example]
    return Screen(
        "\n\n".join(block for block in blocks if block), keyboard([back(CampaignsListed())])
    )


def check_screen(plan: Plan, words: int, problem: str = "") -> Screen:
    """Show a campaign before it is kept."""
    campaign = Campaign(0, plan.title_kk, plan.title_ru, plan.begins_on, plan.votes_on, plan.area)
    lines = [
        f"⚠️ {problem}\n" if problem else "",
        f"<b>{escape(plan.title_kk)}</b>",
        escape(plan.title_ru),
        _days(campaign),
        place_words(plan.area),
        _("Silence: from {first} to {last}").format(
            first=full(campaign.silent_from), last=full(campaign.votes_on)
        ),
        "",
        _("Is everything right? To change it, just write the four lines anew."),
    ]
    area = plan.area or EVERYWHERE
    rows = [
        [button(_("✅ Keep it"), CampaignKept(words=words, area=area))],
        [button(_("📍 Another place"), PlacesListed(words=words))],
        [back(CampaignsListed())],
    ]
    return Screen("\n".join(lines).strip(), keyboard(*rows))


def places_screen(words: int) -> Screen:
    """Ask where the vote is."""
    regions = [
        button(
            pick(region.short_kk, region.short_ru),
            CampaignPlaced(words=words, area=region.kato),
        )
        for region in atlas().regions.values()
    ]
    whole = button(_("The whole country"), CampaignPlaced(words=words, area=EVERYWHERE))
    return Screen(
        _("Where is the vote? To choose a district or a city, write its name."),
        keyboard([whole], *in_rows(regions, _COLUMNS), [back(CampaignsListed())]),
    )


def found_screen(words: int, areas: Sequence[str]) -> Screen:
    """Offer the places that a written name may mean."""
    rows = [[button(place_name(area), CampaignPlaced(words=words, area=area))] for area in areas]
    text = _("Which of these places is it?") if rows else _("No such place was found.")
    return Screen(text, keyboard(*rows, [back(PlacesListed(words=words))]))


def call_off_screen(kept: Kept) -> Screen:
    """Ask before a campaign is called off."""
    campaign = kept.campaign
    text = _(
        "Call this campaign off? Appeals are taken as usual then, and what waits goes out at once."
    )
    sure = CampaignCalledOff(campaign=campaign.id, version=kept.version)
    return Screen(
        f"{text}\n\n<b>{escape(_title(campaign))}</b>\n{_days(campaign)}",
        keyboard(
            [button(_("✖️ Yes, call the campaign off"), sure)],
            [back(CampaignOpened(campaign=campaign.id))],
        ),
    )


def place_words(area: str) -> str:
    """Return «Place: Abai region», as HTML."""
    return _("Place: {place}").format(place=escape(place_name(area)))


def place_name(area: str) -> str:
    """Return the name of a KATO prefix in the current language."""
    if not area:
        return _("The whole country")
    place = atlas().place(area)
    return place.name(current_language()) if place else area


def _title(campaign: Campaign) -> str:
    return campaign.title(current_language())


def _days(campaign: Campaign) -> str:
    return _("From {first}; voting day: {last}").format(
        first=full(campaign.begins_on), last=full(campaign.votes_on)
    )
