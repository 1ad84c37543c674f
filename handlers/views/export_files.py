"""What stands in the files that a second person lets out, in the language of who takes them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from handlers.text import N_, _, current_language
from handlers.views.calendar_days import moment
from handlers.views.programme_file import participant_rows
from services.clock import local_date
from services.delivery.workbook import Cell, Sheet
from services.exports.asking import Taken
from services.exports.kinds import Export
from services.exports.sources import PollWords
from storage.delivery import DeliveryStatus

Row = tuple[Cell, ...]

_STATES = {
    DeliveryStatus.BLOCKED: N_("blocked the bot"),
    DeliveryStatus.GONE: N_("the account is no more"),
    DeliveryStatus.REFUSED: N_("Telegram refused"),
    DeliveryStatus.UNCERTAIN: N_("not known whether it arrived"),
    DeliveryStatus.GIVEN_UP: N_("given up"),
}
# Excel takes 32,767 characters in a cell.
_LONGEST = 32_000


def file_name(taken: Taken, now: datetime) -> str:
    """Return the name of the file: the kind, of which, and the day."""
    of = f"-{taken.of}" if taken.of else ""
    return f"{taken.kind.value}{of}-{local_date(now):%Y-%m-%d}.xlsx"


def sheets_of(taken: Taken, now: datetime) -> tuple[Sheet, ...]:
    """Return what a file says that is drawn as plain rows."""
    match taken.kind:
        case Export.WORDS:
            name, rows = _("All answers in words"), _words(taken.data)
        case Export.UNREACHED:
            name, rows = _("Not reached"), _unreached(taken.data)
        case Export.PARTICIPANTS:
            name, rows = _("Participants"), participant_rows(taken.data)
        case Export.AUDIT:
            name, rows = _("Rows of the audit"), _audit(taken.data)
        case _:
            raise LookupError(taken.kind)
    warning = _("Personal data: keep it safe and do not hand it on. Taken: {moment}")
    head: tuple[Row, ...] = ((warning.format(moment=moment(now)),),)
    return (Sheet(name, (*head, *rows), frozenset({0, 1})),)


def _words(found: PollWords) -> Iterable[Row]:
    language = current_language()
    yield _("Answer"), _("To which question"), _("Theme")
    texts = {one.position: one.text(language) for one in found.poll.questions}
    for each in found.answers:
        theme = each.theme_kk if language.value == "kk" else each.theme_ru
        yield each.text[:_LONGEST], texts[each.question], theme


def _unreached(found: Sequence[Mapping[str, Any]]) -> Iterable[Row]:
    yield _("How it ended"), _("Telegram number of the person"), _("What Telegram said")
    for row in found:
        state = _(_STATES[DeliveryStatus(row["status"])])
        yield state, str(row["person_id"]), row["error"] or ""


def _audit(found: Sequence[Mapping[str, Any]]) -> Iterable[Row]:
    heads = (_("The deed"), _("When (UTC)"), _("By whom"), _("On which case"))
    yield *heads, _("More of it"), _("Number of the row"), _("Link of the chain")
    for row in found:
        details = ", ".join(f"{name}={value}" for name, value in sorted(row["details"].items()))
        who = "" if row["who"] is None else str(row["who"])
        when = row["at"].isoformat(timespec="seconds")
        yield row["what"], when, who, row["on"], details[:_LONGEST], row["number"], row["link"]
