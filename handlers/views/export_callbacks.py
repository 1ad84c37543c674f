"""What the buttons carry by which a file is asked for; the use cases check the rights."""

from aiogram.filters.callback_data import CallbackData

from services.exports.kinds import Export


class ExportAsked(CallbackData, prefix="xpa"):
    """To ask for a file that a second person lets out; `of`: of which poll or mailing."""

    kind: Export
    of: int = 0


class ExportSent(CallbackData, prefix="xps"):
    """Ask for it with the reason of this message."""

    kind: Export
    of: int
    message: int
