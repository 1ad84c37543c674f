"""Callback data of the workload of officials."""

from aiogram.filters.callback_data import CallbackData

from services.performance.workload import Stretch


class WorkloadShown(CallbackData, prefix="load"):
    """A page behind this official and their numbers; "" begins the list."""

    stretch: Stretch = Stretch.MONTH
    overdue: int = 0
    open: int = 0
    after: str = ""
