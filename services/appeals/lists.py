"""Lists of open appeals for those who look after the queue."""

from enum import StrEnum


class Listed(StrEnum):
    """Which appeals; REGION and TOPIC are narrowed by a code."""

    NONE = ""
    MINE = "mine"
    OVERDUE = "late"
    TODAY = "today"
    NEW = "new"
    UNROUTED = "lost"
    REGION = "region"
    TOPIC = "topic"
