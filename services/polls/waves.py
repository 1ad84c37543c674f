"""Earlier polls that asked the same in the same way, for trends.

AAPOR (2016): a change of wording, mode or weighting is no change of opinion. So a wave counts
only where questions and options are the same word for word, the same people were asked in the
same manner, and the weights come from the same official table.
"""

import json

from sqlalchemy import Connection

from services.clock import local_date
from services.polls.reading import results_with_wording
from services.polls.results import Result
from services.polls.statistics.shares import Share
from services.polls.statistics.trends import Wave, Way, trend

_MOST = 8  # waves that a picture has room for


def waves_of(connection: Connection, result: Result) -> tuple[Result, ...]:
    """Return the waves up to this one, the earliest first; itself alone where there is no other.

    Only what was counted by then: a result looks the same whenever it is opened.
    """
    wording = result.poll.passport.wording_hash
    if not wording:
        return (result,)
    known = {one.poll.id: one for one in results_with_wording(connection, wording)}
    before = [one for one in known.values() if one.ended_at <= result.ended_at and one.tables]
    line = _line(result, [one for one in before if one.poll.id != result.poll.id])
    return (*line[-_MOST + 1 :], result)


def _line(result: Result, before: list[Result]) -> list[Result]:
    """Return the earlier waves of the line that this one ends."""
    last = _wave(result)
    earlier = [(_wave(one), one) for one in sorted(before, key=lambda one: one.ended_at)]
    lines = trend([*(wave for wave, _ in earlier), last])
    own = next(line for line in lines if any(wave is last for wave in line))
    return [one for wave, one in earlier if any(wave is each for each in own)]


def _wave(result: Result) -> Wave:
    poll = result.poll
    mode = {"target": poll.target.as_json(), "sample": poll.passport.sample is not None}
    way = Way(
        wording=poll.passport.wording_hash,
        mode=json.dumps(mode, sort_keys=True),
        margins=result.weighing.margins if result.weighing.weighted else None,
    )
    effective = result.weighing.effective or result.base
    return Wave(local_date(result.ended_at), way, Share(0.0, result.base, effective))
