"""Official margins out of a file that an administrator sends: checked whole, or not taken."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.audit.recording import record
from services.people.deeds import Deed
from services.people.rights import authorise
from services.polls.composing import clean
from services.polls.statistics.margins import Margin, MarginsDoNotFit, Misfit
from services.polls.statistics.official import UnreadableMargins, default_margins, read_margins
from services.polls.weights import DEFAULT_AS_OF
from services.refusal import N_, Refusal
from storage import poll_margins as rows
from storage.polls import newest_margins

LARGEST_FILE = 100_000  # bytes; the shipped table has under one thousand
_AS_OF = 32


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A table that is kept: as of when, and how many people each margin has."""

    as_of: str
    totals: tuple[tuple[str, int], ...]


def read_table(file: bytes) -> tuple[str, tuple[Margin, ...]]:
    """Return the text of a file and its margins; raises Refusal that names the line or margin."""
    if len(file) > LARGEST_FILE:
        raise Refusal(N_("This file is too large for a table of margins."))
    try:
        text = file.decode("utf-8-sig")
        margins = read_margins(text)
    except UnicodeDecodeError:
        raise Refusal(N_("This is not a text file in UTF-8. Please save the table so.")) from None
    except UnreadableMargins as error:
        raise Refusal(
            N_(
                "Line {line} cannot be read. Each line has margin, level, people and neighbour; "
                "people is a whole number, and no level stands twice."
            ),
            line=error.line,
        ) from None
    except MarginsDoNotFit as error:
        if error.misfit is Misfit.TOTALS_DIFFER:
            raise Refusal(
                N_("The totals differ: margin {margin} adds up to another number of people."),
                margin=error.margin,
            ) from None
        raise Refusal(
            N_("Margin {margin}, level {level}: the number of people must be above zero."),
            margin=error.margin,
            level=error.level,
        ) from None
    _check_levels(text, margins)
    return text, margins


def keep_margins(
    connection: Connection, file: bytes, as_of: str, by: int, now: datetime
) -> Uploaded:
    """Let results be weighted by this table from now on; raises Refusal.

    Only an administrator may. as_of is printed under results, as «01.01.2026».

    Key: (table, as of), while it is the newest.
    """
    authorise(connection, by, Deed.KEEP_MARGINS)
    told = clean(as_of)
    if not told or len(told) > _AS_OF:
        raise Refusal(
            N_("Please write in the caption of the file as of when it is, like this: 01.01.2026")
        )
    text, margins = read_table(file)
    newest = newest_margins(connection)
    if newest is None or (newest["table"], newest["as_of"]) != (text, told):
        values = {"table": text, "as_of": told, "uploaded_by": by, "uploaded_at": now}
        rows.add(connection, values)
        what, key = Deed.KEEP_MARGINS, now.isoformat()
        record(connection, who=by, what=what, on="margins", now=now, key=key)
    return Uploaded(told, totals(margins))


def totals(margins: tuple[Margin, ...]) -> tuple[tuple[str, int], ...]:
    """Return each margin with all its people."""
    return tuple((margin.name, round(margin.total)) for margin in margins)


def _check_levels(text: str, margins: tuple[Margin, ...]) -> None:
    """Raise Refusal unless the margins and levels are those by which results are weighted."""
    wanted = {margin.name: set(margin.targets) for margin in default_margins()}
    found = {margin.name: set(margin.targets) for margin in margins}
    for number, line in enumerate(text.splitlines(), 1):
        name, level, *_rest = [*line.split(","), "", ""]
        if number > 1 and name in found and level not in wanted.get(name, set()):
            raise Refusal(
                N_("Line {line}: results know no level {level} of margin {margin}."),
                line=number,
                level=level,
                margin=name,
            )
    for name, levels in wanted.items():
        missing = sorted(levels - found.get(name, set()))
        if missing:
            raise Refusal(
                N_("Margin {margin}: level {level} is missing."), margin=name, level=missing[0]
            )


def table_in_force(connection: Connection) -> tuple[str, str]:
    """Return the table by which results are weighted now, as a file would hold it, and as of when.

    The one that comes along is of adults, in proportion (a query).
    """
    row = newest_margins(connection)
    if row is not None:
        return row["table"], row["as_of"]
    lines = [
        f"{margin.name},{level},{people:.0f},{margin.neighbours.get(level, '')}"
        for margin in default_margins()
        for level, people in margin.targets.items()
    ]
    return "\n".join(["margin,level,people,neighbour", *lines, ""]), DEFAULT_AS_OF
