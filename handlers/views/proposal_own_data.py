"""One's own proposals in the document of one's own data."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from handlers.text import _
from handlers.views.appeal_names import topic_line
from handlers.views.calendar_days import full
from handlers.views.proposal_words import place_of, state_line
from services.appeals.evidence_sheet import Chapter, Item, Line, Tone
from services.clock import local_date
from services.organisation.directory import Organisation
from services.proposals.model import ProposalStatus


def proposal_chapters(data: Mapping[str, Any], organisation: Organisation) -> Iterator[Chapter]:
    """Yield what the person suggested and what they support, where there is any."""
    if data["own"]:
        own = tuple(_own(row, organisation) for row in data["own"])
        yield Chapter(_("Your proposals"), own, "")
    if data["supported"]:
        lines = tuple(
            Item(f"{row['number']} {row['title']}", (Line(_day(row["day"])),))
            for row in data["supported"]
        )
        yield Chapter(_("Proposals that you support"), lines, "")


def _own(row: Mapping[str, Any], organisation: Organisation) -> Item:
    about = [topic_line(row["topic"], organisation), place_of(row["region"], row["district"])]
    about.append(state_line(ProposalStatus(row["status"])).partition(" ")[2])
    day = full(local_date(datetime.fromisoformat(row["at"])))
    lines = [Line(" · ".join([day, *about]), Tone.MUTED)]
    lines += [Line(row[name], Tone.QUOTE) for name in ("shown", "text") if row[name]]
    return Item(row["title"] or _("Proposal"), tuple(lines))


def _day(day: str) -> str:
    return full(date.fromisoformat(day))
