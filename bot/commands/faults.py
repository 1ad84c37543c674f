"""A mistake in a table as a line of the command line."""

from services.tables.model import Fault


def told(fault: Fault) -> str:
    """Return where it lies, as far as it lies anywhere, and what is wrong."""
    place = [] if fault.sheet is None else [fault.sheet]
    place += [] if fault.row is None else [f"row {fault.row}"]
    place += [] if fault.column is None else [fault.column]
    text = fault.refusal.message.format(**fault.refusal.parameters)
    return f"{', '.join(place)}: {text}" if place else text
