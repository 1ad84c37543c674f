"""One's own sign-ups in the document of one's own data."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from handlers.text import N_, _
from handlers.views.calendar_days import moment
from services.appeals.evidence_sheet import Chapter, Item, Line, Tone
from services.programmes.model import SignUpStatus

_STANDINGS = {
    SignUpStatus.CONFIRMED: N_("you take part"),
    SignUpStatus.WAITING: N_("you are on the waiting list"),
    SignUpStatus.OFFERED: N_("a place is kept for you"),
    SignUpStatus.LEFT: N_("you have left"),
    SignUpStatus.MISSED: N_("the place that was kept for you has gone on"),
}


def programme_chapters(data: Sequence[Mapping[str, Any]]) -> Iterator[Chapter]:
    """Yield what the person signed up for, where there is anything."""
    if data:
        yield Chapter(_("Programmes that you signed up for"), tuple(map(_own, data)), "")


def _own(row: Mapping[str, Any]) -> Item:
    signed = moment(datetime.fromisoformat(row["signed_up_at"]))
    lines = [Line(f"{signed} · {_(_STANDINGS[SignUpStatus(row['status'])])}", Tone.MUTED)]
    if row["name"]:
        lines.append(Line(_("Name on the list: {name}").format(name=row["name"])))
    lines += [Line(f"{each['question']} – {each['answer']}") for each in row["answers"]]
    if row["sessions"]:
        came = _("Sessions attended: {attended} of {sessions}")
        attended = sum(each["present"] for each in row["sessions"])
        marked = came.format(attended=attended, sessions=len(row["sessions"]))
        lines.append(Line(marked))
    certificate = _("Certificate")
    lines += [Line(f"{certificate} № {each['number']}") for each in row["certificates"]]
    return Item(row["programme"], tuple(lines))
