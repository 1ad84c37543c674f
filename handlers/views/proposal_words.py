"""Words about proposals that several screens and messages share."""

from collections.abc import Mapping
from html import escape

from handlers.text import N_, _, current_language
from handlers.views.appeal_names import place_line, topic_line
from services.organisation.directory import Organisation
from services.proposals.machine import Step
from services.proposals.model import Line, ProposalStatus, RefusedFor

BOARD = N_("💡 Proposals")
TO_MODERATE = N_("💡 Proposals to moderate")
TO_ANSWER = N_("💡 Proposals to answer")
ON_PAPER = N_("📥 Proposals collected on paper")
STATES: Mapping[ProposalStatus, str] = {
    ProposalStatus.WAITING: N_("⏳ waits for a moderator"),
    ProposalStatus.REFUSED: N_("✖️ not let onto the board"),
    ProposalStatus.WITHDRAWN: N_("↩️ taken back by its author"),
    ProposalStatus.PUBLISHED: N_("🆕 on the board"),
    ProposalStatus.ACCEPTED: N_("👌 accepted"),
    ProposalStatus.DOING: N_("🛠 being done"),
    ProposalStatus.DONE: N_("✅ done"),
    ProposalStatus.DECLINED: N_("✖️ declined"),
    ProposalStatus.MERGED: N_("🔗 joined to another one"),
}
REASONS: Mapping[RefusedFor, str] = {
    RefusedFor.NO_PROPOSAL: N_("It does not suggest anything. To have a problem solved: /appeal"),
    RefusedFor.PERSONAL: N_("It is about one person or family. Such matters: /appeal"),
    RefusedFor.INSULT: N_("It insults somebody."),
    RefusedFor.ADVERTISING: N_("It is advertising."),
    RefusedFor.AGITATION: N_("It is agitation for or against candidates or parties."),
    RefusedFor.UNCLEAR: N_("It is not clear what should be done. Please write it more exactly."),
}
STEPS: Mapping[Step, str] = {
    Step.ACCEPT: N_("👌 Accept"),
    Step.BEGIN: N_("🛠 Being done"),
    Step.FINISH: N_("✅ Done"),
    Step.DECLINE: N_("✖️ Decline"),
}


def state_line(status: ProposalStatus) -> str:
    """Return what a state is called."""
    return _(STATES[status])


def place_of(region: str | None, district: str | None) -> str:
    """Return where a proposal belongs."""
    return _("the whole country") if region is None else place_line(region, district)


def about(line: Line, organisation: Organisation) -> str:
    """Return number, topic, place, state and supporters of a proposal, a line each; HTML."""
    head = f"№ {line.number} · {topic_line(line.topic, organisation)}"
    place = _("📍 Place: {place}").format(place=place_of(line.region, line.district))
    state = _("📌 State: {state}").format(state=state_line(line.status))
    count = _("👍 Supported by: {count}").format(count=number(line.supports))
    return "\n".join(map(escape, (head, place, state, count)))


def label(line: Line) -> str:
    """Return a proposal as a button of a list: its state, how many support it, its title.

    The title stands last: a narrow screen cuts the end of a button.
    """
    sign = state_line(line.status).partition(" ")[0]
    return f"{sign} 👍 {number(line.supports)} · {line.title(current_language())}"


def number(count: int) -> str:
    """Return a number with its thousands set apart."""
    return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")
